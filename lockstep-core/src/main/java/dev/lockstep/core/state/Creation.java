package dev.lockstep.core.state;

import dev.lockstep.core.model.RecordName;
import org.jspecify.annotations.Nullable;

/** A record that a customer lacks on a platform: wanted, under way, refused or taken. Mutable. */
public final class Creation {
    /** The record under whose claim it is made: it moves with that record's token. */
    public final RecordName by;

    public final int platform;
    public @Nullable Flight flight;
    /** Its platform has been asked for leave to make it. */
    public boolean wanted;
    /** Why it was refused for good; null when it was not. */
    public @Nullable String refusal;
    /** What was refused, so that a different plan is tried at once. */
    public int refusedPlan;
    /** Another customer's record holds its natural key there: not made. */
    public boolean taken;

    public Creation(RecordName by, int platform) {
        this.by = by;
        this.platform = platform;
    }
}
