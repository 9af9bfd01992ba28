package dev.lockstep.core.lens;

import dev.lockstep.core.normalise.Decimals;
import dev.lockstep.core.normalise.IsoTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A format of dates and times: a {@code java.time} pattern in English, resolved strictly, or {@code epoch_seconds} or
 * {@code epoch_millis}.
 *
 * <p>{@code y} is the year as people write it ({@code u} of java.time). Two-digit years say the first year of their
 * century: {@code dd/MM/yy from 1930} is 1930 to 2029. A time of day may be missing, or its minutes: then it is the
 * start.
 */
final class TimePattern {

    private static final String FROM = " from ";

    /** Days and times that tell most patterns apart that lose something. */
    private static final List<ZonedDateTime> SAMPLES = List.of(
            ZonedDateTime.of(2023, 11, 28, 13, 45, 56, 0, ZoneOffset.UTC),
            ZonedDateTime.of(2024, 2, 29, 1, 2, 3, 0, ZoneOffset.UTC),
            ZonedDateTime.of(2001, 7, 9, 23, 59, 0, 0, ZoneOffset.UTC));

    private final @Nullable DateTimeFormatter formatter;
    private final long unitsPerSecond;
    private final boolean hasOffset;
    private final @Nullable String unreadable;

    private TimePattern(
            @Nullable DateTimeFormatter formatter,
            long unitsPerSecond,
            boolean hasOffset,
            @Nullable String unreadable) {
        this.formatter = formatter;
        this.unitsPerSecond = unitsPerSecond;
        this.hasOffset = hasOffset;
        this.unreadable = unreadable;
    }

    /** @throws LensException with a remedy, when it is no such format */
    static TimePattern parse(String format) {
        if (format.equals("epoch_seconds") || format.equals("epoch_millis")) {
            return new TimePattern(null, format.equals("epoch_millis") ? 1000 : 1, false, null);
        }
        int from = format.lastIndexOf(FROM);
        String pattern = from < 0 ? format : format.substring(0, from);
        Integer firstYear = from < 0 ? null : firstYear(format, format.substring(from + FROM.length()));
        DateTimeFormatter formatter = formatter(format, pattern, firstYear);
        boolean centuryUnknown = firstYear == null && twoDigitYear(pattern) >= 0;
        boolean hasOffset = "XxZOVvz".chars().anyMatch(letter -> letters(pattern, (char) letter) > 0);
        return new TimePattern(formatter, 0, hasOffset, unreadable(format, formatter, pattern, centuryUnknown));
    }

    /** Why texts in this format cannot be read; null when they can. */
    @Nullable
    String unreadable() {
        return unreadable;
    }

    /** Null when the text is not in this format. */
    @Nullable
    IsoTime read(String text) {
        return formatter == null ? epoch(text) : parsed(formatter, text);
    }

    /** The start of the day; the day as written is this one. */
    String write(LocalDate date, ZoneId zone) {
        ZonedDateTime start = date.atStartOfDay(zone);
        return formatter == null
                ? epoch(start)
                : formatter.format(hasOffset ? start.withZoneSameLocal(minutes(start)) : start);
    }

    String write(ZonedDateTime time) {
        return formatter == null
                ? epoch(time)
                : formatter.format(hasOffset ? time.withZoneSameInstant(minutes(time)) : time);
    }

    private String epoch(ZonedDateTime time) {
        long seconds = time.toEpochSecond();
        return Long.toString(unitsPerSecond == 1 ? seconds : seconds * 1000 + time.getNano() / 1_000_000);
    }

    /** Numbers since 1970: instants, whatever the zone. */
    boolean isEpoch() {
        return formatter == null;
    }

    /** Its zone; before there were time zones, offsets had seconds, which most patterns would lose. */
    private static ZoneId minutes(ZonedDateTime time) {
        int offset = time.getOffset().getTotalSeconds();
        return offset % 60 == 0 ? time.getZone() : ZoneOffset.ofTotalSeconds(offset - offset % 60);
    }

