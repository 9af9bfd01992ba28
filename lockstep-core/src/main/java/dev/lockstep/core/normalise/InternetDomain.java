package dev.lockstep.core.normalise;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Domain names in the form that the DNS holds: ASCII, lower case, without the dot of the root.
 *
 * <p>Labels that are not ASCII are mapped (NFKC, lower case) and written in Punycode, as browsers do: {@code faß.de} is
 * {@code xn--fa-hia.de}. {@code java.net.IDN} would make it {@code fass.de}, which is somebody else's.
 */
final class InternetDomain {

    private static final int LENGTH_MAX = 253;
    private static final int LABEL_MAX = 63;

    private InternetDomain() {}

    /**
     * The domain in ASCII; null when the DNS could not hold it. Digits and dots alone ({@code 127.0.0.1}) are taken.
     */
    static @Nullable String ascii(String written) {
        if (written.length() > LENGTH_MAX) {
            return null;
        }
        String mapped = Ascii.lower(written);
        if (!Texts.isBelow(written, (char) 0x80)) {
            if (Texts.fault(written) != null) {
                return null;
            }
            mapped = mapped(written);
        }
        if (mapped.endsWith(".")) {
            mapped = mapped.substring(0, mapped.length() - 1);
        }
        StringBuilder ascii = new StringBuilder(mapped.length() + 8);
        int from = 0;
        while (true) {
            int dot = mapped.indexOf('.', from);
            String label = label(mapped.substring(from, dot < 0 ? mapped.length() : dot));
            if (label == null) {
                return null;
            }
            ascii.append(label);
            if (dot < 0) {
                return ascii.length() > LENGTH_MAX ? null : ascii.toString();
            }
            ascii.append('.');
            from = dot + 1;
        }
    }

    /** Two or more labels, the last no number: neither {@code localhost} nor {@code 127.0.0.1}. */
    static boolean isPublic(String ascii) {
        int dot = ascii.lastIndexOf('.');
        return dot > 0 && ascii.length() - dot > 2 && !Ascii.isDigit(ascii.charAt(dot + 1)) && ascii.indexOf('_') < 0;
    }

    private static String mapped(String written) {
        String lower = Normalizer.normalize(written, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(lower, Normalizer.Form.NFKC).replace('\u3002', '.');
    }

    private static @Nullable String label(String label) {
        if (label.isEmpty() || label.charAt(0) == '-' || label.charAt(label.length() - 1) == '-') {
            return null;
        }
        boolean plain = true;
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if (c >= 0x80) {
                plain = false;
                if (!mayStand(label, i)) {
                    return null;
                }
            } else if (!Ascii.isDigit(c) && !(c >= 'a' && c <= 'z') && c != '-' && c != '_') {
                return null;
            }
        }
        String ascii = plain ? label : "xn--" + Punycode.encoded(label);
        return ascii.length() > LABEL_MAX ? null : ascii;
    }

    /**
     * Letters, digits, marks and symbols (emoji) may; spaces, controls, punctuation and what is not assigned may not.
     */
    private static boolean mayStand(String label, int at) {
        if (Character.isLowSurrogate(label.charAt(at))) {
            return true; // judged with its first half
        }
        return switch (Character.getType(label.codePointAt(at))) {
            case Character.LOWERCASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.UPPERCASE_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.OTHER_SYMBOL,
                    Character.MODIFIER_SYMBOL -> true;
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> at > 0;
            case Character.FORMAT -> at > 0 && (label.charAt(at) == 0x200C || label.charAt(at) == 0x200D);
            case Character.OTHER_PUNCTUATION -> at > 0 && (label.charAt(at) == 0xB7 || label.charAt(at) == 0x30FB);
            default -> false;
        };
    }
}
