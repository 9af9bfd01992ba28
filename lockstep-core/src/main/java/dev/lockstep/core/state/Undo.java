package dev.lockstep.core.state;

import dev.lockstep.core.model.Cause;
import org.jspecify.annotations.Nullable;

/**
 * What one edit of a record replaced: kept for a while, since a person may take back what a cause has edited.
 *
 * @param cause of what the edit was a part
 * @param field the field's number; {@link #RECORD} or {@link #GONE}
 * @param stampMicros of the claim that it made; of a deletion, when it was made
 * @param before what the record claimed before; null when nothing
 * @param log for a consent: what it attested before; else null
 * @param revived an identifier that was a former one until this edit claimed it again; else null
 * @param heardMicros when we learnt of it
 */
public record Undo(
        Cause cause,
        int field,
        long stampMicros,
        @Nullable Claim before,
        @Nullable ConsentLog log,
        @Nullable Former revived,
        long heardMicros) {
    /** The record was new: all that it said at first sight. */
    public static final int RECORD = -1;
    /** The record was deleted. */
    public static final int GONE = -2;

    public Undo withBefore(@Nullable Claim claim) {
        return new Undo(cause, field, stampMicros, claim, log, revived, heardMicros);
    }

    public Undo withLog(@Nullable ConsentLog attested) {
        return new Undo(cause, field, stampMicros, before, attested, revived, heardMicros);
    }
}
