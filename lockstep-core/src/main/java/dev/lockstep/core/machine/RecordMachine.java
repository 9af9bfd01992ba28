package dev.lockstep.core.machine;

import dev.lockstep.core.state.RecordState;

/** The machine of one key of one platform. */
final class RecordMachine {

    void on(Address.Slot slot, RecordState state, Message.ToRecord message, Context context, Step out) {}
}
