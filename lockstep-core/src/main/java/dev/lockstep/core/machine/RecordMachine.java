package dev.lockstep.core.machine;

import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.IdentifierState.Kind;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.RecordState;
import dev.lockstep.core.state.RecordState.Born;
import dev.lockstep.core.state.RecordState.Claimed;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The machine of one key of one platform: it knows who lives under the key, finds the group that holds a record's token
 * for everyone who looks for it, and speaks to identifiers in the record's name.
 *
 * <p>What a record claims is decided where its token is; here lies only what must stay in one place while tokens move.
 * What comes for a record goes to the owner as last told, which sends it back when the token has left meanwhile, to be
 * told to the next. So nothing is lost, but two observations of one record may change places: a host that mixes inputs
 * with messages on their way has to let one be taken before it hands over the next.
 */
final class RecordMachine {

    void on(Address.Slot slot, RecordState state, Message.ToRecord message, Context context, Step out) {
        if (!isPassedOn(slot, state, message)) state.bytes = null;
        switch (message) {
            case Message.Seen(Observation observation) -> seen(slot, state, observation, out);
            case Message.Occupy occupy -> occupy(slot, state, occupy, out);
            case Message.SeenAs seen -> tell(state, seen.record(), new Message.Seen(seen.observation()), out);
            case Message.Made made -> made(slot, state, made, context, out);
            case Message.Busy busy -> busy(state, busy, out);
            case Message.Clear clear -> tell(state, clear.record(), clear, out);
            case Message.NameAgain again -> tell(state, again.by(), again, out);
            case Message.NotMade not -> tell(state, not.by(), not, out);
            case Message.Entrust entrust -> tell(state, entrust.by(), entrust, out);
            case Message.Free free ->
                out.send(
                        new Address.Identifier(free.identifier()),
                        new Message.Release(free.identifier(), free.platform(), free.writeId()));
            case Message.Claims claims -> claims(state, claims, out);
            case Message.StatusOf status -> status(state, status, out);
            case Message.Owned owned -> owned(state, owned, out);
            case Message.Meet meet -> meet(state, meet, out);
            case Message.Come come -> come(state, come, out);
            case Message.Refused refused -> refused(state, refused, out);
            case Message.Landed landed -> tell(state, landed.record(), landed, out);
            case Message.Born born -> tell(state, born.by(), born, out);
            case Message.Go go -> tell(state, go.record(), go, out);
            case Message.Hold hold -> tell(state, hold.record(), hold, out);
            case Message.LetGo letGo -> tell(state, letGo.record(), letGo, out);
            case Message.TakeBack back -> tell(state, back.record(), back, out);
            case Message.Recheck recheck -> tell(state, recheck.record(), recheck, out);
            case Message.Answer answer -> tell(state, answer.record(), answer, out);
            case Message.Decided decided -> tell(state, decided.record(), decided, out);
            case Message.Reserved reserved -> tell(state, reserved.by(), reserved, out);
        }
    }

    /** Most of what comes is for the group that holds the token, and changes nothing here. */
    private static boolean isPassedOn(Address.Slot slot, RecordState state, Message.ToRecord message) {
        return switch (message) {
            case Message.Seen(Observation seen) ->
                state.occupant != null && !state.gone && state.awaited == 0 && !seen.gone() && !leaves(slot, seen);
            case Message.SeenAs unused -> true;
            case Message.Landed unused -> true;
            case Message.Go unused -> true;
            case Message.Recheck unused -> true;
            default -> false;
        };
    }

    // ---- who lives here

    private static void seen(Address.Slot slot, RecordState state, Observation observation, Step out) {
        if (tellsOfTheTimeBefore(slot, state, observation, out)) {
            before(slot, state, observation, out);
            return;
        }
        RecordName occupant = state.occupant;
        if (leaves(slot, observation)) {
            if (occupant == null || leftBefore(state, observation)) {
                out.send(new Address.Slot(slot.platform(), observation.key()), new Message.Seen(observation));
                return;
            }
            state.occupant = null;
            state.gone = false;
            state.leftVersion = Math.max(state.leftVersion, observation.version());
            out.send(new Address.Slot(slot.platform(), observation.key()), new Message.Occupy(occupant, observation));
            left(state, out);
        } else if (occupant != null) {
            if (tellsOfAnother(state, observation)) return;
            if (observation.gone()) state.leftVersion = Math.max(state.leftVersion, observation.version());
            else if (state.gone) state.sinceVersion = observation.version();
            state.gone = observation.gone();
            pass(slot, state, occupant, observation, out);
            if (state.gone) left(state, out);
        } else if (!observation.gone() && !stale(state, observation)) {
            RecordName name = name(slot, state);
            settle(state, name);
            state.sinceVersion = observation.version();
            birth(state, name, observation, out);
        }
    }

