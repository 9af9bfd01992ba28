package dev.lockstep.core.machine;

import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.RecordName;
import org.jspecify.annotations.Nullable;

/** Which machine a message is for. */
public sealed interface Address {

    /** The Record machine of a platform's key. */
    record Slot(int platform, String key) implements Address {
        public static Slot of(RecordName record) {
            return new Slot(record.platform(), record.key());
        }

        // Looked up with every message, as names are.
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other || other instanceof Slot slot && platform == slot.platform && key.equals(slot.key);
        }

        @Override
        public int hashCode() {
            return key.hashCode() * 31 + platform;
        }
    }

    /** The Identifier machine of one value of one field. */
    record Identifier(IdentifierKey key) implements Address {}

    /** The Group machine keyed by a group's least record. */
    record Group(RecordName least) implements Address {}
}
