package dev.lockstep.core.lens;

import dev.lockstep.core.normalise.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of numbers: {@code #,##0.00}, {@code #.##0,00}, {@code # ##0,##}, {@code $0.00}, {@code 0.00 ¤}.
 *
 * <p>A {@code 0} is a digit, a {@code #} a digit where there is one. Of two different separators the last is the
 * decimal one. Of one: {@code .} is decimal unless a {@code 0} follows a {@code #} after it; {@code ,} is decimal
 * unless three digits follow ({@code #,##0}); space, {@code '} and {@code _} group. What stands before and after is
 * text, {@code ¤} in it the currency's code.
 *
 * <p>Writing rounds half up to the pattern's last digit. A text with more digits than the pattern does not read, nor
 * one with groups of another size; one without groups, or without the text around it, does.
 */
final class NumberPattern {

    private static final char NONE = 0;
    private static final String SEPARATORS = ".,'_ \u00A0\u202F";

    private final String prefix;
    private final String suffix;
    private final char decimal;
    private final char grouping;
    /** Digits in the last group of the whole part, and in those before it. */
    private final int lastGroup;

    private final int otherGroup;
    private final int wholeMin;
    private final int fractionMin;
    private final int fractionMax;

    private NumberPattern(String prefix, String suffix, String body, char decimal, char grouping) {
        this.prefix = prefix;
        this.suffix = suffix;
        this.decimal = decimal;
        this.grouping = grouping;
        int point = decimal == NONE ? -1 : body.indexOf(decimal);
        String whole = point < 0 ? body : body.substring(0, point);
        String fraction = point < 0 ? "" : body.substring(point + 1);
        int last = grouping == NONE ? -1 : whole.lastIndexOf(grouping);
        this.lastGroup = last < 0 ? 0 : whole.length() - last - 1;
        int before = last <= 0 ? -1 : whole.lastIndexOf(grouping, last - 1);
        this.otherGroup = before < 0 ? lastGroup : last - before - 1;
        this.wholeMin = Math.max(1, count(whole, '0'));
        this.fractionMin = count(fraction, '0');
        this.fractionMax = fraction.length();
    }

    /** @throws LensException with a remedy, when it is no such pattern */
    static NumberPattern parse(String format) {
        int from = 0;
        while (from < format.length() && format.charAt(from) != '#' && format.charAt(from) != '0') {
            from++;
        }
        if (from == 1 && (format.charAt(0) == '.' || format.charAt(0) == ',')) {
            from = 0; // .00
        }
        int to = format.length();
        while (to > from && format.charAt(to - 1) != '#' && format.charAt(to - 1) != '0') {
            to--;
        }
        String body = format.substring(from, to);
        String around = format.substring(0, from) + format.substring(to);
        if (body.isEmpty() || around.indexOf('%') >= 0 || around.indexOf('-') >= 0 || hasDigit(around)) {
            throw notAPattern(format);
        }
        char decimal = decimal(body);
        char grouping = grouping(body, decimal);
        if (!isWellFormed(body, decimal, grouping)) {
            throw notAPattern(format);
        }
        return new NumberPattern(format.substring(0, from), format.substring(to), body, decimal, grouping);
    }

    boolean hasCurrency() {
        return prefix.indexOf('¤') >= 0 || suffix.indexOf('¤') >= 0;
    }

    /** The currency's code in the text, which is three capital letters in a row; null where there is none. */
    @Nullable
    String currencyIn(String text) {
        int at = currencyAt(text);
        return at < 0 ? null : text.substring(at, at + 3);
    }

    String withoutCurrency(String text) {
        int at = currencyAt(text);
        return at < 0 ? text : text.substring(0, at) + text.substring(at + 3);
    }

    /** The number as written in this pattern, rounded half up. */
    String write(String canonical, String currency) {
        BigDecimal rounded = new BigDecimal(canonical).setScale(fractionMax, RoundingMode.HALF_UP);
        String digits = rounded.abs().toPlainString();
        int point = digits.indexOf('.');
        String whole = point < 0 ? digits : digits.substring(0, point);
        String fraction = point < 0 ? "" : digits.substring(point + 1);
        int end = fraction.length();
        while (end > fractionMin && fraction.charAt(end - 1) == '0') {
            end--;
        }
        StringBuilder text = new StringBuilder();
        text.append(rounded.signum() < 0 ? "-" : "").append(prefix.replace("¤", currency));
        appendGrouped(text, "0".repeat(Math.max(0, wholeMin - whole.length())) + whole);
        if (end > 0) {
            text.append(decimal).append(fraction, 0, end);
        }
        return text.append(suffix.replace("¤", currency)).toString();
    }

    /** The canonical decimal; null when the text is not written so. ASCII digits, no outer space, no currency. */
    @Nullable
    String read(String text) {
        boolean negative = text.startsWith("-");
        String rest = without(negative ? text.substring(1) : text, prefix.replace("¤", ""), suffix.replace("¤", ""));
        if (!negative && rest.startsWith("-")) {
            negative = true;
            rest = rest.substring(1);
        }
        int point = decimal == NONE ? -1 : rest.indexOf(decimal);
        String whole = ungrouped(point < 0 ? rest : rest.substring(0, point));
        String fraction = point < 0 ? "" : rest.substring(point + 1);
        if (whole == null || !isDigits(fraction) || (whole.isEmpty() && fraction.isEmpty())) {
            return null;
        }
        String canonical = Decimals.canonical((negative ? "-" : "") + whole + '.' + fraction);
        if (canonical == null) {
            return null;
        }
        int canonicalPoint = canonical.indexOf('.');
        int digits = canonicalPoint < 0 ? 0 : canonical.length() - canonicalPoint - 1;
        return digits > fractionMax ? null : canonical;
    }

    private void appendGrouped(StringBuilder text, String whole) {
        for (int i = 0; i < whole.length(); i++) {
            int left = whole.length() - i;
            if (i > 0 && lastGroup > 0 && left >= lastGroup && (left - lastGroup) % otherGroup == 0) {
                text.append(grouping);
            }
            text.append(whole.charAt(i));
        }
    }

    /** Null when it is neither all digits nor groups of the pattern's sizes. */
    private @Nullable String ungrouped(String whole) {
        if (isDigits(whole)) {
            return whole;
        }
        if (grouping == NONE) {
            return null;
        }
        StringBuilder digits = new StringBuilder(whole.length());
        int group = 0;
        boolean first = true;
        for (int i = 0; i < whole.length(); i++) {
            char c = whole.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
                group++;
            } else if (isGrouping(c) && (first ? group > 0 && group <= otherGroup : group == otherGroup)) {
                group = 0;
                first = false;
            } else {
                return null;
            }
        }
        return group == lastGroup ? digits.toString() : null;
    }

    private boolean isGrouping(char c) {
        return c == grouping || (grouping == '\'' && c == '\u2019') || (isSpace(grouping) && isSpace(c));
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\u00A0' || c == '\u202F' || c == '\u2009';
    }

    private static String without(String text, String prefix, String suffix) {
        String rest = text.strip();
        String before = prefix.strip();
        String after = suffix.strip();
        if (!before.isEmpty() && rest.startsWith(before)) {
            rest = rest.substring(before.length()).strip();
        }
        if (!after.isEmpty() && rest.endsWith(after)) {
            rest = rest.substring(0, rest.length() - after.length()).strip();
        }
        return rest;
    }

    private static int currencyAt(String text) {
        for (int at = 0; at + 3 <= text.length(); at++) {
            if (isCapital(text, at) && isCapital(text, at + 1) && isCapital(text, at + 2)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isCapital(String text, int at) {
        return text.charAt(at) >= 'A' && text.charAt(at) <= 'Z';
    }

    private static char decimal(String body) {
        int last = -1;
        for (int i = 0; i < body.length(); i++) {
            if (SEPARATORS.indexOf(body.charAt(i)) >= 0) {
                last = i;
            }
        }
        if (last < 0) {
            return NONE;
        }
        char c = body.charAt(last);
        if ((c != '.' && c != ',') || body.indexOf(c) != last) {
            return NONE;
        }
        String after = body.substring(last + 1);
        boolean only = grouping(body, c) == NONE;
        boolean fraction = !after.contains("#0");
        boolean thousands = only && c == ',' && after.length() == 3;
        return fraction && !thousands ? c : NONE;
    }

    private static char grouping(String body, char decimal) {
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c != decimal && SEPARATORS.indexOf(c) >= 0) {
                return c;
            }
        }
        return NONE;
    }

    private static boolean isWellFormed(String body, char decimal, char grouping) {
        int point = decimal == NONE ? body.length() : body.indexOf(decimal);
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            boolean digit = c == '0' || c == '#';
            if (!digit && i != point && (c != grouping || i > point || i == 0 || body.charAt(i - 1) == grouping)) {
                return false;
            }
        }
        String whole = body.substring(0, point).replace(String.valueOf(grouping), "");
        return !whole.contains("0#")
                && !body.substring(point).contains("#0")
                && !body.substring(0, point).endsWith(String.valueOf(grouping));
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean hasDigit(String text) {
        return text.chars().anyMatch(c -> c >= '0' && c <= '9');
    }

    private static int count(String text, char c) {
        return (int) text.chars().filter(each -> each == c).count();
    }

    private static LensException notAPattern(String format) {
        return new LensException(
                "`" + format + "` is no pattern of numbers: write one such as 0.00, #,##0.00 or #.##0,00.");
    }
}
