package dev.lockstep.core.machine;

import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.Creation;
import dev.lockstep.core.state.Decision;
import dev.lockstep.core.state.Flight;
import dev.lockstep.core.state.IdentifierState;
import dev.lockstep.core.state.Member;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What machines say to each other, and what hosts say to them. */
public sealed interface Message {

    /** To a Record machine. */
    sealed interface ToRecord extends Message {}

    /** To an Identifier machine. */
    sealed interface ToIdentifier extends Message {}

    /** To a Group machine. */
    sealed interface ToGroup extends Message {}

    // ---- from the host

    /** A platform showed this. To the slot of its key, or of {@code renamedFrom}. */
    record Seen(Observation observation) implements ToRecord {}

    /** What came of a write; to the slot of the record it was for (for a create: under whose claim it was made). */
    record Landed(RecordName record, Receipt receipt) implements ToRecord {}

    /** The platform's stream shows a record that a create of ours made, maybe before its receipt. */
    record Born(RecordName by, Observation observation) implements ToRecord {}

    /** Leave to write: a record, or (create) the record that the customer of {@code record} lacks. */
    record Go(RecordName record, int platform, boolean create, long writeId) implements ToRecord {}

    /** A guard stops what is due to a record, or the making of the record that its customer lacks; and why. */
    record Hold(RecordName record, int platform, boolean create, String why) implements ToRecord {}

    /** A person lets that go. */
    record LetGo(RecordName record, int platform, boolean create) implements ToRecord {}

    /** A person takes back what this cause has edited on a record. */
    record TakeBack(RecordName record, Cause cause) implements ToRecord {}

    /** Look again: time has passed, a rule has changed, an operator wants a retry. */
    record Recheck(RecordName record, Why why) implements ToRecord {}

    enum Why {
        /** A time asked for by {@link Effect.Wake} has come. */
        TIME,
        /** Something may be free that was taken: plan again. */
        PLAN,
        /** The first reading is complete, or the workspace has changed: what was said is read again, and planned. */
        WORKSPACE,
        /** The same, and every identifier is claimed again, since whom it joins may have changed. */
        IDENTITY,
        /** An operator asks that refused writes be tried again. */
        RETRY,
        /** An operator asks that refused writes be forgotten. */
        DROP
    }

    /** A person's answer about a column that its platform keeps changing back: ours is written again, or theirs. */
    record Answer(RecordName record, int column, boolean ours) implements ToRecord {}

    /** A platform is left: its records in that group, and what they said, are forgotten. */
    record Forget(int platform) implements ToGroup {}

    /** A person's word about a pair; sent to both. */
    record Decided(RecordName record, Decision decision) implements ToRecord {}

    // ---- joins and splits

    /** A rename: this record lives under your key now; then what was observed. */
    record Occupy(RecordName record, Observation observation) implements ToRecord {}

    /** An observation of a record that is not born where it lives now. */
    record SeenAs(RecordName record, Observation observation) implements ToRecord {}

    /** An identifier says of itself whom it joins. */
    record StatusOf(RecordName record, IdentifierKey identifier, int version, Member.Level level) implements ToRecord {}

    /**
     * A group says that it holds a record's token, and to which customer the record belongs; the greater
     * ({@code gen}, {@code told}) is the truth. {@code again}: claim everything once more, so that introductions which
     * were refused are tried again.
     */
    record Owned(RecordName record, RecordName owner, long gen, long told, RecordName customer, boolean again)
            implements ToRecord {}

    /** The owner of a token says which identifiers its record claims: all of them, former or not. */
    record Claims(RecordName record, long rev, Map<IdentifierKey, IdentifierState.Kind> identifiers)
            implements ToRecord {
        /** The last {@code rev}, of a record that is forgotten: nobody owns its token, or is told of it, any more. */
        public static final long FORGOTTEN = Long.MAX_VALUE;
    }

