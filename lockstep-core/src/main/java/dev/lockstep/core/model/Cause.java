package dev.lockstep.core.model;

/**
 * What set off a change: everything that one transaction, one poll, one full read, one change of the workspace or one
 * command leads to has the same cause.
 *
 * @param kind what it was
 * @param platform the number of the platform where it was seen; -1 where none is meant
 * @param mark tells it from others of its kind: the version of a transaction, the time of the rest
 */
public record Cause(Kind kind, int platform, long mark) {
    private static final long LOOKS_MICROS = 60_000_000L;

    public enum Kind {
        /** Time passed, or an answer came: what was due before is due still, for the reason it was. */
        NONE,
        /** A transaction that a stream shows. */
        TRANSACTION,
        /** One look at what changed lately. */
        POLL,
        /** A full read, or looks at single records within one minute. */
        READ,
        /** The first reading is complete. */
        FIRST,
        /** The workspace has changed. */
        WORKSPACE,
        /** A person's command. */
        COMMAND,
        /** A person let go what a guard had stopped. */
        APPROVED,
        /** Many causes of one platform within a while, each of them small. */
        DRIP,
        /** The first full read after an older copy of the data folder was put back. */
        RESTORED
    }

    /** What a platform showed: people's edits, which can be taken back. */
    public boolean edits() {
        return kind == Kind.TRANSACTION || kind == Kind.POLL || kind == Kind.READ;
    }

    public static final Cause NONE = new Cause(Kind.NONE, -1, 0);

    public static Cause of(Observation seen) {
        return switch (seen.origin()) {
            case STREAM ->
                new Cause(Kind.TRANSACTION, seen.platform(), seen.version() == 0 ? seen.datedMicros() : seen.version());
            case POLL -> new Cause(Kind.POLL, seen.platform(), seen.readBeganMicros());
            case FULL -> new Cause(Kind.READ, seen.platform(), seen.readBeganMicros());
            case READ -> new Cause(Kind.READ, seen.platform(), seen.readBeganMicros() / LOOKS_MICROS);
        };
    }
}
