package dev.lockstep.core.plan;

import dev.lockstep.core.edit.Edits;
import dev.lockstep.core.edit.Receipts;
import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Effect;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.ColumnState;
import dev.lockstep.core.state.Creation;
import dev.lockstep.core.state.Flight;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The life of a create: leave, its natural key reserved at the identifiers, the request, its outcome, the record born.
 */
public final class Creating {
    /** While somebody is there of whom nothing is heard: up to an hour. */
    private static final int MOST_DOUBLINGS_FOUND = 14;

    private final RecordName groupName;
    private final GroupState group;
    private final Context context;
    private final Step out;

    public Creating(RecordName groupName, GroupState group, Context context, Step out) {
        this.groupName = groupName;
        this.group = group;
        this.context = context;
        this.out = out;
    }

    /** Leave has come: asks the identifiers of the natural key first. */
    public void go(RecordName by, int platform, long writeId) {
        Creation creation = find(by, platform);
        Creates creates = creates(by);
        Draft draft = creates == null ? null : creates.keyOn(context.model().platform(platform));
        if (creation != null) creation.wanted = false;
        if (creation == null
                || creates == null
                || draft == null
                || creation.flight != null
                || creation.taken
                || creation.held != null
                || creation.refusedPlan != 0) {
            out.effect(new Effect.Unwant(platform, by, true));
            return;
        }
        creation.reserving = writeId;
        if (creation.due != null) creation.due = creation.due.asCounted();
        List<IdentifierKey> keys = creates.identifiers(context.model().platform(platform), draft);
        creation.awaited.addAll(keys);
        for (IdentifierKey key : keys) {
            out.send(new Address.Identifier(key), new Message.Reserve(key, by, platform, writeId));
        }
        if (keys.isEmpty())
            send(creation, Objects.requireNonNull(creates.on(context.model().platform(platform))));
    }

    /** An identifier's answer. The last one lets the request leave. */
    public void reserved(Message.Reserved answer) {
        Creation creation = find(answer.by(), answer.platform());
        if (creation == null
                || creation.reserving != answer.writeId()
                || !creation.awaited.remove(answer.identifier())) {
            if (answer.holder() == null) release(answer.identifier(), answer.platform(), answer.writeId());
            return;
        }
        if (answer.holder() == null) {
            creation.reserved.add(answer.identifier());
        } else {
            creation.taken = true;
            String value = answer.identifier().value();
            fact(creation, Fact.Kind.TAKEN, "its natural key `" + value + "` is held there by " + answer.holder());
        }
        if (!creation.awaited.isEmpty()) return;
        Creates creates = creates(creation.by);
        Draft draft = creates == null ? null : creates.on(context.model().platform(creation.platform));
        if (creation.taken || draft == null) {
            creation.refusedPlan = draft == null ? 0 : draft.fingerprint();
            releaseAll(creation);
            out.effect(new Effect.Unwant(creation.platform, creation.by, true));
            return;
        }
        send(creation, draft);
    }

    private @Nullable Creates creates(RecordName by) {
        Customer customer = Customer.of(group, by, context.model());
        return customer == null ? null : new Creates(context.model(), group, customer);
    }

    private void send(Creation creation, Draft draft) {
        Write write = new Write(
                creation.reserving,
                creation.platform,
                Write.Kind.CREATE,
                creation.by,
                draft.key,
                List.copyOf(draft.cells),
                List.copyOf(draft.naturalKey),
                draft.urgent,
                draft.causeMicros());
        creation.flight = new Flight(write, List.copyOf(draft.stamps), draft.winners, context.nowMicros(), false);
        creation.reserving = 0;
        out.effect(new Effect.Send(write));
    }

    /** @return whether the receipt was for a create of this group */
    public boolean landed(Receipt receipt) {
        Creation creation = flying(receipt.write());
        if (creation == null || creation.flight == null) return false;
        if (creation.madeKey != null) return true;
        Flight flight = creation.flight;
        if (receipt.outcome() == Receipt.Outcome.UNCLEAR) {
            creation.flight = flight.nowUnclear();
            return true;
        }
        out.effect(new Effect.Done(receipt.write()));
        if (receipt.outcome() == Receipt.Outcome.APPLIED || receipt.outcome() == Receipt.Outcome.FOUND) {
            // It stays until the record has its name: nothing else may be made for this customer there.
            creation.madeKey = Objects.requireNonNull(receipt.key());
            made(creation, receipt, null);
            return true;
        }
        creation.flight = null;
        releaseAll(creation, receipt.write());
        switch (receipt.outcome()) {
            case AGAIN -> pause(creation, Receipts.MOST_DOUBLINGS);
            case EXISTS -> found(creation, Objects.requireNonNull(receipt.key()));
            case TAKEN -> taken(creation, flight, receipt);
            default -> {
                creation.refusal = receipt.reason();
                creation.refusedPlan = flight.write().fingerprint();
                fact(creation, Fact.Kind.REFUSED, receipt.reason());
            }
        }
        return true;
    }

