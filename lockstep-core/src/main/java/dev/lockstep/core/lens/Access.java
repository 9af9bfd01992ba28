package dev.lockstep.core.lens;

/** What Lockstep may do with a column or platform. */
public enum Access {
    /** Heard, never written. */
    READ,
    /** Written, never heard. */
    WRITE,
    BOTH
}
