package dev.lockstep.core.normalise;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * URLs normalised by RFC 3986, section 6.2.2 and 6.2.3: {@code "HTTP://Example.COM:80/a/../%7eb" -> "http://example.com/~b"}.
 *
 * <p>Scheme and host small, host in ASCII, default port and dot segments gone, an empty path is {@code /}; percent
 * encodings in capitals, gone where not needed, there where needed (spaces, quotes, all that is not ASCII). Query and
 * fragment keep their order. A text without a scheme whose first part is a public domain, {@code example.com/a}, is
 * read as {@code https}.
 */
final class Url {

    private static final String UNRESERVED = "-._~";
    private static final String SUB_DELIMITERS = "!$&'()*+,;=";
    private static final String IN_USER = UNRESERVED + SUB_DELIMITERS + ":";
    private static final String IN_PATH = UNRESERVED + SUB_DELIMITERS + ":@/";
    private static final String IN_QUERY = IN_PATH + "?";

    /** Schemes that do without {@code //}. */
    private static final String OPAQUE = " mailto tel sms urn ";

    private Url() {}

    /** Null when it is no URL. */
    static @Nullable String normalised(String text) {
        int colon = text.indexOf(':');
        String scheme = colon > 0 && isScheme(text, colon) ? Ascii.lower(text.substring(0, colon)) : null;
        if (scheme != null && text.startsWith("//", colon + 1)) {
            return hierarchical(scheme, text, colon + 3);
        }
        if (scheme != null && OPAQUE.contains(" " + scheme + " ") && text.length() > colon + 1) {
            return withTail(new StringBuilder(scheme).append(':'), text, colon + 1, true);
        }
        return hierarchicalIfPublic(text);
    }

    private static @Nullable String hierarchicalIfPublic(String text) {
        int end = end(text, 0, "/?#:");
        String host = InternetDomain.ascii(text.substring(0, end));
        return host == null || !InternetDomain.isPublic(host) ? null : hierarchical("https", text, 0);
    }

    private static @Nullable String hierarchical(String scheme, String text, int from) {
        int end = end(text, from, "/?#");
        int user = text.lastIndexOf('@', end - 1);
        StringBuilder url = new StringBuilder(text.length() + 16).append(scheme).append("://");
        int hostFrom = from;
        if (user >= from) {
            appendEncoded(url, text, from, user, IN_USER);
            url.append('@');
            hostFrom = user + 1;
        }
        return appendHostAndPort(url, scheme, text.substring(hostFrom, end)) ? withTail(url, text, end, false) : null;
    }

    private static boolean appendHostAndPort(StringBuilder url, String scheme, String authority) {
        int colon = authority.lastIndexOf(':');
        if (authority.startsWith("[")) {
            int close = authority.indexOf(']');
            if (close < 0 || !isAddress6(authority, close)) {
                return false;
            }
            url.append(Ascii.lower(authority.substring(0, close + 1)));
            colon = close + 1 == authority.length() ? -1 : close + 1;
            if (colon > 0 && authority.charAt(colon) != ':') {
                return false;
            }
        } else {
            String written = colon < 0 ? authority : authority.substring(0, colon);
            if (written.isEmpty()) {
                return colon < 0 && scheme.equals("file");
            }
            String host = InternetDomain.ascii(written);
            if (host == null) {
                return false;
            }
            url.append(host);
        }
        return colon < 0 || appendPort(url, scheme, authority.substring(colon + 1));
    }

    private static boolean appendPort(StringBuilder url, String scheme, String port) {
        if (port.isEmpty()) {
            return true;
        }
        if (port.length() > 5 || !Ascii.allDigits(port) || Integer.parseInt(port) > 65_535) {
            return false;
        }
        int number = Integer.parseInt(port);
        int usual = switch (scheme) {
            case "http", "ws" -> 80;
            case "https", "wss" -> 443;
            case "ftp" -> 21;
            default -> -1;
        };
        if (number != usual) {
            url.append(':').append(number);
        }
        return true;
    }

    /** Path, query and fragment. */
    private static String withTail(StringBuilder url, String text, int from, boolean opaque) {
        int pathEnd = end(text, from, "?#");
        StringBuilder path = new StringBuilder();
        appendEncoded(path, text, from, pathEnd, IN_PATH);
        if (opaque) {
            url.append(path);
        } else {
            appendWithoutDots(url, path.toString());
        }
        int at = pathEnd;
        if (at < text.length() && text.charAt(at) == '?') {
            int queryEnd = end(text, at, "#");
            appendEncoded(url.append('?'), text, at + 1, queryEnd, IN_QUERY);
            at = queryEnd;
        }
        if (at < text.length()) {
            appendEncoded(url.append('#'), text, at + 1, text.length(), IN_QUERY);
        }
        return url.toString();
    }

    /** RFC 3986, 5.2.4, on an absolute or empty path: {@code /a/./b/../c -> /a/c}. */
    private static void appendWithoutDots(StringBuilder url, String path) {
        int root = url.length();
        int from = 1;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            boolean last = slash < 0;
            String segment = path.substring(from, to);
            if (segment.equals("..")) {
                int parent = url.lastIndexOf("/");
                url.setLength(parent < root ? root : parent);
            } else if (!segment.equals(".")) {
                url.append('/').append(segment);
                from = to + 1;
                continue;
            }
            if (last) {
                url.append('/');
            }
            from = to + 1;
        }
        if (url.length() == root) {
            url.append('/');
        }
    }

    private static void appendEncoded(StringBuilder out, String text, int from, int to, String allowed) {
        int at = from;
        while (at < to) {
            char c = text.charAt(at);
            if (Ascii.isDigit(c) || Ascii.isLetter(c) || (c < 0x80 && allowed.indexOf(c) >= 0)) {
                out.append(c);
                at++;
            } else if (c == '%'
                    && at + 2 < to
                    && Ascii.isHexDigit(text.charAt(at + 1))
                    && Ascii.isHexDigit(text.charAt(at + 2))) {
                appendOctet(out, Integer.parseInt(text, at + 1, at + 3, 16));
                at += 3;
            } else {
                int next = text.offsetByCodePoints(at, 1);
                for (byte octet : text.substring(at, next).getBytes(StandardCharsets.UTF_8)) {
                    appendPercent(out, octet & 0xFF);
                }
                at = next;
            }
        }
    }

    private static void appendOctet(StringBuilder out, int octet) {
        char c = (char) octet;
        if (octet < 0x80 && (Ascii.isDigit(c) || Ascii.isLetter(c) || UNRESERVED.indexOf(c) >= 0)) {
            out.append(c);
        } else {
            appendPercent(out, octet);
        }
    }

    private static void appendPercent(StringBuilder out, int octet) {
        out.append('%').append("0123456789ABCDEF".charAt(octet >> 4)).append("0123456789ABCDEF".charAt(octet & 15));
    }

    private static boolean isScheme(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean fits = Ascii.isLetter(c) || (i > 0 && (Ascii.isDigit(c) || c == '+' || c == '-' || c == '.'));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAddress6(String authority, int close) {
        int colons = 0;
        for (int i = 1; i < close; i++) {
            char c = authority.charAt(i);
            colons += c == ':' ? 1 : 0;
            if (!Ascii.isHexDigit(c) && c != ':' && c != '.') {
                return false;
            }
        }
        return colons >= 2;
    }

    /** Where the first of these characters stands, else the end of the text. */
    private static int end(String text, int from, String of) {
        for (int i = from; i < text.length(); i++) {
            if (of.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }
}