    private void pause(Creation creation, int mostDoublings) {
        creation.pausedUntilMicros = context.nowMicros() + Receipts.pauseMicros(creation.attempts++, mostDoublings);
        out.effect(new Effect.Wake(creation.pausedUntilMicros, creation.by));
    }

    /**
     * Somebody is there whom we may not know yet. Once that one is read, this customer has a record there, or who has
     * the value is known to its identifier; if that one has gone meanwhile, the create is tried again.
     */
    private void found(Creation creation, String key) {
        out.effect(new Effect.Look(creation.platform, key));
        pause(creation, MOST_DOUBLINGS_FOUND);
    }

    private void taken(Creation creation, Flight flight, Receipt receipt) {
        creation.taken = true;
        creation.refusedPlan = flight.write().fingerprint();
        fact(creation, Fact.Kind.TAKEN, receipt.reason());
        PlatformModel platform = context.model().platform(creation.platform);
        for (Write.Cell cell : flight.write().cells()) {
            Column column = platform.columns().get(cell.column());
            if (column.unique() || column.key()) Receipts.await(column, cell.raw(), creation.by, platform, out);
        }
    }

    /** The stream shows what our create made, maybe before its receipt. */
    public void born(Observation shown) {
        Creation creation = flying(shown.ownWrite());
        if (creation == null || creation.madeKey != null) {
            // The receipt was here first: what is shown is told of the record by now.
            String at = shown.renamedFrom() == null ? shown.key() : shown.renamedFrom();
            out.send(new Address.Slot(shown.platform(), at), new Message.Seen(shown));
            return;
        }
        creation.madeKey = shown.key();
        out.effect(new Effect.Done(shown.ownWrite()));
        made(creation, null, shown);
    }

    /** Whoever lived under the key of what a create made has left it. */
    public void nameAgain(long writeId) {
        Creation creation = flying(writeId);
        if (creation != null && creation.madeKey != null) made(creation, null, null);
    }

    private void made(Creation creation, @Nullable Receipt receipt, @Nullable Observation shown) {
        out.send(
                new Address.Slot(creation.platform, Objects.requireNonNull(creation.madeKey)),
                new Message.Made(
                        creation.by,
                        groupName,
                        creation.madeKey,
                        Objects.requireNonNull(creation.flight),
                        receipt,
                        shown,
                        false));
    }

    /** The record that it made has its name, and is a member, or about to become one. */
    public void over(long writeId, RecordName made) {
        Creation creation = flying(writeId);
        if (creation == null) return;
        // Until the record has claimed them, no other create may have them.
        for (IdentifierKey key : creation.reserved) {
            out.send(Address.Slot.of(made), new Message.Free(made, key, creation.platform, writeId));
        }
        group.creations.remove(creation);
    }

    /** What was found is not what it made. */
    public void notMade(long writeId) {
        Creation creation = flying(writeId);
        if (creation == null) return;
        releaseAll(creation, writeId);
        if (creation.madeKey == null) {
            group.creations.remove(creation);
            return;
        }
        String key = creation.madeKey;
        creation.flight = null;
        creation.madeKey = null;
        found(creation, key);
    }

    /**
     * The record has its name: its token is born in this group; or it was seen before we knew that we made it.
     *
     * @return false where another record has lived under that key since before
     */
    public boolean named(RecordName name, Message.Made made) {
        Member member = group.members.get(name);
        long writeId = made.flight().write().id();
        boolean known = member != null;
        boolean found = made.receipt() != null && made.receipt().outcome() == Receipt.Outcome.FOUND;
        if (member == null) {
            member = new Member(name);
            member.gen = 1;
            group.members.put(name, member);
        } else if (found && member.held.isEmpty()) {
            // It was heard of as somebody's record before it was found.
            out.send(Address.Slot.of(made.by()), new Message.NotMade(made.by(), writeId));
            return false;
        } else if (livedThereBefore(member, made)) {
            return false;
        }
        member.madeFor = made.by();
        member.key = made.key();
        Rejection.putBack(group, member);
        PlatformModel platform = context.model().platform(name.platform());
        boolean echoes = platform.echoes();
        if (found && !known && !echoes) {
            doubt(member, made);
            return true;
        }
        Receipts.applied(member, made.flight(), context, out);
        Receipt receipt = made.receipt();
        // What a stream shows is compared with what was sent: it names our write itself.
        Flight held =
                receipt == null || found && echoes ? made.flight() : Receipts.held(made.flight(), receipt, platform);
        if (!member.held.isEmpty()) {
            recognised(member, held);
        } else if (known) {
            disown(member, made.flight().write());
        } else if (made.shown() != null) {
            learn(member, made.flight(), made.shown().raw(), made.shown().version(), true);
            member.liveVersion = made.shown().version();
        } else {
            if (echoes) member.acked.add(held);
            // Where no stream shows what the platform put into the other columns, its answer does.
            @Nullable
            String[] answered = echoes || made.receipt() == null
                    ? new String[0]
                    : made.receipt().raw();
            learn(member, held, answered, 0, !echoes);
        }
        return true;
    }

