package dev.lockstep.core.state;

import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.RecordName;
import java.util.ArrayList;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of a Record machine. It is keyed by (platform, key): who lives under that key now, and the records that
 * were born there. Small and mutable.
 */
public final class RecordState {
    /** Who lives under this key now; null when it was left by a rename or never used. */
    public @Nullable RecordName occupant;
    /** The platform was last seen to hold nothing under this key; the occupant may come back. */
    public boolean gone;
    /** The version of the last observation by which an occupant left for another key; what is older is stale here. */
    public long leftVersion;
    /** The version since which the occupant lives here: what is older tells of somebody before. */
    public long sinceVersion;
    /** The create of ours that made the occupant, while the stream has not shown it; 0: none. */
    public long awaited;
    /** What its platform dates later than this came after that create, even if its echo got lost with its stream. */
    public long awaitedUntilMicros;
    /** Who lived here before that create, as the stream shows late; null when nobody is known to. */
    public @Nullable RecordName guest;
    /** Creates of ours that made a record here while another still seemed to live here: for whom, by write. */
    public final TreeMap<Long, RecordName> waiting = new TreeMap<>();
    /** The records born under this key, by birth number. */
    public final ArrayList<Born> born = new ArrayList<>();

    /** All of this as bytes, as last read or written; null once it may be other. Not stored. */
    public transient byte @Nullable [] bytes;

    /** As of a key that nobody ever lived under. */
    public void clear() {
        bytes = null;
        occupant = null;
        gone = false;
        leftVersion = 0;
        sinceVersion = 0;
        awaited = 0;
        awaitedUntilMicros = 0;
        guest = null;
        waiting.clear();
        born.clear();
    }

    /** One record born here: who holds its token, and what it claims. */
    public static final class Born {
        /** The group that holds its token, as last told. */
        public RecordName owner;

        public long gen;
        public long told;
        /** The {@code rev} of the token whose identifiers these are. */
        public long rev;
        /** Counts its claims, so that an identifier can tell a late one. */
        public long seq;
        /** Its customer, as last told. */
        public RecordName customer;
        /** Identifiers it claims, claimed or holds. */
        public final TreeMap<IdentifierKey, Claimed> claimed = new TreeMap<>();

        public Born(RecordName self) {
            owner = self;
            customer = self;
        }
    }

    /**
     * How a record stands to an identifier.
     *
     * @param kind how it holds the value
     * @param since the {@code seq} at which this claim began
     * @param standing what the identifier last said of itself; null while it has said nothing
     */
    public record Claimed(IdentifierState.Kind kind, long since, Member.@Nullable Standing standing) {}
}
