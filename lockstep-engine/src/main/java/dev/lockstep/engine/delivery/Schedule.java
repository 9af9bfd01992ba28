package dev.lockstep.engine.delivery;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.lockstep.engine.EngineException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a platform is looked at: {@code realtime}, {@code every 5m}, or a cron expression in the local zone. */
public sealed interface Schedule {

    /** Milliseconds from then until the next look. */
    long nextMs(ZonedDateTime from);

    record Realtime() implements Schedule {
        /** Where a platform can only be polled. */
        private static final long POLL_MS = 2000;

        @Override
        public long nextMs(ZonedDateTime from) {
            return POLL_MS;
        }
    }

    record Every(long everyMs) implements Schedule {
        @Override
        public long nextMs(ZonedDateTime from) {
            return everyMs;
        }
    }

    record AtTimes(Cron cron) implements Schedule {
        @Override
        public long nextMs(ZonedDateTime from) {
            return ExecutionTime.forCron(cron)
                    .timeToNextExecution(from)
                    .map(Duration::toMillis)
                    .orElse(Long.MAX_VALUE);
        }
    }

    Pattern EVERY = Pattern.compile("every\\s+(\\d{1,6})\\s*(ms|s|m|h|d)");

    static Schedule parse(String text) {
        String plain = text.strip();
        if (plain.isEmpty() || plain.equals("realtime")) return new Realtime();
        Matcher every = EVERY.matcher(plain);
        if (every.matches()) {
            return new Every(Math.max(100, Long.parseLong(every.group(1)) * unitMs(every.group(2))));
        }
        try {
            return new AtTimes(new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                    .parse(plain)
                    .validate());
        } catch (IllegalArgumentException e) {
            throw new EngineException(
                    "`sync: " + plain + "` is no schedule.", "Write `realtime`, `every 15m`, or a cron expression.");
        }
    }

    private static long unitMs(String unit) {
        return switch (unit) {
            case "ms" -> 1L;
            case "s" -> 1000L;
            case "m" -> 60_000L;
            case "h" -> 3_600_000L;
            default -> 86_400_000L;
        };
    }

    /** Whether changes are followed as they happen. */
    default boolean realtime() {
        return this instanceof Realtime;
    }

    static ZonedDateTime now() {
        return ZonedDateTime.now(ZoneId.systemDefault());
    }
}
