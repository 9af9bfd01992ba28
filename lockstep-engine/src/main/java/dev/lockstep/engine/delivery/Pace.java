package dev.lockstep.engine.delivery;

import dev.lockstep.engine.EngineException;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code limit: 10/s}: no more writes than that in any such span of time. */
public final class Pace {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*/\\s*(s|m|h|d)");

    private final @Nullable Bucket bucket;
    private final int most;

    private Pace(@Nullable Bucket bucket, int most) {
        this.bucket = bucket;
        this.most = most;
    }

    public static Pace parse(@Nullable String limit) {
        if (limit == null) return new Pace(null, Integer.MAX_VALUE);
        Matcher matcher = FORM.matcher(limit.strip());
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
            throw new EngineException("`limit: " + limit + "` is no limit.", "Write for example `10/s` or `600/m`.");
        }
        int count = Integer.parseInt(matcher.group(1));
        Duration span = switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
        // A burst and what is refilled after it are together what the limit allows in any window of that length.
        int burst = Math.max(1, Math.min(count / 10, 1000));
        int refill = Math.max(1, count - burst);
        Bucket bucket = Bucket.builder()
                .addLimit(bandwidth -> bandwidth.capacity(burst).refillGreedy(refill, span))
                .build();
        return new Pace(bucket, burst);
    }

    /** The most that may go in one batch. */
    int most() {
        return most;
    }

    /** Waits until so many may go. */
    void take(int writes) throws InterruptedException {
        if (bucket != null) bucket.asBlocking().consume(writes);
    }
}
