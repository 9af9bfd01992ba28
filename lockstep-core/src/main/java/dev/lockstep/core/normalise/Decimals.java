package dev.lockstep.core.normalise;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Decimals in their canonical form: {@code "+012.50" -> "12.5"}, {@code "-0.0" -> "0"}, {@code "1.5e3" -> "1500"}. */
public final class Decimals {

    /** Digits that a canonical decimal may have, on both sides of the point together. */
    public static final int DIGITS_MAX = 1000;

    private Decimals() {}

    /**
     * The canonical form of an ASCII decimal: a sign, digits with one {@code .} among or around them, an exponent. No
     * grouping.
     *
     * @return null when it is no such decimal, or has more than {@link #DIGITS_MAX} digits
     */
    public static @Nullable String canonical(String text) {
        int length = text.length();
        int at = 0;
        boolean negative = false;
        if (at < length && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            negative = text.charAt(at) == '-';
            at++;
        }
        int wholeFrom = at;
        at = afterDigits(text, at);
        int wholeTo = at;
        int fractionFrom = at;
        int fractionTo = at;
        if (at < length && text.charAt(at) == '.') {
            fractionFrom = at + 1;
            at = afterDigits(text, fractionFrom);
            fractionTo = at;
        }
        if (wholeFrom == wholeTo && fractionFrom == fractionTo) {
            return null;
        }
        if (at < length && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            return withExponent(text, at);
        }
        if (at < length) {
            return null;
        }
        while (wholeFrom < wholeTo && text.charAt(wholeFrom) == '0') {
            wholeFrom++;
        }
        while (fractionTo > fractionFrom && text.charAt(fractionTo - 1) == '0') {
            fractionTo--;
        }
        return plain(text, negative, wholeFrom, wholeTo, fractionFrom, fractionTo);
    }

    private static @Nullable String plain(
            String text, boolean negative, int wholeFrom, int wholeTo, int fractionFrom, int fractionTo) {
        int whole = wholeTo - wholeFrom;
        int fraction = fractionTo - fractionFrom;
        if (whole == 0 && fraction == 0) {
            return "0";
        }
        if (whole + fraction > DIGITS_MAX) {
            return null;
        }
        if (!negative && fraction == 0 && whole == text.length()) {
            return text;
        }
        StringBuilder plain = new StringBuilder(whole + fraction + 3);
        if (negative) {
            plain.append('-');
        }
        if (whole == 0) {
            plain.append('0');
        }
        plain.append(text, wholeFrom, wholeTo);
        if (fraction > 0) {
            plain.append('.').append(text, fractionFrom, fractionTo);
        }
        return plain.toString();
    }

    private static @Nullable String withExponent(String text, int at) {
        int digits = at + 1;
        if (digits < text.length() && (text.charAt(digits) == '-' || text.charAt(digits) == '+')) {
            digits++;
        }
        // Four digits are more than enough of an exponent, and keep 1e999999999 from becoming a gigabyte.
        if (afterDigits(text, digits) != text.length()
                || digits == text.length()
                || text.length() - digits > 4
                || at > DIGITS_MAX) {
            return null;
        }
        return canonical(new BigDecimal(text).toPlainString());
    }

    private static int afterDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
