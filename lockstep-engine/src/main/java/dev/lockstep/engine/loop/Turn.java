package dev.lockstep.engine.loop;

import dev.lockstep.core.codec.DamagedState;
import dev.lockstep.core.codec.StateCodec;
import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Cascade;
import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Echo;
import dev.lockstep.core.machine.Effect;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.machine.States;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.Creation;
import dev.lockstep.core.state.Due;
import dev.lockstep.core.state.Flight;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.IdentifierState;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.RecordState;
import dev.lockstep.engine.store.Changes;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One batch of cascades. Everything it changes goes to the log in one atomic write, or is forgotten: states, wants,
 * intents, timers, history and totals alike. What is to be done about it is done after that.
 */
public final class Turn implements States, AutoCloseable {
    private static final byte[] NO_RECORD = new StateCodec().encode(new RecordState());
    private static final byte[] NO_IDENTIFIER = new StateCodec().encode(new IdentifierState());
    private static final byte[] NO_GROUP = new StateCodec().encode(new GroupState());

    final Books books;
    final Changes changes;
    final long nowMicros;

    private final Cascade cascade;
    private final Step step = new Step();
    private Context context;
    private final Map<Address.Slot, StateCache.Held<RecordState>> records = new HashMap<>();
    private final Map<IdentifierKey, StateCache.Held<IdentifierState>> identifiers = new HashMap<>();
    private final Map<RecordName, StateCache.Held<GroupState>> groups = new HashMap<>();

    final Totals delta;
    final Map<Errand, Boolean> wanted = new LinkedHashMap<>();
    final Set<Errand> unwanted = new LinkedHashSet<>();
    final Map<Long, Errand> opened = new LinkedHashMap<>();
    final List<Long> closed = new ArrayList<>();
    final List<Write> sends = new ArrayList<>();
    final List<Fact> facts = new ArrayList<>();
    private final Map<Address.Slot, Boolean> lookChanges = new LinkedHashMap<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<Runnable> whenDurable = new ArrayList<>();
    private long nextWriteId;
    private int factCounter;
    private long earliestTimer = Long.MAX_VALUE;
    private long timersFrom = -1;
    private boolean granted;
    /** The last position of each platform in this turn. */
    final Map<Integer, String> positions = new LinkedHashMap<>();

    public Turn(Books books, Cascade cascade, long nowMicros, boolean planning) {
        this.books = books;
        this.cascade = cascade;
        this.changes = books.store.begin();
        this.nowMicros = nowMicros;
        this.context = new Context(books.model, nowMicros, planning);
        this.delta = new Totals(books.lanes.size());
        this.nextWriteId = books.nextWriteId;
        this.factCounter = books.factCounter;
    }

    // ---- states

    @Override
    public RecordState record(Address.Slot slot) {
        StateCache.Held<RecordState> entry = records.get(slot);
        if (entry == null) {
            entry = load(
                    books.records,
                    slot,
                    Family.RECORDS,
                    Keys::slot,
                    bytes -> bytes == null ? new RecordState() : StateCodec.decodeRecord(bytes));
            records.put(slot, entry);
        }
        return entry.state;
    }

    @Override
    public IdentifierState identifier(IdentifierKey key) {
        StateCache.Held<IdentifierState> entry = identifiers.get(key);
        if (entry == null) {
            entry = load(
                    books.identifiers,
                    key,
                    Family.IDENTIFIERS,
                    Keys::identifier,
                    bytes -> bytes == null ? new IdentifierState() : StateCodec.decodeIdentifier(bytes));
            identifiers.put(key, entry);
        }
        return entry.state;
    }

    @Override
    public GroupState group(RecordName least) {
        StateCache.Held<GroupState> entry = groups.get(least);
        if (entry == null) {
            entry = load(
                    books.groups,
                    least,
                    Family.GROUPS,
                    Keys::name,
                    bytes -> bytes == null ? new GroupState() : StateCodec.decodeGroup(bytes));
            groups.put(least, entry);
            if (entry.share == null) entry.share = Share.of(entry.state);
        }
        return entry.state;
    }

