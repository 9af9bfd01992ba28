package dev.lockstep.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What came of one write.
 *
 * @param write the id of the write
 * @param outcome what came of it
 * @param key the record's key after it (a create's new key, a found record's key); null where there is none
 * @param raw by column number, what the platform holds now; {@link Observation#ABSENT} for columns it did not show. A
 *     platform whose stream shows our own writes need show only the columns written
 * @param reason for a refusal or an unclear outcome: one sentence for the operator
 * @param column the column that stands in the way, where known, else -1
 * @param atMicros when the answer reached us
 */
public record Receipt(
        long write,
        Outcome outcome,
        @Nullable String key,
        @Nullable String[] raw,
        String reason,
        int column,
        long atMicros) {

    public enum Outcome {
        /** It stands on the platform. */
        APPLIED,
        /** The precondition did not hold: somebody edited a column we meant to write. Nothing was written. */
        STALE,
        /** The record is not there (any more). Nothing was written. */
        MISSING,
        /** A create found the record by its natural key before it made one: {@code key} names it. */
        EXISTS,
        /**
         * The outcome was unclear, and the record {@code key} was looked up: it bears the natural key of the create, or
         * holds neither what was there before an update nor all that was sent. {@code raw} is what it holds: what was
         * sent is most likely ours, anything else somebody's edit since.
         */
        FOUND,
        /** The value is held by another record, in a column that the platform keeps unique. */
        TAKEN,
        /** The platform refuses these values (a constraint, a type, a right); trying again will not help. */
        INVALID,
        /** Certainly not applied, and may well be next time (a lock, a deadlock, a limit, no connection). */
        AGAIN,
        /** Not known whether it was applied; {@code Writes.resolve} finds out. */
        UNCLEAR
    }

    public static Receipt of(Write write, Outcome outcome, String reason, long atMicros) {
        return new Receipt(write.id(), outcome, write.key(), new String[0], reason, -1, atMicros);
    }

    public static Receipt applied(Write write, String key, @Nullable String[] raw, long atMicros) {
        return new Receipt(write.id(), Outcome.APPLIED, key, raw, "", -1, atMicros);
    }

    public boolean shows(int columnNumber) {
        return columnNumber < raw.length && raw[columnNumber] != Observation.ABSENT;
    }
}
