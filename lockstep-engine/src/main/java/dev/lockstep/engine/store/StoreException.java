package dev.lockstep.engine.store;

import dev.lockstep.engine.EngineException;

/** The data folder cannot be used: newer than this program, damaged, or in use by another. */
public final class StoreException extends EngineException {
    public StoreException(String sentence, String remedy) {
        super(sentence, remedy);
    }
}
