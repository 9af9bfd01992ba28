package dev.lockstep.core.normalise;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A date, with a time and an offset where it has them, as ISO 8601 and PostgreSQL write them.
 *
 * @param time null where only a date is written
 * @param offset null where none is written
 */
public record IsoTime(
        LocalDate date, @Nullable LocalTime time, @Nullable ZoneOffset offset) {

    private static final long NANOS_PER_MICRO = 1000;

    /**
     * Reads {@code 2024-05-31}, {@code 2024/05/31}, {@code 20240531}, and with a time after {@code T} or a space:
     * {@code 12:00}, {@code 12:00:00.123456}, followed by nothing, {@code Z}, {@code UTC}, {@code +02}, {@code +0200}
     * or {@code +02:00}. ASCII only, no outer space.
     *
     * @return null when it is none of these, or no such day or time exists
     */
    public static @Nullable IsoTime parse(String text) {
        if (text.length() < 8 || text.length() > 48) {
            return null;
        }
        try {
            return new Cursor(text).read();
        } catch (DateTimeException e) {
            return null; // the 30th of February
        }
    }

    /**
     * Written as PostgreSQL writes them: {@code 2024-05-28}, {@code 2024-05-28 12:00:00}, {@code 2024-05-28
     * 12:00:00.123456+00}, also with {@code T} and {@code Z}. {@link #parse} reads these and more; of them this answers
     * true only where that is seen at once, so never of a 31st.
     */
    public static boolean isPlain(String text) {
        int length = text.length();
        if (length < 10
                || !isNumber(text, 0, 4, 1, 9999)
                || text.charAt(4) != '-'
                || !isNumber(text, 5, 7, 1, 12)
                || text.charAt(7) != '-'
                || !isNumber(text, 8, 10, 1, text.startsWith("02", 5) ? 28 : 30)) {
            return false;
        }
        if (length == 10) {
            return true;
        }
        if (length < 19
                || (text.charAt(10) != ' ' && text.charAt(10) != 'T')
                || !isNumber(text, 11, 13, 0, 23)
                || text.charAt(13) != ':'
                || !isNumber(text, 14, 16, 0, 59)
                || text.charAt(16) != ':'
                || !isNumber(text, 17, 19, 0, 59)) {
            return false;
        }
        int end = afterFraction(text);
        return end == length || isUtc(text, end);
    }

    /** Of {@link #isPlain}: {@code 2024-05-28 12:00:00.5+00 -> 2024-05-28T12:00:00.5Z}; null where it is not so. */
    public static @Nullable String plainUtc(String text) {
        if (text.length() < 20) {
            return null;
        }
        int end = afterFraction(text);
        boolean canonicalFraction = end == 19 || text.charAt(end - 1) != '0';
        if (!canonicalFraction || !isUtc(text, end)) {
            return null;
        }
        return new StringBuilder(end + 1)
                .append(text, 0, 10)
                .append('T')
                .append(text, 11, end)
                .append('Z')
                .toString();
    }

    /** Where the seconds of a plain text end, with up to six digits behind a point. */
    private static int afterFraction(String text) {
        int at = 19;
        if (at == text.length() || text.charAt(at) != '.') {
            return at;
        }
        at++;
        while (at < text.length() && at < 26 && Ascii.isDigit(text.charAt(at))) {
            at++;
        }
        return at == 20 ? 19 : at;
    }

    private static boolean isUtc(String text, int at) {
        int left = text.length() - at;
        return (left == 1 && text.charAt(at) == 'Z') || (left == 3 && text.startsWith("+00", at));
    }

    private static boolean isNumber(String text, int from, int to, int least, int most) {
        int number = 0;
        for (int i = from; i < to; i++) {
            if (!Ascii.isDigit(text.charAt(i))) {
                return false;
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number >= least && number <= most;
    }

    /** The instant, cut off at microseconds; without an offset in {@code zone}, which is UTC when null. */
    public Instant instant(@Nullable ZoneId zone) {
        LocalDateTime local = time == null ? null : LocalDateTime.of(date, time);
        ZoneId in = offset != null ? offset : zone == null ? ZoneOffset.UTC : zone;
        return local == null
                ? date.atStartOfDay(in).toInstant()
                : local.atZone(in).toInstant();
    }

    /** The canonical text of an instant; null outside the years 0001 to 9999. */
    public static @Nullable String text(Instant instant) {
        LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        if (utc.getYear() < 1 || utc.getYear() > 9999) {
            return null;
        }
        StringBuilder text = new StringBuilder(27);
        text.append(utc.toLocalDate()).append('T');
        appendTime(text, utc.toLocalTime());
        return text.append('Z').toString();
    }

    /** {@code 12:00:00}, with a fraction only where there is one, to microseconds. */
    public static void appendTime(StringBuilder text, LocalTime time) {
        two(text, time.getHour()).append(':');
        two(text, time.getMinute()).append(':');
        two(text, time.getSecond());
        long micros = time.getNano() / NANOS_PER_MICRO;
        if (micros > 0) {
            text.append('.');
            String digits = Long.toString(1_000_000 + micros);
            int end = digits.length();
            while (digits.charAt(end - 1) == '0') {
                end--;
            }
            text.append(digits, 1, end);
        }
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /** Reads from left to right; every method answers -1 or null for what is not there. */
    private static final class Cursor {
        private final String text;
        private int at;

        Cursor(String text) {
            this.text = text;
        }

        @Nullable
        IsoTime read() {
            LocalDate date = date();
            if (date == null) {
                return null;
            }
            if (at == text.length()) {
                return new IsoTime(date, null, null);
            }
            char between = text.charAt(at++);
            if (between != 'T' && between != 't' && between != ' ') {
                return null;
            }
            LocalTime time = time();
            if (time == null) {
                return null;
            }
            if (at == text.length()) {
                return new IsoTime(date, time, null);
            }
            ZoneOffset offset = offset();
            return offset == null || at != text.length() ? null : new IsoTime(date, time, offset);
        }

        private @Nullable LocalDate date() {
            int year = digits(4);
            if (year < 1) {
                return null;
            }
            char separator = text.charAt(at);
            boolean separated = separator == '-' || separator == '/';
            at += separated ? 1 : 0;
            int month = digits(2);
            if (month < 0 || (separated && !skip(separator))) {
                return null;
            }
            int day = digits(2);
            return day < 0 ? null : LocalDate.of(year, month, day);
        }

        private @Nullable LocalTime time() {
            int hour = digits(2);
            boolean separated = skip(':');
            int minute = digits(2);
            if (hour < 0 || minute < 0) {
                return null;
            }
            int second = 0;
            int micros = 0;
            if (separated ? skip(':') : at < text.length() && Ascii.isDigit(text.charAt(at))) {
                second = digits(2);
                if (second < 0) {
                    return null;
                }
                if (skip('.') || skip(',')) {
                    micros = micros();
                }
            }
            return micros < 0 ? null : LocalTime.of(hour, minute, second, (int) (micros * NANOS_PER_MICRO));
        }

        private int micros() {
            int from = at;
            int micros = 0;
            while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
                if (at - from < 6) {
                    micros = micros * 10 + text.charAt(at) - '0';
                }
                at++;
            }
            for (int i = at - from; i < 6; i++) {
                micros *= 10;
            }
            return at == from ? -1 : micros;
        }

        private @Nullable ZoneOffset offset() {
            boolean spaced = skip(' ');
            if (text.startsWith("UTC", at) || text.startsWith("GMT", at)) {
                at += 3;
                return ZoneOffset.UTC;
            }
            if (!spaced && (skip('Z') || skip('z'))) {
                return ZoneOffset.UTC;
            }
            boolean negative = at < text.length() && text.charAt(at) == '-';
            if (!negative && !(at < text.length() && text.charAt(at) == '+')) {
                return null;
            }
            at++;
            int hours = digits(2);
            int minutes = 0;
            int seconds = 0;
            if (at < text.length()) {
                boolean separated = skip(':');
                minutes = digits(2);
                if (at < text.length() && (!separated || skip(':'))) {
                    seconds = digits(2);
                }
            }
            if (hours < 0 || minutes < 0 || seconds < 0) {
                return null;
            }
            int total = hours * 3600 + minutes * 60 + seconds;
            return ZoneOffset.ofTotalSeconds(negative ? -total : total);
        }

        private int digits(int count) {
            int to = at + count;
            if (to > text.length() || !Ascii.allDigits(text, at, to)) {
                return -1;
            }
            int number = 0;
            for (; at < to; at++) {
                number = number * 10 + text.charAt(at) - '0';
            }
            return number;
        }

        private boolean skip(char c) {
            boolean there = at < text.length() && text.charAt(at) == c;
            at += there ? 1 : 0;
            return there;
        }
    }
}
