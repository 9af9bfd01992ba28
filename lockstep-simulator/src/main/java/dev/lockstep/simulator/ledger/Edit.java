package dev.lockstep.simulator.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What somebody did in one cell.
 *
 * @param number counts from 1
 * @param platform the platform's number
 * @param key the record's key then
 * @param column the column's number
 * @param field the number of the field that the column carries
 * @param raw what the platform holds now
 * @param value the canonical value; null for a blank
 * @param atMicros when, by true time
 * @param platformMicros when, by the platform's clock
 * @param by who did it
 */
public record Edit(
        long number,
        int platform,
        String key,
        int column,
        int field,
        @Nullable String raw,
        @Nullable String value,
        long atMicros,
        long platformMicros,
        By by) {
    /** Who edits on a platform. */
    public enum By {
        PERSON,
        /** The platform's trigger, in the transaction that set it off. */
        TRIGGER,
        /** A job of the platform, a while after a write of ours, which it undoes. */
        JOB
    }
}
