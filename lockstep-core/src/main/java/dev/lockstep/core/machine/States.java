package dev.lockstep.core.machine;

import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.IdentifierState;
import dev.lockstep.core.state.RecordState;

/**
 * Where a host keeps states while a batch runs. Each getter answers the one object that stands for that key in this
 * batch (a new one when there is none); machines change it in place, and the host writes what was touched in one
 * atomic batch, or forgets all of it.
 */
public interface States {
    RecordState record(Address.Slot slot);

    IdentifierState identifier(IdentifierKey key);

    GroupState group(RecordName least);
}
