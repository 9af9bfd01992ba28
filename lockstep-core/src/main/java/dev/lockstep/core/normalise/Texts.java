package dev.lockstep.core.normalise;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the canonical forms of texts are made of: spaces, Unicode forms, case. */
public final class Texts {

    /** Combining marks in a row that a canonical text may hold: ordering them takes time quadratic in their number. */
    private static final int MARKS_MAX = 200;

    /** Below this code point every text is NFC already. */
    private static final char FIRST_COMPOSABLE = 0x300;

    private Texts() {}

    /** Why this text cannot be canonical, as {@link Reading.Unparsed} says it; null when it can. */
    public static @Nullable String fault(String text) {
        int marks = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "It holds the character U+0000, which most platforms cannot store";
            }
            if (c < FIRST_COMPOSABLE) {
                marks = 0;
                continue;
            }
            int point = c;
            if (Character.isSurrogate(c)) {
                point = text.codePointAt(i);
                if (point == c) {
                    return "It holds half of a surrogate pair (U+%04X): it was cut or badly decoded".formatted((int) c);
                }
                i++;
            }
            marks = isMark(point) ? marks + 1 : 0;
            if (marks > MARKS_MAX) {
                return "It has more than " + MARKS_MAX + " combining marks in a row";
            }
        }
        return null;
    }

    /** Unicode NFC. */
    public static String nfc(String text) {
        return isBelow(text, FIRST_COMPOSABLE) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** White space of any script, and the invisible marks that come along with text copied from a page. */
    public static boolean isSpace(char c) {
        if (c <= 0x7F) {
            return c == ' ' || (c >= 0x9 && c <= 0xD);
        }
        return switch (c) {
            case 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true; // Unicode's White_Space
            case 0x200B, 0xFEFF -> true; // zero width
            default -> c >= 0x2000 && c <= 0x200A;
        };
    }

    /** Directional marks: they change how a text is laid out, never what it says. */
    static boolean isDirection(char c) {
        return c >= 0x61C
                && (c == 0x200E
                        || c == 0x200F
                        || (c >= 0x202A && c <= 0x202E)
                        || (c >= 0x2066 && c <= 0x2069)
                        || c == 0x61C);
    }

    public static boolean isBlank(@Nullable String text) {
        if (text == null) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isSpace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Without space at either end. */
    public static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** Without space or directional marks at either end: {@code "\u202A+1 415 555 2671\u202C"}. */
    public static String trimMarks(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpaceOrDirection(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpaceOrDirection(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** Without outer space; every inner run of space is one U+0020. */
    static String singleSpaced(String text) {
        String trimmed = trimMarks(text);
        if (isSingleSpaced(trimmed)) {
            return trimmed;
        }
        StringBuilder spaced = new StringBuilder(trimmed.length());
        boolean space = false;
        for (int i = 0; i < trimmed.length(); i++) {
            char c = trimmed.charAt(i);
            if (isSpace(c)) {
                space = true;
                continue;
            }
            if (space) {
                spaced.append(' ');
                space = false;
            }
            spaced.append(c);
        }
        return spaced.toString();
    }

    /**
     * Full case folding, the same in every locale: {@code Straße} and {@code STRASSE}, {@code ΣΑΣ} and {@code σας} fold
     * alike.
     *
     * <p>All of {@code I i İ ı} fold to {@code i}: whether a Turkish name was put into capitals by Turkish rules or by
     * English ones cannot be seen from it. Directional and zero-width marks and soft hyphens count for nothing.
     *
     * <p>It is {@code upper → lower} of each character by itself, in NFC. (The JDK folds a whole string in time
     * quadratic in the number of its characters that grow.)
     */
    public static String fold(String text) {
        if (isBelow(text, (char) 0x80)) {
            return Ascii.lower(text);
        }
        StringBuilder folded = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            if (point < 0x80) {
                folded.append((char) (point >= 'A' && point <= 'Z' ? point + 32 : point));
            } else if (!isUnseen(point) && !isDotOfI(point, folded)) {
                appendFolded(folded, point);
            }
        }
        return nfc(folded.toString());
    }

    private static void appendFolded(StringBuilder folded, int point) {
        if (point == 'ẞ') {
            folded.append("ss");
        } else if (mayGrow(point)) {
            folded.append(Character.toString(point).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
        } else {
            folded.appendCodePoint(Character.toLowerCase(Character.toUpperCase(point)));
        }
    }

    /** Blocks with characters whose capitals are several: ß, ŉ, ǰ, ΐ, և, Greek with iota below, ligatures. */
    private static boolean mayGrow(int point) {
        return point == 'ß'
                || point == 'ŉ'
                || point == 'ǰ'
                || point == 'ΐ'
                || point == 'ΰ'
                || point == 'և'
                || (point >= 0x1E96 && point <= 0x1E9A)
                || (point >= 0x1F50 && point <= 0x1FFC)
                || (point >= 0xFB00 && point <= 0xFB17);
    }

    private static boolean isDotOfI(int point, StringBuilder before) {
        return point == 0x307 && !before.isEmpty() && before.charAt(before.length() - 1) == 'i';
    }

    private static boolean isUnseen(int point) {
        return point == 0x200B || point == 0xFEFF || point == 0xAD || (point <= 0xFFFF && isDirection((char) point));
    }

    /** ASCII digits for those of any script, {@code -} for the minus sign; all else as it is. */
    public static String asciiDigits(String text) {
        if (isBelow(text, (char) 0x80)) {
            return text;
        }
        StringBuilder ascii = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0x2212) {
                ascii.append('-');
            } else if (c >= 0x80 && Character.isDigit(c)) {
                ascii.append((char) ('0' + Character.digit(c, 10)));
            } else {
                ascii.append(c);
            }
        }
        return ascii.toString();
    }

    static boolean isBelow(String text, char limit) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= limit) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpaceOrDirection(char c) {
        return isSpace(c) || isDirection(c);
    }

    private static boolean isSingleSpaced(String trimmed) {
        boolean space = false;
        for (int i = 0; i < trimmed.length(); i++) {
            char c = trimmed.charAt(i);
            if (isSpace(c)) {
                if (c != ' ' || space) {
                    return false;
                }
                space = true;
            } else {
                space = false;
            }
        }
        return true;
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}
