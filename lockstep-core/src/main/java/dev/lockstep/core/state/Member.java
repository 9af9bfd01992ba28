package dev.lockstep.core.state;

import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.RecordName;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The token of one record: all that is known of it. It exists exactly once, in a group's state or in one message
 * between groups, and is the single writer of its facts. Mutable; whoever holds the group's state owns it. What is
 * transient is not stored.
 */
public final class Member {
    public final RecordName name;
    /** The key it lives under now. */
    public String key;
    /** Counts the groups it has lived in; the greater is the truth. */
    public long gen;
    /** Counts what its record was told in this {@link #gen}. */
    public long told;
    /** Counts changes of its facts: of {@link #identifiers} as told to its record. */
    public long rev;
    /** False when the platform holds it no more. A dead member stays: its claims were said. */
    public boolean live = true;
    /** When it was seen to be gone; 0 while live. */
    public long goneMicros;
    /** Why Lockstep deleted it, or is about to; {@link Removal#NONE} when it did not: then a person did. */
    public Removal removal = Removal.NONE;
    /** The version of the observation that said so, or that brought it back. */
    public long liveVersion;
    /** When it was last read outside of its platform's stream; 0: never. */
    public long readMicros;
    /** For a record that Lockstep created: the record under whose claim it was made. */
    public @Nullable RecordName madeFor;
    /** What it was shown as before it is known whether a create of ours made it, oldest first: not heard yet. */
    public final ArrayList<Observation> held = new ArrayList<>();
    /** Identifiers that have not said yet that no create with their value is under way. */
    public final TreeSet<IdentifierKey> asked = new TreeSet<>();
    /** By column number; null for a column never shown. */
    public final ArrayList<@Nullable ColumnState> columns = new ArrayList<>();
    /** By field number. */
    public final FieldMap<Claim> claims = new FieldMap<>();
    /** By field number: the first claim, where it is not the last. */
    public final FieldMap<Claim> firstClaims = new FieldMap<>();
    /** By field number, for consent. */
    public final FieldMap<ConsentLog> consents = new FieldMap<>();
    /** By field number, for consent: what was last shown and may be a write of ours or a person's word. */
    public final FieldMap<Doubt> doubts = new FieldMap<>();
    /** Identifiers claimed before, newest last. */
    public final ArrayList<Former> formers = new ArrayList<>();
    /** The identifiers its record was last told that it claims: what it counts by among its group. */
    public final TreeMap<IdentifierKey, IdentifierState.Kind> identifiers = new TreeMap<>();
    /** What the identifiers it claims or claimed have said of themselves; absent for one that never changed. */
    public final TreeMap<IdentifierKey, Standing> standings = new TreeMap<>();
    /** People's answers about this record and others. */
    public final TreeMap<RecordName, Decision> decisions = new TreeMap<>();
    /** The write on its way; at most one. */
    public @Nullable Flight flight;
    /** Writes acknowledged and not yet shown by the platform's stream, oldest first. */
    public final ArrayList<Flight> acked = new ArrayList<>();
    /** Waits for a read before anything is written: a write was refused as stale. */
    public boolean looking;
    /** No write before this time: the platform could not take it just then. */
    public long pausedUntilMicros;
    /** How often in a row the platform could not take a write just then. */
    public int attempts;
    /** Why its last write was refused for good; null when it was not. */
    public @Nullable String refusal;
    /** What was refused, so that a different plan is tried at once. */
    public int refusedPlan;
    /** What is to be written to it, and what set that off; null when nothing is. */
    public @Nullable Due due;
    /** What a guard has stopped; null when nothing is. */
    public @Nullable Due stopped;
    /** What last added to what is stopped; null when nothing did. */
    public @Nullable Cause behind;
    /** What its latest edits replaced, oldest first. */
    public final ArrayList<Undo> undos = new ArrayList<>();
    /** The customer it belongs to, as last computed: the id. */
    public RecordName customer;
    /** How it stands, as last computed. */
    public Status status = Status.UNREAD;
    /** Counts changes of what it says, and of whether it is there, since it was loaded. */
    public transient int said;
    /** Its platform has been asked for leave to write it. */
    public boolean wanted;
    /**
     * Its facts (columns, claims, consents, doubts, formers, undos) as bytes, as last read or written; null once they
     * may be others. Most of what a group hears changes those of one member.
     */
    public transient byte @Nullable [] facts;
    /** All of it as bytes, likewise. */
    public transient byte @Nullable [] bytes;
    /** A column may be contested; false: none is. */
    public transient boolean mayBeContested;

    public Member(RecordName name) {
        this.name = name;
        this.key = name.key();
        this.customer = name;
    }

    /** Why Lockstep deletes a record. */
    public enum Removal {
        NONE,
        /** Its customer left the platform's scope: it comes back with the customer. */
        LEFT,
        /** Its customer was deleted elsewhere, by a platform whose deletions spread. */
        SPREAD,
        /** An operator has taken its deletion back: it is made again. */
        RETURNS
    }

    /** What an identifier says of itself; the greater version is the truth. */
    public record Standing(int version, Level level) {}

    /** Whom an identifier joins. */
    public enum Level {
        /** Claimed by too many records of one platform: nobody. */
        NOBODY,
        /** Those who claim it now. */
        CURRENT,
        /** Those who claim it now or claimed it before. */
        ALL;

        /** Whether it joins a record that stands so to it. */
        public boolean joins(IdentifierState.@Nullable Kind kind) {
            return switch (this) {
                case NOBODY -> false;
                case CURRENT -> kind != null && kind.isCurrent();
                case ALL -> kind != null && kind.claims();
            };
        }
    }

    /** Anything of it may be another from now on. */
    public void touch() {
        facts = null;
        bytes = null;
    }

    public @Nullable ColumnState column(int number) {
        return number < columns.size() ? columns.get(number) : null;
    }

    public ColumnState columnOrNew(int number) {
        while (columns.size() <= number) columns.add(null);
        ColumnState state = columns.get(number);
        if (state == null) columns.set(number, state = new ColumnState());
        return state;
    }

    public boolean made() {
        return madeFor != null;
    }

    /** Counts changes of what it claims and attests, or may attest, since it was loaded. */
    public int claimChanges() {
        return claims.changes() + firstClaims.changes() + consents.changes() + doubts.changes();
    }

    /** The write of this id, under way or not shown by the platform's stream yet; null when there is none. */
    public @Nullable Flight awaited(long write) {
        if (flight != null && flight.write().id() == write) return flight;
        for (Flight one : acked) if (one.write().id() == write) return one;
        return null;
    }

    /** What the platform holds in a column, as last known: our last acknowledged write, else what was observed. */
    public @Nullable String actual(int column) {
        for (int i = acked.size() - 1; i >= 0; i--) {
            int at = acked.get(i).indexOf(column);
            if (at >= 0) return acked.get(i).write().cells().get(at).raw();
        }
        ColumnState state = column(column);
        return state == null ? null : state.raw;
    }

    /** The stamp of the claim that the value of a column carries, as last known. */
    public long actualStamp(int column) {
        for (int i = acked.size() - 1; i >= 0; i--) {
            int at = acked.get(i).indexOf(column);
            if (at >= 0) return acked.get(i).stamps().get(at);
        }
        ColumnState state = column(column);
        return state == null ? dev.lockstep.core.model.Stamp.UNDATED : state.stampMicros;
    }
}
