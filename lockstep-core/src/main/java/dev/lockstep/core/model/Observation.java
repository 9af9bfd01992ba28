package dev.lockstep.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What a platform was seen to hold for one record.
 *
 * @param platform the platform's number
 * @param key the record's key on that platform, as text
 * @param renamedFrom the key the record had before this change, where the platform tells; else null
 * @param origin how it was seen
 * @param gone the record is not there (any more); {@code raw} is then empty
 * @param raw by column number: the platform's own text, null for SQL null and its like, {@link #ABSENT} for a column
 *     that this observation does not show (which says nothing)
 * @param version the platform's version of the record; greater is newer; 0 where it has none
 * @param datedMicros when the platform says the change was made (commit time, modified time); {@link Stamp#UNDATED}
 * @param observedMicros when it reached us, by our clock
 * @param readBeganMicros when the read that shows it began, by our clock
 * @param ownWrite the id of the write of ours that made this change, where the platform's stream tells; else 0
 */
public record Observation(
        int platform,
        String key,
        @Nullable String renamedFrom,
        Origin origin,
        boolean gone,
        @Nullable String[] raw,
        long version,
        long datedMicros,
        long observedMicros,
        long readBeganMicros,
        long ownWrite) {

    /** Stands, by identity, for a column that is not shown. */
    @SuppressWarnings("StringOperationCanBeSimplified")
    public static final String ABSENT = new String("(absent)");

    public enum Origin {
        /** A versioned change stream: every committed change, in order. */
        STREAM,
        /** A read of everything. */
        FULL,
        /** A read of what changed since the last. */
        POLL,
        /** A read of this one record, asked for. */
        READ
    }

    public boolean shows(int column) {
        return !gone && column < raw.length && raw[column] != ABSENT;
    }

    public static Observation gone(
            int platform, String key, Origin origin, long version, long datedMicros, long nowMicros) {
        return new Observation(
                platform, key, null, origin, true, new String[0], version, datedMicros, nowMicros, nowMicros, 0);
    }

    /** What the answer to a write shows: as good as a read of that moment. */
    public static Observation answered(int platform, String key, @Nullable String[] raw, long atMicros) {
        return new Observation(platform, key, null, Origin.READ, false, raw, 0, Stamp.UNDATED, atMicros, atMicros, 0);
    }

    public Observation withOwnWrite(long write) {
        return with(datedMicros, write);
    }

    /**
     * Of a record that was not known: with no date of its own, it was made after the last full read that lacked it.
     *
     * @param lackedMicros when that began; {@link Stamp#UNDATED} when there was none
     */
    public Observation appearedAfter(long lackedMicros) {
        boolean undated = datedMicros == Stamp.UNDATED && !gone && ownWrite == 0 && renamedFrom == null;
        return undated ? with(lackedMicros, 0) : this;
    }

    private Observation with(long dated, long write) {
        return new Observation(
                platform, key, renamedFrom, origin, gone, raw, version, dated, observedMicros, readBeganMicros, write);
    }
}
