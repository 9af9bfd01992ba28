package dev.lockstep.core.normalise;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code " Ada@X.COM " -> "ada@x.com"}, {@code "ada@bücher.example" -> "ada@xn--bcher-kva.example"}.
 *
 * <p>Dots and plus tags stay: they are the person's choice. What has no plausible {@code local@domain} does not parse:
 * a local part of 1 to 64 characters without space, quotes or brackets, and a domain of two or more labels that the DNS
 * could hold. Whether the mailbox exists is not asked.
 */
final class EmailNormaliser implements Normaliser {

    private static final int LENGTH_MAX = 320;
    private static final int LOCAL_MAX = 64;

    @Override
    public FieldType type() {
        return FieldType.EMAIL;
    }

    @Override
    public Reading read(@Nullable String raw, Settings settings) {
        if (raw == null || Texts.isBlank(raw)) {
            return Reading.BLANK;
        }
        String address = Texts.trimMarks(raw);
        int at = address.lastIndexOf('@');
        if (at <= 0 || at == address.length() - 1) {
            return Reading.unparsed("It is not an e-mail address: it has no local@domain");
        }
        if (address.length() > LENGTH_MAX || at > LOCAL_MAX) {
            return Reading.unparsed("It is longer than an e-mail address may be");
        }
        String local = local(address.substring(0, at));
        String domain = InternetDomain.ascii(address.substring(at + 1));
        if (local == null) {
            return Reading.unparsed("It is not an e-mail address: before the @ stands a character that cannot");
        }
        if (domain == null || !InternetDomain.isPublic(domain)) {
            return Reading.unparsed("It is not an e-mail address: after the @ stands no domain such as example.com");
        }
        return Reading.of(local + '@' + domain);
    }

    private static @Nullable String local(String written) {
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c <= ' ' || c == 0x7F || Texts.isSpace(c) || Texts.isDirection(c) || "@,;:<>()[]\\\"".indexOf(c) >= 0) {
                return null;
            }
        }
        if (Texts.isBelow(written, (char) 0x80)) {
            return Ascii.lower(written);
        }
        String lower = Texts.fault(written) != null ? null : Texts.nfc(written.toLowerCase(Locale.ROOT));
        return lower == null || lower.length() > LOCAL_MAX ? null : lower;
    }
}
