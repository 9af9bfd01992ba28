package dev.lockstep.core.state;

import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.RecordName;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A record that a customer lacks on a platform: wanted, under way, refused or taken. Mutable. */
public final class Creation {
    /** The record under whose claim it is made: it moves with that record's token. */
    public final RecordName by;

    public final int platform;
    /** The write on its way. */
    public @Nullable Flight flight;
    /** Its platform has been asked for leave to make it. */
    public boolean wanted;
    /** It was made, under this key, and waits for whoever lived there before to be seen leaving; null before that. */
    public @Nullable String madeKey;
    /** The write for which its natural key is being reserved; 0 when none is. */
    public long reserving;
    /** Identifiers whose answer is awaited. */
    public final TreeSet<IdentifierKey> awaited = new TreeSet<>();
    /** Identifiers that hold its natural key for it. */
    public final TreeSet<IdentifierKey> reserved = new TreeSet<>();
    /** Why it was refused for good; null when it was not. */
    public @Nullable String refusal;
    /** What was refused or taken, so that a different plan is tried at once. */
    public int refusedPlan;
    /** Another customer's record holds its natural key there: not made. */
    public boolean taken;
    /** What set it off; null before it was planned. */
    public @Nullable Due due;
    /** A guard has stopped it. */
    public @Nullable Due held;
    /** Not before this time: the platform could not take it just then. */
    public long pausedUntilMicros;

    public int attempts;

    public Creation(RecordName by, int platform) {
        this.by = by;
        this.platform = platform;
    }
}
