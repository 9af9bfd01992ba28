package dev.lockstep.simulator.host;

/** What may go wrong. Each has a rate drawn from the seed, a switch and a counter. */
public enum Fault {
    /** The host dies before its batch is durable: all that was done in it is forgotten. */
    CRASH_BEFORE_COMMIT,
    /** The host dies after its batch is durable, before anything of it has left. */
    CRASH_AFTER_COMMIT,
    /** The host dies while it recovers. */
    CRASH_IN_RECOVERY,
    /** A request never reaches its platform, and nobody says so. */
    REQUEST_LOST,
    /** A request is applied, and its answer never comes. */
    RECEIPT_LOST,
    /** A request reaches its platform after the host has given it up. */
    REQUEST_LATE,
    /** A platform refuses for now. */
    REFUSED_FOR_NOW,
    /** A stream starts again from an older position, and shows again what it had shown. */
    REDELIVERY,
    /** A position is not to be had any more: everything is read again. */
    POSITION_LOST,
    /** A platform is away for a while. */
    PLATFORM_DOWN,
    /** A stream falls behind. */
    LAG,
    /** What was read arrives late. */
    STALE_READ,
    /** An observation is shown twice. */
    SHOWN_TWICE
}