    /** The next read tells column by column: what is as we sent it is ours, the others of these are somebody's. */
    private void doubt(Member member, Message.Made made) {
        member.flight = made.flight().doubted(context.nowMicros());
        Receipts.look(member, context, out);
    }

    /** What our create made must have come after this one: the key is not free for it yet. */
    private boolean livedThereBefore(Member member, Message.Made made) {
        boolean vacant = !member.held.isEmpty() && !member.live;
        if (vacant) {
            // It was gone, and is not back: what was seen there since is what we made.
            FirstSight.release(member);
            out.effect(new Effect.Look(member.name.platform(), made.key()));
        } else if (!member.held.isEmpty()
                || member.key.equals(made.key())
                        && member.readMicros >= made.flight().sentMicros()) {
            return false;
        }
        Address.Slot slot = new Address.Slot(member.name.platform(), made.key());
        out.send(slot, new Message.Busy(made.by(), made.flight().write().id(), vacant));
        return true;
    }

    /**
     * It was seen while our create was under way, and has waited: what we sent is ours, what we did not send is the
     * platform's default, and anything else that was seen is somebody's edit.
     */
    private void recognised(Member member, Flight held) {
        List<Observation> waited = FirstSight.release(member);
        learn(member, held, new String[0], 0, true);
        @Nullable String[] first = waited.getFirst().raw();
        for (int column = 0; column < first.length; column++) {
            if (first[column] == Observation.ABSENT || member.column(column) != null) continue;
            member.columnOrNew(column).raw = first[column];
        }
        for (Observation seen : waited) Edits.observe(member, seen, context, out);
    }

    /** It was seen before we knew that we made it: what only repeats what we sent, or is a default, is no claim. */
    private void disown(Member member, Write write) {
        for (Column column : context.model().platform(write.platform()).columns()) {
            ColumnState state = member.column(column.number());
            if (state == null || column.field() < 0 || !column.first()) continue;
            Write.Cell sent = cell(write, column.number());
            Claim claim = member.claims.get(column.field());
            boolean defaulted = sent == null && claim != null && claim.firstSight();
            if (defaulted || sent != null && Objects.equals(state.raw, sent.raw())) {
                member.claims.remove(column.field());
                member.consents.remove(column.field());
            }
        }
    }

    private static Write.@Nullable Cell cell(Write write, int column) {
        for (Write.Cell cell : write.cells()) if (cell.column() == column) return cell;
        return null;
    }

    private void learn(Member member, Flight flight, @Nullable String[] raw, long version, boolean stands) {
        List<Write.Cell> cells = flight.write().cells();
        for (int i = 0; i < cells.size(); i++) {
            ColumnState state = member.columnOrNew(cells.get(i).column());
            if (!stands) continue;
            state.raw = cells.get(i).raw();
            state.stampMicros = flight.stamps().get(i);
            state.version = version;
            state.knownMicros = context.nowMicros();
        }
        for (int column = 0; column < raw.length; column++) {
            if (raw[column] == Observation.ABSENT) continue;
            ColumnState state = member.columnOrNew(column);
            state.raw = raw[column];
            state.version = version;
            state.knownMicros = context.nowMicros();
        }
    }

    // ---- reservations

    private void releaseAll(Creation creation) {
        releaseAll(creation, creation.reserving);
        creation.reserving = 0;
    }

    private void releaseAll(Creation creation, long writeId) {
        for (IdentifierKey key : new ArrayList<>(creation.reserved)) release(key, creation.platform, writeId);
        creation.reserved.clear();
    }

    private void release(IdentifierKey key, int platform, long writeId) {
        out.send(new Address.Identifier(key), new Message.Release(key, platform, writeId));
    }

    private @Nullable Creation find(RecordName by, int platform) {
        for (Creation creation : group.creations) {
            if (creation.platform == platform && creation.by.equals(by)) return creation;
        }
        return null;
    }

    private @Nullable Creation flying(long writeId) {
        for (Creation creation : group.creations) {
            if (creation.flight != null && creation.flight.write().id() == writeId) return creation;
        }
        return null;
    }

    private void fact(Creation creation, Fact.Kind kind, String detail) {
        out.fact(Fact.of(creation.by, context.nowMicros(), kind, detail));
    }
}
