package dev.lockstep.core.state;

import dev.lockstep.core.model.Cause;

/**
 * What is to be written to a record, as a guard has to know it.
 *
 * @param plan tells one plan from another; what is only expected to be there does not count
 * @param cause what first made this plan
 * @param risk what it would do: of {@link #DELETES}, {@link #LOSES}, {@link #CHANGES}
 * @param withdraws it withdraws a consent
 * @param counted leave was given for it before: trying again is nothing new
 */
public record Due(int plan, Cause cause, int risk, boolean withdraws, boolean counted) {
    /** The record is deleted. */
    public static final int DELETES = 1;
    /** A consent is withdrawn, or a value blanked. */
    public static final int LOSES = 2;
    /** A value is overwritten, or a record created. */
    public static final int CHANGES = 4;

    public Due asCounted() {
        return new Due(plan, cause, risk, withdraws, true);
    }
}
