package dev.lockstep.core.state;

import dev.lockstep.core.model.RecordName;
import java.util.TreeMap;
import java.util.TreeSet;

/** The state of an Identifier machine: who claims it, claimed it, holds it or is about to. Mutable. */
public final class IdentifierState {
    /** Counts changes of {@link #level}; never forgotten once it is not 0. */
    public int version;

    public Member.Level level = Member.Level.ALL;
    public final TreeMap<RecordName, Row> rows = new TreeMap<>();
    /** Pairs of (record, seq) already introduced, as text. */
    public final TreeSet<String> introduced = new TreeSet<>();
    /** Creates under way that bear it, by platform. */
    public final TreeMap<Integer, Reservation> creating = new TreeMap<>();

    /** By platform, whose writes and creates were refused since somebody there has the value: told when it is free. */
    public final TreeMap<Integer, TreeSet<RecordName>> waiting = new TreeMap<>();

    /** By platform, records seen for the first time while a create there was under way: told when that is over. */
    public final TreeMap<Integer, TreeSet<RecordName>> sights = new TreeMap<>();

    /** A create under way: under whose claim it is made, and the id of its write. */
    public record Reservation(RecordName by, long writeId) {}

    /**
     * A record's standing to this identifier.
     *
     * @param seq the count of the record's claims when it said so
     * @param label the group that holds the record's token, as it said
     * @param kind how it holds the value
     * @param since the {@code seq} at which this claim began
     */
    public record Row(long seq, RecordName label, Kind kind, long since) {}

    public enum Kind {
        /** An edit on it says so. */
        CURRENT,
        /** An edit on it said so before. */
        FORMER,
        /** It holds the value because Lockstep wrote it there: says nothing of who is who, and takes the value. */
        HOLDS,
        /** It is gone, and an edit on it said so: as former, and counts for no {@code shared_limit}. */
        GONE,
        /** An edit on it says so, and we have written another value there since: as current, and holds it no more. */
        WRITTEN_OVER;

        public boolean isCurrent() {
            return this == CURRENT || this == WRITTEN_OVER;
        }

        /** Whether it is by an edit, now or before, that the record has the value. */
        public boolean claims() {
            return this != HOLDS;
        }

        /** Whether a record of that platform with this value is there now. */
        public boolean takes() {
            return this == CURRENT || this == HOLDS;
        }
    }
}
