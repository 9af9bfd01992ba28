package dev.lockstep.core.normalise;

import org.jspecify.annotations.Nullable;

/**
 * {@code "012.50" -> "12.5"}, {@code "1.5E3" -> "1500"}, {@code "-0" -> "0"}.
 *
 * <p>Grouped digits ({@code 1,234}) do not parse without a column's {@code format}: what is 1,234 to one is 1.234 to
 * another. Neither do {@code NaN} and {@code Infinity}. Digits of any script are read.
 */
final class NumberNormaliser implements Normaliser {

    @Override
    public FieldType type() {
        return FieldType.NUMBER;
    }

    @Override
    public Reading read(@Nullable String raw, Settings settings) {
        if (raw == null || Texts.isBlank(raw)) {
            return Reading.BLANK;
        }
        String canonical = Decimals.canonical(Texts.asciiDigits(Texts.trimMarks(raw)));
        return canonical == null
                ? Reading.unparsed("It is not a plain decimal number such as 1234.5")
                : Reading.of(canonical);
    }
}
