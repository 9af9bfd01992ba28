package dev.lockstep.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change that takes a record of a platform from actual to desired, with the precondition under which it is valid.
 *
 * @param id unique for ever within one data folder, and greater than those before it
 * @param platform the platform's number
 * @param kind what is done
 * @param record for an update or delete the record itself; for a create the record under whose claim it is made
 * @param key the record's key now; for a create null, or the key under which a record is to be put back, where the
 *     platform takes one
 * @param cells what is written, each with what the column must still hold; for a delete only the preconditions
 * @param naturalKey for a create: the columns and values by which an existing record is looked up first, any match
 *     being that record; tried in this order
 * @param urgent withdrawn consent: goes out before other work
 * @param causeMicros when the newest edit that this write carries was made; {@link Stamp#UNDATED} if not known
 */
public record Write(
        long id,
        int platform,
        Kind kind,
        RecordName record,
        @Nullable String key,
        List<Cell> cells,
        List<Cell> naturalKey,
        boolean urgent,
        long causeMicros) {

    public enum Kind {
        CREATE,
        UPDATE,
        DELETE
    }

    /**
     * One column of a write.
     *
     * @param column the column's number
     * @param raw what to write, in the platform's own form; null to clear
     * @param expected what the column must still hold for the write to be valid; unused in a create
     */
    public record Cell(
            int column, @Nullable String raw, @Nullable String expected) {}

    /** Tells one plan from another, by what it writes and what a create is looked for by; never 0. */
    public int fingerprint() {
        return fingerprint(cells, naturalKey);
    }

    /** As {@link #fingerprint()}, of what is not a write yet. */
    public static int fingerprint(List<Cell> cells, List<Cell> naturalKey) {
        int hash = 31 * cells.hashCode() + naturalKey.hashCode();
        return hash == 0 ? 1 : hash;
    }
}
