package dev.lockstep.core.model;

/**
 * When an edit was made, and on which platform.
 *
 * @param micros microseconds since the epoch, or {@link #UNDATED}
 * @param platform the platform's number
 */
public record Stamp(long micros, int platform) {

    /** The time of a value that nobody dates: earlier than every dated one. */
    public static final long UNDATED = Long.MIN_VALUE;

    public boolean dated() {
        return micros != UNDATED;
    }

    /**
     * The stamp of an edit: the platform's time, not later than the observation, and always later than what it
     * replaced on that record, since who edits a value has seen it.
     */
    public static Stamp ofEdit(int platform, long platformMicros, long observedMicros, long replacedMicros) {
        long at = platformMicros == UNDATED ? observedMicros : Math.min(platformMicros, observedMicros);
        return new Stamp(replacedMicros == UNDATED ? at : Math.max(at, replacedMicros + 1), platform);
    }
}