    /** The key is free for what creates of ours have made there meanwhile. */
    private static void left(RecordState state, Step out) {
        state.waiting.forEach((write, by) -> out.send(Address.Slot.of(by), new Message.NameAgain(by, write)));
        state.waiting.clear();
    }

    private static boolean leaves(Address.Slot slot, Observation observation) {
        return slot.key().equals(observation.renamedFrom()) && !slot.key().equals(observation.key());
    }

    /** Seen before the last occupant left: it tells of that one, not of somebody new. */
    private static boolean stale(RecordState state, Observation observation) {
        return observation.version() != 0 && observation.version() < state.leftVersion;
    }

    /** A rename shown again: whoever lives here now came after it. */
    private static boolean leftBefore(RecordState state, Observation observation) {
        long version = observation.version();
        return version != 0 && (version <= state.leftVersion || version < state.sinceVersion);
    }

    /** Older than the occupant's life here, or than its end: shown again, or late. */
    private static boolean tellsOfAnother(RecordState state, Observation observation) {
        long version = observation.version();
        if (version == 0) return false;
        return version < state.sinceVersion || state.gone && version < state.leftVersion;
    }

    // ---- who lived here before a create of ours, as a stream shows after the create's receipt

    /** What was committed before our create comes before its echo: the stream shows all in order. */
    private static boolean tellsOfTheTimeBefore(
            Address.Slot slot, RecordState state, Observation observation, Step out) {
        if (state.awaited == 0) return false;
        boolean stream = observation.origin() == Observation.Origin.STREAM;
        boolean early = observation.datedMicros() <= state.awaitedUntilMicros;
        if (stream && early && observation.ownWrite() < state.awaited) return true;
        state.awaited = 0;
        if (state.guest != null) pass(slot, state, state.guest, goneBy(slot, observation), out);
        state.guest = null;
        return false;
    }

    private static void before(Address.Slot slot, RecordState state, Observation observation, Step out) {
        boolean leaves = leaves(slot, observation);
        if (!leaves && stale(state, observation)) return;
        RecordName guest = state.guest;
        if (leaves || observation.gone()) {
            state.leftVersion = Math.max(state.leftVersion, observation.version());
            state.guest = null;
        }
        Address.Slot next = new Address.Slot(slot.platform(), observation.key());
        if (leaves && guest != null) out.send(next, new Message.Occupy(guest, observation));
        else if (leaves) out.send(next, new Message.Seen(observation));
        else if (guest != null) pass(slot, state, guest, observation, out);
        else if (!observation.gone()) state.guest = birth(state, name(slot, state), observation, out);
    }

    private static Observation goneBy(Address.Slot slot, Observation next) {
        return Observation.gone(
                slot.platform(), slot.key(), next.origin(), next.version(), next.datedMicros(), next.observedMicros());
    }

    private static RecordName birth(RecordState state, RecordName name, Observation observation, Step out) {
        Born born = new Born(name);
        born.gen = 1;
        state.born.add(born);
        Member token = new Member(name);
        token.gen = 1;
        out.send(new Address.Group(name), new Message.Absorb(List.of(token), List.of()));
        out.send(new Address.Group(name), new Message.Told(name, new Message.Seen(observation)));
        return name;
    }

    // ---- who moves in

