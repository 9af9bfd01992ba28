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
    /** The records born under this key, by birth number. */
    public final ArrayList<Born> born = new ArrayList<>();

    /** One record born here: who holds its token, and what it claims. */
    public static final class Born {
        /** The group that holds its token, as last told. */
        public RecordName owner;
        public long gen;
        public long told;
        /** The last facts known to the owner. */
        public long rev;
        /** Counts its claims, so that an identifier can tell a late one. */
        public long seq;
        /** Its customer, as last told. */
        public RecordName customer;
        /** Identifiers it claims or claimed. */
        public final TreeMap<IdentifierKey, Claimed> claimed = new TreeMap<>();

        public Born(RecordName self) {
            owner = self;
            customer = self;
        }
    }

    /**
     * How a record stands to an identifier.
     *
     * @param former it claimed it before and does not now
     * @param since the {@code seq} at which this claim began
     */
    public record Claimed(boolean former, long since) {}
}