    private <K, S> StateCache.Held<S> load(
            StateCache<K, S> cache,
            K key,
            Family family,
            Function<K, byte[]> name,
            Function<byte @Nullable [], S> decode) {
        StateCache.Held<S> cached = cache.get(key);
        if (cached != null) return cached;
        byte[] stored = books.store.get(family, name.apply(key));
        try {
            return new StateCache.Held<>(decode.apply(stored), stored);
        } catch (DamagedState e) {
            // Never worked with, never overwritten: what cannot be read ends the work.
            throw books.store.damaged(String.valueOf(e.getMessage()));
        }
    }

    // ---- running

    /** What is run from now on plans nothing. */
    void unplanned() {
        context = new Context(books.model, nowMicros, false, context.cause());
    }

    /** What is run from now on is a part of this. */
    void because(Cause cause) {
        context = new Context(context.model(), nowMicros, context.planning(), cause);
    }

    /** What is run from now on sees this platform so. */
    void fits(PlatformModel platform) {
        context = new Context(context.model().with(platform), nowMicros, context.planning(), context.cause());
    }

    /** Runs a message and all that follows from it. */
    public void run(Address to, Message message) {
        cascade.run(to, message, this, context, step);
        for (Effect effect : step.effects) take(effect);
        for (Fact fact : step.facts) {
            changes.history(fact, factCounter++);
            facts.add(fact);
        }
        for (Step.Edited edit : step.edits) {
            changes.put(Family.EDITED, Keys.edited(edit.cause(), edit.record()), Keys.number(nowMicros));
        }
        step.clear();
    }

    private void take(Effect effect) {
        switch (effect) {
            case Effect.Want want -> {
                Errand errand = new Errand(want.platform(), want.create(), want.record());
                unwanted.remove(errand);
                wanted.put(errand, want.urgent());
                books.owners.put(want.record(), want.group());
            }
            case Effect.Unwant unwant -> drop(new Errand(unwant.platform(), unwant.create(), unwant.record()));
            case Effect.Send send -> {
                sends.add(send.write());
                if (!books.rehearsal) opened.put(send.write().id(), Errand.of(send.write()));
            }
            case Effect.Done done -> closed.add(done.writeId());
            case Effect.Look look -> look(look);
            case Effect.Wake wake -> wake(wake.atMicros(), wake.record());
        }
    }

    private void wake(long atMicros, RecordName record) {
        changes.put(Family.TIMERS, Keys.timer(atMicros, record), new byte[0]);
        earliestTimer = Math.min(earliestTimer, atMicros);
    }

    /** The errand needs no leave any more, or has it. */
    private void drop(Errand errand) {
        boolean ofThisTurn = wanted.remove(errand) != null;
        if (!ofThisTurn || books.wants.mayHold(errand)) unwanted.add(errand);
    }

    /** Gives leave. */
    void go(Errand errand) {
        granted = true;
        drop(errand);
        tell(errand.record(), new Message.Go(errand.record(), errand.platform(), errand.create(), nextWriteId++));
    }

    /** Tells the group that asked for it, if that is known; who has left it since is found by way of its slot. */
    void tell(RecordName record, Message.ToRecord message) {
        RecordName owner = books.owners.get(record);
        if (owner == null) run(Address.Slot.of(record), message);
        else run(new Address.Group(owner), new Message.Told(record, message));
    }

    /** Shows a write of ours to the group that awaits it, past the machine of its key; false when it awaits none. */
    boolean echo(RecordName record, Observation seen) {
        RecordName owner = books.owners.get(record);
        Member member = owner == null ? null : group(owner).members.get(record);
        if (owner == null || member == null || !Echo.isOf(member, seen)) return false;
        run(new Address.Group(owner), new Message.Told(record, new Message.Seen(seen)));
        return true;
    }

    /** A guard stops what is due. */
    void hold(Errand errand, String why) {
        granted = true;
        drop(errand);
        run(
                Address.Slot.of(errand.record()),
                new Message.Hold(errand.record(), errand.platform(), errand.create(), why));
    }

