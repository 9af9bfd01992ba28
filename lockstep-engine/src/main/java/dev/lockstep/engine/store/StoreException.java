package dev.lockstep.engine.store;

import dev.lockstep.engine.EngineException;

/** The data folder cannot be used: newer than this program, damaged, in use by another, full, not to be written. */
public sealed class StoreException extends EngineException permits InUseException {
    private final boolean passes;

    public StoreException(String sentence, String remedy) {
        this(sentence, remedy, false);
    }

    /** @param passes what is in the folder is sound: it can be opened again when there is room, or a right to write */
    StoreException(String sentence, String remedy, boolean passes) {
        super(sentence, remedy);
        this.passes = passes;
    }

    public boolean passes() {
        return passes;
    }
}