    /**
     * A create of ours made a record: it is born under this key ({@code born}), its token in that group, which is told
     * so with its name. Where a record was seen under this key meanwhile, its own group is told: that record is ours.
     */
    record Made(
            RecordName by,
            RecordName group,
            String key,
            Flight flight,
            @Nullable Receipt receipt,
            @Nullable Observation shown,
            boolean born)
            implements ToRecord {
        Made asBorn() {
            return new Made(by, group, key, flight, receipt, shown, true);
        }
    }

    /** No create with this value is under way, or not any more. */
    record Clear(RecordName record, IdentifierKey identifier) implements ToRecord {}

    /**
     * Under that key lived somebody else when our create was to be named there: it may be once that one has left;
     * {@code vacant}: that one was gone before, and what was seen there since is what our create made.
     */
    record Busy(RecordName by, long writeId, boolean vacant) implements ToRecord {}

    /** Who lived under the key of what our create made has left it: name it again. */
    record NameAgain(RecordName by, long writeId) implements ToRecord {}

    /** What our create seemed to have made is somebody's record. */
    record NotMade(RecordName by, long writeId) implements ToRecord {}

    /** What our create made has its name: the create is over, and its token goes where that of {@code by} is. */
    record Entrust(RecordName by, Absorb token, long writeId) implements ToRecord {}

    /** {@link Release}, behind what the record that was made has to say to the same identifier. */
    record Free(RecordName record, IdentifierKey identifier, int platform, long writeId) implements ToRecord {}

    /** An identifier introduces {@code record}, of the senior group, to {@code other}. */
    record Meet(RecordName record, IdentifierKey identifier, Member.Standing standing, RecordName other)
            implements ToRecord {}

    /** The group {@code owner}, where {@code host} is, has room for the group of {@code record}. */
    record Come(
            RecordName record,
            IdentifierKey identifier,
            Member.Standing standing,
            RecordName host,
            RecordName owner,
            int room)
            implements ToRecord {}

    /** The group of {@code size} that {@code record} was to meet is too large to come. */
    record Refused(RecordName record, int size) implements ToRecord {}

    /** A record claims an identifier, or does no longer ({@code kind} null). */
    record Claim(
            IdentifierKey identifier,
            RecordName record,
            long seq,
            IdentifierState.@Nullable Kind kind,
            RecordName label,
            long since)
            implements ToIdentifier {}

    /** A create is about to leave with this value in its natural key. */
    record Reserve(IdentifierKey identifier, RecordName by, int platform, long writeId) implements ToIdentifier {}

    /** A record is seen for the first time with this value: may a create of ours have made it? */
    record Ask(IdentifierKey identifier, RecordName record, int platform) implements ToIdentifier {}

    /** A platform refused this value for that record's sake, since somebody there has it: tell when it is free. */
    record Await(IdentifierKey identifier, RecordName by, int platform) implements ToIdentifier {}

    /** That create has landed, or was given up. */
    record Release(IdentifierKey identifier, int platform, long writeId) implements ToIdentifier {}

    /**
     * The answer to {@link Reserve}: by way of the record, since groups move. {@code holder} null: the value is free.
     */
    record Reserved(
            RecordName by,
            IdentifierKey identifier,
            int platform,
            long writeId,
            @Nullable RecordName holder) implements ToRecord {}

    /** Tokens change hands: all their state moves with them. */
    record Absorb(List<Member> tokens, List<Creation> creations) implements ToGroup {}

    /** {@link Meet}, passed on to the owner. */
    record MeetAt(RecordName record, IdentifierKey identifier, Member.Standing standing, RecordName other)
            implements ToGroup {}

    /** {@link Come}, passed on to the owner. */
    record ComeAt(
            RecordName record,
            IdentifierKey identifier,
            Member.Standing standing,
            RecordName host,
            RecordName owner,
            int room)
            implements ToGroup {}

    /** {@link Refused}, passed on to the owner. */
    record RefusedAt(RecordName record, int size) implements ToGroup {}

    /** Anything that a Record machine passes to the group that holds its token. */
    record Told(RecordName record, ToRecord message) implements ToGroup {}
}
