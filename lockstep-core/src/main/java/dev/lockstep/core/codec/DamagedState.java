package dev.lockstep.core.codec;

/** Bytes that are no state, or of a format that this version does not know. */
public final class DamagedState extends RuntimeException {
    public DamagedState(String message) {
        super(message);
    }
}
