package dev.lockstep.simulator.windows;

/**
 * What a platform can do, as far as edits may be lost by it.
 *
 * @param shows how it lets us see what changed, in words for the table
 * @param streams a change stream; else it is polled
 * @param dated its records bear their time of change; else every poll reads everything
 * @param conditional its writes take the precondition that the value is still the one we know
 */
record Capability(String shows, boolean streams, boolean dated, boolean conditional) {
    static final int POLL_SECONDS = 15;

    /** The best first. */
    static Capability[] all() {
        String stream = "a change stream";
        String dates = "records with a date, asked for every " + POLL_SECONDS + " s";
        String neither = "records without a date, all read every " + POLL_SECONDS + " s";
        return new Capability[] {
            new Capability(stream, true, true, true),
            new Capability(stream, true, true, false),
            new Capability(dates, false, true, true),
            new Capability(dates, false, true, false),
            new Capability(neither, false, false, true),
            new Capability(neither, false, false, false)
        };
    }

    String writes() {
        return conditional ? "with a condition" : "without";
    }
}
