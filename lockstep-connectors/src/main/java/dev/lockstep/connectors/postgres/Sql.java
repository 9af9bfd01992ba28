package dev.lockstep.connectors.postgres;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How names and texts are spelled in SQL. Values of customers are never spelled: they are bound. */
final class Sql {
    /** The longest identifier, in bytes. */
    static final int NAME_BYTES_MAX = 63;

    private Sql() {}

    /** {@code my "odd" name -> "my ""odd"" name"}. */
    static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A string constant: {@code it's -> 'it''s'}. */
    static String text(String value) {
        String doubled = value.replace("'", "''");
        return value.indexOf('\\') < 0 ? "'" + doubled + "'" : "E'" + doubled.replace("\\", "\\\\") + "'";
    }

    static String quoteAll(List<String> names) {
        return join(names, Sql::quote);
    }

    static <T> String join(List<T> items, Function<T, String> spelled) {
        return items.stream().map(spelled).collect(Collectors.joining(", "));
    }

    /** {@code ["a", "b c"] -> ARRAY['a', 'b c']::text[]}: a path into JSON. */
    static String textArray(List<String> items) {
        return "ARRAY[" + join(items, Sql::text) + "]::text[]";
    }

    /**
     * Reads a table's or column's name as SQL does: {@code public.customers}, {@code "My Schema"."x.y"}; what is not
     * quoted is folded to lower case. A part that is not a plain identifier is taken as it stands, so that
     * {@code sales.Kunden-Liste} finds {@code Kunden-Liste}.
     */
    static List<String> nameParts(String written) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '"' && quoted && i + 1 < written.length() && written.charAt(i + 1) == '"') {
                part.append('"');
                i++;
            } else if (c == '"' && (quoted || part.isEmpty())) {
                quoted = !quoted;
                wasQuoted = true;
            } else if (c == '.' && !quoted) {
                parts.add(folded(part.toString(), wasQuoted));
                part.setLength(0);
                wasQuoted = false;
            } else {
                part.append(c);
            }
        }
        parts.add(folded(part.toString(), wasQuoted));
        return parts;
    }

    private static String folded(String part, boolean quoted) {
        if (quoted) return part;
        String trimmed = part.trim();
        return trimmed.matches("[\\p{L}_][\\p{L}\\p{N}_$]*") ? trimmed.toLowerCase(Locale.ROOT) : trimmed;
    }

    /**
     * A name for something that Lockstep makes on the server: only {@code a-z 0-9 _}, at most 63 bytes, and different
     * for different parts even where these lose letters.
     */
    static String madeName(String... parts) {
        String whole = String.join("_", parts);
        String plain = whole.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        if (plain.equals(whole) && plain.length() <= NAME_BYTES_MAX) return plain;
        String suffix = "_" + Long.toString(fingerprint(whole) & 0x3fff_ffff_ffffL, Character.MAX_RADIX);
        return plain.substring(0, Math.min(plain.length(), NAME_BYTES_MAX - suffix.length())) + suffix;
    }

    /** FNV-1a: the same on every machine and in every version. */
    private static long fingerprint(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
