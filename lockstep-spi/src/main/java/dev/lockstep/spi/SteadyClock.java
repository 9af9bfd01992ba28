package dev.lockstep.spi;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * The system's clock, but never back: when that is set back, time goes on from what was told last, at half the pace,
 * until the system's clock has caught up. When it is set forward, so is this one at once. Connectors and the engine
 * compare each other's times, so all of a process go by {@link #SYSTEM}. Any thread may ask.
 *
 * {@snippet :
 * the system's   10:00   10:10, set back to 09:10   09:20   09:40   10:10   11:10   11:20
 * this one       10:00   10:10                      10:15   10:25   10:40   11:10   11:20
 * }
 */
public final class SteadyClock implements InstantSource {
    /** The time of this process. */
    public static final SteadyClock SYSTEM = new SteadyClock(InstantSource.system(), System::nanoTime);

    private final InstantSource wall;
    private final LongSupplier nanos;
    private long toldMicros = Long.MIN_VALUE;
    private long toldNanos;

    /** @param nanos goes on evenly, whatever is done to {@code wall} */
    public SteadyClock(InstantSource wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
    }

    /** Microseconds since 1970; never less than the time before. */
    public synchronized long micros() {
        long atNanos = nanos.getAsLong();
        long passedMicros = Math.max(0, atNanos - toldNanos) / 1000;
        long system = wallMicros();
        if (toldMicros == Long.MIN_VALUE || system >= toldMicros) {
            told(system, atNanos);
        } else if (passedMicros >= 2) {
            told(Math.max(system, toldMicros + passedMicros / 2), atNanos);
        }
        return toldMicros;
    }

    private void told(long micros, long atNanos) {
        toldMicros = micros;
        toldNanos = atNanos;
    }

    private long wallMicros() {
        Instant now = wall.instant();
        return now.getEpochSecond() * 1_000_000L + now.getNano() / 1000;
    }

    /** Goes on from there, if that is later: for what was told before this process began. */
    public synchronized void notBefore(long micros) {
        if (micros > micros()) told(micros, nanos.getAsLong());
    }

    /** By how much this is ahead of the system's clock, since that was set back; 0 when it is not. */
    public synchronized long aheadMicros() {
        return Math.max(0, micros() - wallMicros());
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plus(micros(), ChronoUnit.MICROS);
    }
}
