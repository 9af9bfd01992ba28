package dev.lockstep.core.machine;

import dev.lockstep.core.model.RecordName;
import org.jspecify.annotations.Nullable;

/**
 * One line of a record's history: appended, never read back into a decision.
 *
 * @param record whose history
 * @param micros when we learnt of it
 * @param kind what happened
 * @param field the field's number; -1 where none is meant
 * @param column the column's number on the record's platform; -1 where none is meant
 * @param before the raw value before
 * @param after the raw value after
 * @param saidMicros when it was said, by stamp; {@link dev.lockstep.core.model.Stamp#UNDATED} for undated
 * @param source for a write: the record whose claim it carries; for a join: the customer joined; else null
 * @param detail rule, reason or evidence, for people
 */
public record Fact(
        RecordName record,
        long micros,
        Kind kind,
        int field,
        int column,
        @Nullable String before,
        @Nullable String after,
        long saidMicros,
        @Nullable RecordName source,
        String detail) {

    public enum Kind {
        FIRST_SIGHT,
        EDIT,
        WROTE,
        CREATED,
        DELETED,
        GONE,
        BACK,
        RENAMED,
        SPELLED,
        REVERSED,
        CONTESTED,
        UNPARSED,
        REFUSED,
        TAKEN,
        JOINED,
        LEFT,
        DECIDED,
        HELD,
        /** An operator took an edit back: {@code before} is what was said, {@code after} what counts again. */
        REJECTED
    }

    public static Fact of(RecordName record, long micros, Kind kind, String detail) {
        return new Fact(record, micros, kind, -1, -1, null, null, dev.lockstep.core.model.Stamp.UNDATED, null, detail);
    }
}
