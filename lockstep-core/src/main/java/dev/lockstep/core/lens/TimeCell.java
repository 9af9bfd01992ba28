package dev.lockstep.core.lens;

import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.IsoTime;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Texts;
import dev.lockstep.core.normalise.Value;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A date or an instant, as ISO 8601, in a {@link TimePattern}, or as the kind of column has it.
 *
 * <p>A date has no zone: of a column of instants (by kind or as epoch) it is the day in the column's zone, of any other
 * as written. An instant in a column of dates is the start of its day, in one without zones it is in the column's zone.
 */
final class TimeCell implements Cell {

    private final boolean dates;
    private final ColumnKind kind;
    private final ZoneId zone;
    private final @Nullable TimePattern pattern;

    private TimeCell(ColumnOptions options, @Nullable TimePattern pattern) {
        this.dates = options.type() == FieldType.DATE;
        this.kind = options.kind();
        ZoneId given = options.settings().zone();
        this.zone = given == null ? ZoneOffset.UTC : given;
        this.pattern = pattern;
    }

    static TimeCell of(ColumnOptions options) {
        String format = options.format();
        if (format == null) {
            return new TimeCell(options, null);
        }
        if (options.kind() == ColumnKind.DATE
                || options.kind() == ColumnKind.TIMESTAMP
                || options.kind() == ColumnKind.TIMESTAMPTZ) {
            throw new LensException("The column holds times of its own kind, which have no format: leave out `format: "
                    + format + "`.");
        }
        return new TimeCell(options, TimePattern.parse(format));
    }

    @Override
    public Reading read(String text) {
        // What PostgreSQL shows is nearly always of this form, and nothing has to be worked out then.
        if (pattern == null && IsoTime.isPlain(text)) {
            if (dates && kind != ColumnKind.TIMESTAMPTZ) {
                return Reading.of(text.substring(0, 10));
            }
            String plain = dates || kind == ColumnKind.DATE ? null : IsoTime.plainUtc(text);
            if (plain != null) {
                return Reading.of(plain);
            }
        }
        String trimmed = Texts.asciiDigits(Texts.trimMarks(text));
        IsoTime time = pattern == null ? IsoTime.parse(trimmed) : pattern.read(trimmed);
        if (time == null) {
            return Reading.unparsed(
                    pattern == null
                            ? "It is not a time such as 2024-05-31T12:00:00Z: give the column a `format`"
                            : "It is not written as the column's format says");
        }
        if (kind == ColumnKind.DATE) {
            time = new IsoTime(time.date(), null, null);
        }
        if (dates) {
            boolean instant = kind == ColumnKind.TIMESTAMPTZ || (pattern != null && pattern.isEpoch());
            return date(instant ? time.instant(zone).atZone(zone).toLocalDate() : time.date());
        }
        String canonical = IsoTime.text(time.instant(zone));
        return canonical == null ? Reading.unparsed("It is not in the years 0001 to 9999") : Reading.of(canonical);
    }

    private static Reading date(LocalDate date) {
        return date.getYear() < 1 || date.getYear() > 9999
                ? Reading.unparsed("It is not in the years 0001 to 9999")
                : Reading.of(date.toString());
    }

    @Override
    public String write(Value value) {
        if (pattern == null && holdsCanonical()) {
            return value.text();
        }
        if (dates) {
            LocalDate date = LocalDate.parse(value.text());
            return pattern != null
                    ? pattern.write(date, zone)
                    : kind == ColumnKind.TIMESTAMP ? local(date.atStartOfDay()) : instant(date.atStartOfDay(zone));
        }
        Instant instant = Instant.parse(value.text());
        return pattern != null
                ? pattern.write(instant.atZone(zone))
                : kind == ColumnKind.DATE
                        ? instant.atZone(zone).toLocalDate().toString()
                        : local(LocalDateTime.ofInstant(instant, zone));
    }

    /** A value is written there as it is. */
    private boolean holdsCanonical() {
        return dates
                ? kind != ColumnKind.TIMESTAMP && kind != ColumnKind.TIMESTAMPTZ
                : kind != ColumnKind.DATE && kind != ColumnKind.TIMESTAMP;
    }

    private static String instant(ZonedDateTime time) {
        return local(time.toLocalDateTime()) + time.getOffset().getId();
    }

    private static String local(LocalDateTime time) {
        StringBuilder text = new StringBuilder(26).append(time.toLocalDate()).append('T');
        IsoTime.appendTime(text, LocalTime.from(time));
        return text.toString();
    }

    @Override
    public @Nullable String unreadable() {
        return pattern == null ? null : pattern.unreadable();
    }
}