    private @Nullable IsoTime epoch(String text) {
        String units = Decimals.canonical(text);
        if (units == null || units.length() > 17 || units.indexOf('.') >= 0) {
            return null;
        }
        long number = Long.parseLong(units);
        long seconds = Math.floorDiv(number, unitsPerSecond);
        long nanos = Math.floorMod(number, unitsPerSecond) * (1_000_000_000 / unitsPerSecond);
        try {
            ZonedDateTime utc = Instant.ofEpochSecond(seconds, nanos).atZone(ZoneOffset.UTC);
            return new IsoTime(utc.toLocalDate(), utc.toLocalTime(), ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable IsoTime parsed(DateTimeFormatter formatter, String text) {
        try {
            TemporalAccessor fields = formatter.parse(text);
            LocalDate date = fields.query(TemporalQueries.localDate());
            if (date == null) {
                return null;
            }
            LocalTime time = fields.query(TemporalQueries.localTime());
            if (time == null && fields.isSupported(ChronoField.HOUR_OF_DAY)) {
                time = LocalTime.of(fields.get(ChronoField.HOUR_OF_DAY), 0);
            }
            ZoneId zone = fields.query(TemporalQueries.zone());
            if (zone == null || time == null) {
                return new IsoTime(date, time, null);
            }
            return new IsoTime(date, time, date.atTime(time).atZone(zone).getOffset());
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Integer firstYear(String format, String written) {
        if (written.length() == 4 && written.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Integer.valueOf(written);
        }
        throw new LensException("`" + format + "`: after `from` stands the first year of four digits, such as 1930.");
    }

    private static DateTimeFormatter formatter(String format, String pattern, @Nullable Integer firstYear) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        String years = yearsOfPeople(pattern);
        int two = twoDigitYear(years);
        try {
            if (two >= 0 && firstYear != null) {
                appendIfAny(builder, years.substring(0, two));
                builder.appendValueReduced(ChronoField.YEAR, 2, 2, LocalDate.of(firstYear, 1, 1));
                appendIfAny(builder, years.substring(two + 2));
            } else {
                appendIfAny(builder, years);
            }
        } catch (IllegalArgumentException e) {
            throw new LensException(
                    "`" + format + "` is no format of dates: write a java.time pattern such as dd/MM/yyyy.");
        }
        DateTimeFormatter formatter = builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
        try {
            formatter.formatTo(SAMPLES.getFirst(), new StringBuilder());
        } catch (DateTimeException e) {
            throw new LensException("`" + format + "` cannot be written: " + e.getMessage() + ".");
        }
        return formatter;
    }

    private static void appendIfAny(DateTimeFormatterBuilder builder, String pattern) {
        if (!pattern.isEmpty()) {
            builder.appendPattern(pattern);
        }
    }

    private static @Nullable String unreadable(
            String format, DateTimeFormatter formatter, String pattern, boolean centuryUnknown) {
        if (centuryUnknown) {
            return "`" + format + "` has a year of two digits: say which century, `" + format
                    + " from 1930` is 1930 to 2029; or say `access: write`.";
        }
        if (letters(pattern, 'Y') > 0) {
            return "`" + format + "` has `Y`, which is the year of the week: write `y`.";
        }
        for (ZonedDateTime sample : SAMPLES) {
            IsoTime read = parsed(formatter, formatter.format(sample));
            if (read == null || !read.date().equals(sample.toLocalDate())) {
                return "`" + format + "` does not hold a whole date, so that it cannot be read back: write one such as"
                        + " dd/MM/yyyy, or say `access: write`.";
            }
        }
        boolean half = letters(pattern, 'h') + letters(pattern, 'K') > 0 && letters(pattern, 'a') == 0;
        return half ? "`" + format + "` has an hour of twelve without am or pm: write `HH`, or add `a`." : null;
    }

    /** {@code yyyy -> uuuu}, which strict resolving can do without an era; not where the pattern has one. */
    private static String yearsOfPeople(String pattern) {
        if (letters(pattern, 'G') > 0) {
            return pattern;
        }
        StringBuilder years = new StringBuilder(pattern);
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'';
            if (c == 'y' && !quoted) {
                years.setCharAt(i, 'u');
            }
        }
        return years.toString();
    }

    /** Where a year of exactly two letters stands; -1 where there is none. */
    private static int twoDigitYear(String pattern) {
        boolean quoted = false;
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            quoted ^= c == '\'';
            int end = at + 1;
            if (!quoted && (c == 'u' || c == 'y')) {
                while (end < pattern.length() && pattern.charAt(end) == c) {
                    end++;
                }
                if (end - at == 2) {
                    return at;
                }
            }
            at = end;
        }
        return -1;
    }

    private static int letters(String pattern, char letter) {
        boolean quoted = false;
        int count = 0;
        for (int i = 0; i < pattern.length(); i++) {
            quoted ^= pattern.charAt(i) == '\'';
            count += !quoted && pattern.charAt(i) == letter ? 1 : 0;
        }
        return count;
    }
}