    /** What is due, as a guard counts it; null when nothing is. */
    @Nullable
    Due dueOf(Errand errand) {
        if (!errand.create()) {
            Member member = memberOf(errand.record());
            return member == null ? null : member.due;
        }
        Creation creation = creationOf(errand);
        return creation == null ? null : creation.due;
    }

    private @Nullable Creation creationOf(Errand errand) {
        RecordState state = record(Address.Slot.of(errand.record()));
        if (errand.record().birth() >= state.born.size()) return null;
        for (Creation creation : group(state.born.get(errand.record().birth()).owner).creations) {
            if (creation.platform == errand.platform() && creation.by.equals(errand.record())) return creation;
        }
        return null;
    }

    /** What a guard has stopped there; null when nothing is. */
    @Nullable
    Due stopped(Errand errand) {
        if (!errand.create()) {
            Member member = memberOf(errand.record());
            return member == null ? null : member.stopped;
        }
        Creation creation = creationOf(errand);
        return creation == null ? null : creation.held;
    }

    void look(Effect.Look look) {
        lookChanges.put(new Address.Slot(look.platform(), look.key()), true);
    }

    /** The record was read as asked. */
    void looked(Address.Slot slot) {
        lookChanges.put(slot, false);
    }

    /** Done on this thread when all of this turn is in the log; not at all when it fails. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /** Done on another thread when all of this turn is durable: for those who were promised that. */
    public void whenDurable(Runnable action) {
        whenDurable.add(action);
    }

    /** What has to wait until this turn is durable. */
    Flusher.Due due() {
        Map<Integer, List<Write>> byPlatform = new LinkedHashMap<>();
        for (Write write : sends) {
            byPlatform
                    .computeIfAbsent(write.platform(), unused -> new ArrayList<>())
                    .add(write);
        }
        return new Flusher.Due(byPlatform, positions, whenDurable);
    }

    public void meta(String name, @Nullable String value) {
        Meta.put(changes, name, value);
    }

    boolean granted() {
        return granted;
    }

    /** It has to do with customers. */
    boolean touches() {
        return !groups.isEmpty() || !records.isEmpty();
    }

    /** What came of this write is known. */
    boolean hasClosed(long id) {
        return !opened.containsKey(id) && books.open.get(id) == null;
    }

    /** Writes that this turn lets go on a platform, less those whose outcome it learnt. */
    int openedOn(int platform) {
        int count = 0;
        for (Errand errand : opened.values()) if (errand.platform() == platform) count++;
        for (Long id : closed) {
            Errand errand = books.open.get(id);
            if (errand != null && errand.platform() == platform) count--;
        }
        return count;
    }

    /** When the next timer is due that this turn did not run. */
    void afterTimers(long nextMicros) {
        timersFrom = nextMicros;
    }

    /** The write under way that bears this id, with its winners; null when the state holds none. */
    @Nullable
    Flight flightOf(long id, Errand errand) {
        RecordState state = record(Address.Slot.of(errand.record()));
        if (errand.record().birth() >= state.born.size()) return null;
        GroupState group = group(state.born.get(errand.record().birth()).owner);
        for (Creation creation : group.creations) {
            if (creation.flight != null && creation.flight.write().id() == id) return creation.flight;
        }
        Member member = group.members.get(errand.record());
        return member != null && member.flight != null && member.flight.write().id() == id ? member.flight : null;
    }

    // ---- the end

    void commit(Changes.Keep keep) {
        storeStates();
        books.wants.apply(wanted, unwanted, changes);
        books.open.apply(opened, closed, changes);
        storeLooks();
        if (nextWriteId != books.nextWriteId) meta(Meta.WRITE_ID, Long.toString(nextWriteId));
        if (!delta.isZero()) {
            books.totals.addAll(delta);
            Meta.put(changes, Meta.TOTALS, books.totals.encode());
        }
        if (!changes.isEmpty()) changes.commit(keep);
        books.nextWriteId = nextWriteId;
        books.factCounter = factCounter;
        if (timersFrom >= 0) books.nextTimerMicros = timersFrom;
        books.nextTimerMicros = Math.min(books.nextTimerMicros, earliestTimer);
        records.forEach(books.records::put);
        identifiers.forEach(books.identifiers::put);
        groups.forEach(books.groups::put);
        books.publish();
        for (Runnable action : afterCommit) action.run();
        for (Long id : closed) books.answers.drop(id);
    }

