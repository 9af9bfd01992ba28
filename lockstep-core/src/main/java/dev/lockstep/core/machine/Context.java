package dev.lockstep.core.machine;

import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.Model;

/**
 * What a machine may know besides its state and the message.
 *
 * @param model the workspace
 * @param nowMicros the time, microseconds since the epoch
 * @param planning false until the first reading is complete: nothing is planned or wanted
 * @param cause what the message is a part of, as a guard counts; {@link Cause#NONE} for one that only goes on
 */
public record Context(Model model, long nowMicros, boolean planning, Cause cause) {
    public Context(Model model, long nowMicros, boolean planning) {
        this(model, nowMicros, planning, Cause.NONE);
    }

    public Context because(Cause why) {
        return new Context(model, nowMicros, planning, why);
    }
}