    private static void occupy(Address.Slot slot, RecordState state, Message.Occupy occupy, Step out) {
        Observation observation = occupy.observation();
        if (tellsOfTheTimeBefore(slot, state, observation, out)) {
            if (state.guest != null) pass(slot, state, state.guest, goneBy(slot, observation), out);
            state.guest = occupy.record();
            pass(slot, state, occupy.record(), observation, out);
            return;
        }
        RecordName before = state.occupant;
        if (before != null && !state.gone && !before.equals(occupy.record())) {
            // Two records cannot share a key: the one that lived here is no more, whether or not we saw it go.
            pass(slot, state, before, goneBy(slot, observation), out);
        }
        state.occupant = occupy.record();
        state.sinceVersion = Math.max(state.sinceVersion, observation.version());
        state.gone = observation.gone();
        pass(slot, state, occupy.record(), observation, out);
    }

    /** Tells the owner of a record's token; by way of the slot where the record was born, which knows the owner. */
    private static void pass(
            Address.Slot slot, RecordState state, RecordName record, Observation observation, Step out) {
        if (Address.Slot.of(record).equals(slot)) {
            tell(state, record, new Message.Seen(observation), out);
        } else {
            out.send(Address.Slot.of(record), new Message.SeenAs(record, observation));
        }
    }

    /** A record made by Lockstep: its token is born in the group that made it, not in one of its own. */
    private static void made(Address.Slot slot, RecordState state, Message.Made made, Context context, Step out) {
        RecordName occupant = state.occupant;
        if (occupant != null && !state.gone) {
            if (Address.Slot.of(occupant).equals(slot)) tell(state, occupant, made, out);
            else state.waiting.put(made.flight().write().id(), made.by());
            return;
        }
        RecordName name = name(slot, state);
        settle(state, name);
        // Its own version is not known yet; it is later than that of whoever lived here before.
        if (state.leftVersion != 0) state.sinceVersion = state.leftVersion + 1;
        PlatformModel platform = context.model().platform(slot.platform());
        boolean shown = made.shown() != null || !platform.echoes();
        boolean applied = made.receipt() != null && made.receipt().outcome() == Receipt.Outcome.APPLIED;
        state.awaited = shown || !applied ? 0 : made.flight().write().id();
        // The stream may still show what was done to whoever was here before it went.
        state.guest = state.awaited == 0 ? null : occupant;
        state.awaitedUntilMicros = state.awaited == 0 ? 0 : context.nowMicros() + platform.clockBoundMicros();
        Born born = new Born(name);
        born.gen = 1;
        born.owner = made.group();
        state.born.add(born);
        out.send(new Address.Group(made.group()), new Message.Told(name, made.asBorn()));
    }

    private static void busy(RecordState state, Message.Busy busy, Step out) {
        state.waiting.put(busy.writeId(), busy.by());
        state.gone |= busy.vacant();
        if (state.occupant == null || state.gone) left(state, out);
    }

    /** The name of the next record that begins its life under this key. */
    private static RecordName name(Address.Slot slot, RecordState state) {
        return new RecordName(slot.platform(), slot.key(), state.born.size());
    }

    private static void settle(RecordState state, RecordName name) {
        state.occupant = name;
        state.gone = false;
    }

    // ---- what a record claims

    private static void claims(RecordState state, Message.Claims claims, Step out) {
        Born born = born(state, claims.record());
        if (born == null || claims.rev() <= born.rev) return;
        born.rev = claims.rev();
        TreeSet<IdentifierKey> lost = new TreeSet<>(born.claimed.keySet());
        lost.removeAll(claims.identifiers().keySet());
        for (IdentifierKey identifier : lost) {
            born.claimed.remove(identifier);
            claim(claims.record(), born, identifier, null, 0, out);
        }
        for (Map.Entry<IdentifierKey, Kind> entry : claims.identifiers().entrySet()) {
            Claimed known = born.claimed.get(entry.getKey());
            if (known != null && known.kind() == entry.getValue()) continue;
            // A claim that turns former, or back, is one claim: what its identifier said of itself still stands.
            Claimed claimed =
                    known != null && known.kind().claims() && entry.getValue().claims()
                            ? new Claimed(entry.getValue(), known.since(), known.standing())
                            : new Claimed(entry.getValue(), born.seq + 1, null);
            born.claimed.put(entry.getKey(), claimed);
            claim(claims.record(), born, entry.getKey(), claimed.kind(), claimed.since(), out);
        }
    }

    private static void claim(
            RecordName record, Born born, IdentifierKey identifier, @Nullable Kind kind, long since, Step out) {
        out.send(
                new Address.Identifier(identifier),
                new Message.Claim(identifier, record, ++born.seq, kind, born.owner, since));
    }

