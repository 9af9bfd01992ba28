package dev.lockstep.core.state;

/** How a record stands against what it should hold. */
public enum Status {
    /** Not planned yet (the first reading is not complete). */
    UNREAD,
    IN_SYNC,
    /** A write is wanted or under way. */
    PENDING,
    /** Its write was refused; set aside until someone mends the cause. */
    FAILED,
    /** A column of it keeps changing back. */
    CONTESTED,
    /** A column of it does not parse. */
    UNPARSED,
    /** A value it should hold is another customer's there; counts as in sync, and is listed. */
    TAKEN,
    /** Its customer does not belong on the platform, it is not writable, or it is gone. */
    OUT_OF_SCOPE,
    /** A guard has stopped what is to be written to it, until a person lets it go. */
    HELD
}
