package dev.lockstep.core.state;

import dev.lockstep.core.model.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * What one column of one record is known to hold, as its platform's observations show it. (What our own acknowledged
 * writes have changed since lies in {@link Member#acked} until the platform's stream has shown it.) Mutable; belongs
 * to one {@link Member}.
 */
public final class ColumnState {
    /** The platform's own text; null for its null. */
    public @Nullable String raw;
    /** The version of the observation or write that says so; 0 where the platform has none. */
    public long version;
    /** When that was read or acknowledged, by our clock. */
    public long knownMicros;
    /** The stamp of the claim that the value carries; {@link Stamp#UNDATED} for none. */
    public long stampMicros = Stamp.UNDATED;
    /**
     * The last value we wrote there, as sent, while {@link #wroteMicros} is not 0; what the platform holds then is its
     * own spelling of it.
     */
    public @Nullable String wrote;
    /** What that write replaced. */
    public @Nullable String replaced;
    /** When that write was acknowledged; 0 when the column holds no value of ours. */
    public long wroteMicros;
    /** How often the platform took our write back of late, and since when. */
    public int reversals;

    public long reversalsSinceMicros;
    /** Not written again before this time: the platform took our write back. */
    public long pausedUntilMicros;
    /** {@link #wrote} is not written again until a person answers or a different edit comes. */
    public boolean contested;
    /** We archived the record: {@link #kept} is what it held here before that. */
    public boolean archived;

    public @Nullable String kept;
    /** A value that we would write and that another customer's record holds there: not written. */
    public @Nullable String taken;
    /** The raw value does not parse: kept, reported, not written. */
    public @Nullable String unparsed;

    public ColumnState copy() {
        ColumnState copy = new ColumnState();
        copy.raw = raw;
        copy.version = version;
        copy.knownMicros = knownMicros;
        copy.stampMicros = stampMicros;
        copy.wrote = wrote;
        copy.replaced = replaced;
        copy.wroteMicros = wroteMicros;
        copy.reversals = reversals;
        copy.reversalsSinceMicros = reversalsSinceMicros;
        copy.pausedUntilMicros = pausedUntilMicros;
        copy.contested = contested;
        copy.archived = archived;
        copy.kept = kept;
        copy.taken = taken;
        copy.unparsed = unparsed;
        return copy;
    }
}
