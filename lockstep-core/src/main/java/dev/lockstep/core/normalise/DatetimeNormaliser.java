package dev.lockstep.core.normalise;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instant in UTC, up to microseconds: {@code "2024-05-01 12:00:00.5+02" -> "2024-05-01T10:00:00.5Z"}.
 *
 * <p>Reads ISO 8601 and PostgreSQL's text. Without an offset it is in the field's {@code zone}, else UTC; without a
 * time it is the start of the day there. What is finer than a microsecond is cut off. Years 0001 to 9999.
 */
final class DatetimeNormaliser implements Normaliser {

    @Override
    public FieldType type() {
        return FieldType.DATETIME;
    }

    @Override
    public Reading read(@Nullable String raw, Settings settings) {
        if (raw == null || Texts.isBlank(raw)) {
            return Reading.BLANK;
        }
        IsoTime time = IsoTime.parse(Texts.asciiDigits(Texts.trimMarks(raw)));
        Instant instant = time == null ? null : time.instant(settings.zone());
        String text = instant == null ? null : IsoTime.text(instant);
        return text == null
                ? Reading.unparsed("It is not a time such as 2024-05-31T12:00:00Z: give the column a `format`")
                : Reading.of(text);
    }
}
