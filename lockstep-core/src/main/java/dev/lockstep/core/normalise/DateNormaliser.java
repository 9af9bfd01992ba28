package dev.lockstep.core.normalise;

import org.jspecify.annotations.Nullable;

/**
 * An ISO 8601 local date, {@code 1815-12-10}; also {@code 1815/12/10}, {@code 18151210}, and a date with a time, whose
 * time is dropped as written: no zone moves a birthday.
 *
 * <p>Years 0001 to 9999. Dates in any other order, and two-digit years, need a column's {@code format}.
 */
final class DateNormaliser implements Normaliser {

    @Override
    public FieldType type() {
        return FieldType.DATE;
    }

    @Override
    public Reading read(@Nullable String raw, Settings settings) {
        if (raw == null || Texts.isBlank(raw)) {
            return Reading.BLANK;
        }
        String text = Texts.asciiDigits(Texts.trimMarks(raw));
        IsoTime time = IsoTime.parse(text);
        return time == null
                ? Reading.unparsed("It is not a date such as 2024-05-31: give the column a `format`")
                : Reading.of(time.date().toString());
    }
}
