package dev.lockstep.core.machine;

import dev.lockstep.core.identity.Membership;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.GroupState;

/** The machine of one group of records: it passes each message to what decides on it. */
final class GroupMachine {

    void on(RecordName group, GroupState state, Message.ToGroup message, Context context, Step out) {
        if (message instanceof Message.Told told) {
            if (told.message() instanceof Message.StatusOf status && Membership.standing(state, status)) {
                Membership.settle(group, state, context, out);
            }
            return;
        }
        Membership.on(group, state, message, context, out);
    }
}