    private void storeStates() {
        records.forEach((slot, entry) ->
                put(Family.RECORDS, Keys.slot(slot), entry, orNull(books.codec.encode(entry.state), NO_RECORD)));
        identifiers.forEach((key, entry) -> put(
                Family.IDENTIFIERS,
                Keys.identifier(key),
                entry,
                orNull(books.codec.encode(entry.state), NO_IDENTIFIER)));
        Map<Errand, String> failedBefore = new HashMap<>();
        Map<Errand, String> failedAfter = new HashMap<>();
        groups.forEach((least, entry) -> {
            Share before = Objects.requireNonNull(entry.share);
            Share after = Share.of(entry.state);
            entry.share = after;
            delta.count(before, -1);
            delta.count(after, 1);
            failedBefore.putAll(before.failures());
            failedAfter.putAll(after.failures());
            if (before.mayBeContested() != after.mayBeContested()) review(least, after);
            put(Family.GROUPS, Keys.name(least), entry, orNull(books.codec.encode(entry.state), NO_GROUP));
        });
        Failures.store(failedBefore, failedAfter, changes, nowMicros);
    }

    /** Groups in which somebody may have to answer are found without reading all. */
    private void review(RecordName least, Share share) {
        if (share.mayBeContested()) changes.put(Family.REVIEWS, Keys.name(least), new byte[0]);
        else changes.delete(Family.REVIEWS, Keys.name(least));
    }

    /** A state that says nothing is not stored. */
    private static byte @Nullable [] orNull(byte[] bytes, byte[] nothing) {
        return Arrays.equals(bytes, nothing) ? null : bytes;
    }

    private void put(Family family, byte[] key, StateCache.Held<?> entry, byte @Nullable [] bytes) {
        if (Arrays.equals(bytes, entry.stored)) return;
        if (bytes == null) changes.delete(family, key);
        else changes.put(family, key, bytes);
        entry.stored = bytes;
    }

    private void storeLooks() {
        lookChanges.forEach((slot, asked) -> {
            byte[] key = Keys.slot(slot);
            boolean stored = books.store.get(Family.LOOKS, key) != null;
            if (asked && !stored) {
                changes.put(Family.LOOKS, key, new byte[0]);
                books.looks.counted(slot.platform(), 1);
            } else if (!asked) {
                if (stored) {
                    changes.delete(Family.LOOKS, key);
                    books.looks.counted(slot.platform(), -1);
                }
                books.looks.answered(slot.platform(), slot.key());
            } else {
                // Asked for again while it was on its way: that answer may be too old.
                books.looks.answered(slot.platform(), slot.key());
            }
        });
    }

    /** Forgets everything: the states touched are read again. */
    void abandon() {
        records.keySet().forEach(books.records::forget);
        identifiers.keySet().forEach(books.identifiers::forget);
        groups.keySet().forEach(books.groups::forget);
        step.clear();
        books.guard.reload();
    }

    /** The customer that a record belongs to, as far as this turn knows. */
    RecordName customerOf(RecordName record) {
        RecordState state = record(Address.Slot.of(record));
        return record.birth() < state.born.size() ? state.born.get(record.birth()).customer : record;
    }

    /** What is known of a record; null when nothing is. */
    @Nullable
    Member memberOf(RecordName record) {
        RecordState state = record(Address.Slot.of(record));
        if (record.birth() >= state.born.size()) return null;
        return group(state.born.get(record.birth()).owner).members.get(record);
    }

    @Override
    public void close() {
        changes.close();
    }
}
