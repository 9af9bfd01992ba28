package dev.lockstep.core.machine;

import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.state.IdentifierState;

/** The machine of one value of one field. */
final class IdentifierMachine {

    void on(
            IdentifierKey key,
            IdentifierState state,
            Message.ToIdentifier message,
            Context context,
            Step out) {}
}
