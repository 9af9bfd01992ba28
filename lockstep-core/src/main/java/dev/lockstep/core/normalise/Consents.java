package dev.lockstep.core.normalise;

/** The three values of a consent. */
public final class Consents {

    /** The person said yes. */
    public static final Value GRANTED = Value.of("granted");
    /** The person said no, or no longer yes. */
    public static final Value WITHDRAWN = Value.of("withdrawn");
    /** The person was never asked: what a column holds by default. */
    public static final Value UNSET = Value.of("unset");

    private Consents() {}
}