    private static void status(RecordState state, Message.StatusOf status, Step out) {
        Born born = born(state, status.record());
        Member.Standing standing = new Member.Standing(status.version(), status.level());
        if (born != null && learn(born, status.identifier(), standing)) tell(state, status.record(), status, out);
    }

    /** Takes what an identifier says of itself, if it is news of one that the record claims or claimed. */
    private static boolean learn(Born born, IdentifierKey identifier, Member.Standing standing) {
        Claimed known = born.claimed.get(identifier);
        if (known == null || !known.kind().claims()) return false;
        long knownVersion = known.standing() == null ? 0 : known.standing().version();
        if (standing.version() <= knownVersion) return false;
        born.claimed.put(identifier, new Claimed(known.kind(), known.since(), standing));
        return true;
    }

    // ---- who holds its token

    private static void owned(RecordState state, Message.Owned owned, Step out) {
        Born born = born(state, owned.record());
        if (born == null || owned.gen() < born.gen) return;
        if (owned.gen() == born.gen && owned.told() <= born.told) return;
        boolean moved = owned.gen() != born.gen;
        born.owner = owned.owner();
        born.gen = owned.gen();
        born.told = owned.told();
        born.customer = owned.customer();
        if (!moved && !owned.again()) return;
        for (Map.Entry<IdentifierKey, Claimed> entry : born.claimed.entrySet()) {
            Claimed claimed = entry.getValue();
            if (!claimed.kind().claims()) continue;
            Member.Standing standing = claimed.standing();
            if (standing != null) {
                // An owner from which the token had gone may have dropped it.
                tell(
                        state,
                        owned.record(),
                        new Message.StatusOf(owned.record(), entry.getKey(), standing.version(), standing.level()),
                        out);
            }
            // Even when the owner is the one of before: who was called while the token was on its way has dropped the
            // call, and only a claim of new makes the identifier look again.
            claim(owned.record(), born, entry.getKey(), claimed.kind(), claimed.since(), out);
        }
    }

    private static void meet(RecordState state, Message.Meet meet, Step out) {
        Born born = born(state, meet.record());
        if (born == null || !claims(born, meet.identifier())) return;
        learn(born, meet.identifier(), meet.standing());
        out.send(
                new Address.Group(born.owner),
                new Message.MeetAt(meet.record(), meet.identifier(), meet.standing(), meet.other()));
    }

    private static void come(RecordState state, Message.Come come, Step out) {
        Born born = born(state, come.record());
        if (born == null || !claims(born, come.identifier())) return;
        learn(born, come.identifier(), come.standing());
        out.send(
                new Address.Group(born.owner),
                new Message.ComeAt(
                        come.record(), come.identifier(), come.standing(), come.host(), come.owner(), come.room()));
    }

    private static void refused(RecordState state, Message.Refused refused, Step out) {
        Born born = born(state, refused.record());
        if (born == null) return;
        out.send(new Address.Group(born.owner), new Message.RefusedAt(refused.record(), refused.size()));
    }

    private static boolean claims(Born born, IdentifierKey identifier) {
        Claimed claimed = born.claimed.get(identifier);
        return claimed != null && claimed.kind().claims();
    }

    private static void tell(RecordState state, RecordName record, Message.ToRecord message, Step out) {
        Born born = born(state, record);
        if (born == null || born.rev == Message.Claims.FORGOTTEN) return;
        out.send(new Address.Group(born.owner), new Message.Told(record, message));
    }

    /** For a group to which a record's token no longer, or not yet, belongs: the word goes back to the record. */
    static void tellAgain(Message.Told told, Step out) {
        Message.ToRecord message = switch (told.message()) {
            case Message.Seen(Observation observation) -> new Message.SeenAs(told.record(), observation);
            default -> told.message();
        };
        // The next owner is told by itself what identifiers say of themselves.
        if (message instanceof Message.StatusOf) return;
        out.send(Address.Slot.of(told.record()), message);
    }

    private static @Nullable Born born(RecordState state, RecordName record) {
        return record.birth() < state.born.size() ? state.born.get(record.birth()) : null;
    }
}
