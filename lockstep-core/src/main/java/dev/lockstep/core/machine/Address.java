package dev.lockstep.core.machine;

import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.RecordName;

/** Which machine a message is for. */
public sealed interface Address {

    /** The Record machine of a platform's key. */
    record Slot(int platform, String key) implements Address {
        public static Slot of(RecordName record) {
            return new Slot(record.platform(), record.key());
        }
    }

    /** The Identifier machine of one value of one field. */
    record Identifier(IdentifierKey key) implements Address {}

    /** The Group machine keyed by a group's least record. */
    record Group(RecordName least) implements Address {}
}
