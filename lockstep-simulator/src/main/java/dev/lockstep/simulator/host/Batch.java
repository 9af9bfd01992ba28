package dev.lockstep.simulator.host;

import dev.lockstep.core.codec.StateCodec;
import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Effect;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.machine.States;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.IdentifierState;
import dev.lockstep.core.state.RecordState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One atomic change of the store: all of it becomes durable by {@link #commit}, or nothing does. It changes what the
 * store holds in place, except in a batch that is not to be committed.
 */
final class Batch implements States {
    final Store store;
    final boolean doomed;
    private final LinkedHashMap<Store.SlotKey, RecordState> records = new LinkedHashMap<>();
    private final LinkedHashMap<IdentifierKey, IdentifierState> identifiers = new LinkedHashMap<>();
    private final LinkedHashMap<RecordName, GroupState> groups = new LinkedHashMap<>();
    final LinkedHashMap<Store.Wanted, Boolean> wants;
    final LinkedHashMap<Store.Wanted, Long> held;
    final TreeMap<Long, Write> open;
    final TreeSet<Store.Timer> timers;
    final LinkedHashSet<Store.Looked> looks;
    final TreeMap<Integer, Long> positions;
    final TreeSet<Integer> read;
    final TreeMap<Integer, Long> listedMicros;
    TreeSet<Integer> plannedWithout;
    boolean gateOpen;
    private long lastWrite;

    final List<Fact> facts = new ArrayList<>();
    /** What is done once the batch is durable. */
    final List<Write> sends = new ArrayList<>();

    final List<Store.Looked> newLooks = new ArrayList<>();
    final List<Store.Timer> newTimers = new ArrayList<>();
    final List<Store.Wanted> newHeld = new ArrayList<>();
    final List<Runnable> heard = new ArrayList<>();

    // with queues
    final List<Waiting.Given> given = new ArrayList<>();
    final List<Waiting.Numbered> begun = new ArrayList<>();
    /** What was ready has been begun. */
    boolean looked;

    final List<Mail.Letter> posted = new ArrayList<>();
    final List<Address> brought = new ArrayList<>();
    final TreeMap<Long, Mail.Hearing> hearings = new TreeMap<>();
    /** Inputs that the machine which decides by them has heard of. */
    final List<Long> heardOf = new ArrayList<>();

    private long inputs;

    /** @param doomed it will not be committed */
    Batch(Store store, boolean doomed) {
        this.store = store;
        this.doomed = doomed;
        wants = doomed ? new LinkedHashMap<>(store.wants) : store.wants;
        held = doomed ? new LinkedHashMap<>(store.held) : store.held;
        open = doomed ? new TreeMap<>(store.open) : store.open;
        timers = doomed ? new TreeSet<>(store.timers) : store.timers;
        looks = doomed ? new LinkedHashSet<>(store.looks) : store.looks;
        positions = doomed ? new TreeMap<>(store.positions) : store.positions;
        read = doomed ? new TreeSet<>(store.read) : store.read;
        listedMicros = doomed ? new TreeMap<>(store.listedMicros) : store.listedMicros;
        plannedWithout = store.plannedWithout;
        gateOpen = store.gateOpen;
        lastWrite = store.lastWrite;
        inputs = store.mail.inputs;
    }

    /** No machine has anything to hear. */
    boolean mailIsEmpty() {
        return given.isEmpty() && posted.isEmpty() && store.mail.isEmpty();
    }

    long nextInput() {
        return ++inputs;
    }

    long nextWrite() {
        return ++lastWrite;
    }

    /** Takes out what has waited longest for leave to write to a platform, the urgent first; null when nothing does. */
    Store.@Nullable Wanted nextWant(int platform) {
        Store.Wanted first = null;
        for (Map.Entry<Store.Wanted, Boolean> want : wants.entrySet()) {
            if (want.getKey().platform() != platform) continue;
            if (first == null) first = want.getKey();
            if (!want.getValue()) continue;
            first = want.getKey();
            break;
        }
        if (first != null) wants.remove(first);
        return first;
    }

    /** How many writes leave, or have leave that is on its way. */
    int sendsTo(int platform) {
        int count = store.mail.leaves(platform);
        for (Write write : sends) if (write.platform() == platform) count++;
        for (Mail.Letter letter : posted) if (Mail.isLeave(letter.message(), platform)) count++;
        return count;
    }

    /** The names of all groups, those that this batch has made included. */
    List<RecordName> groupNames() {
        TreeSet<RecordName> names = new TreeSet<>(store.groups.keySet());
        groups.forEach((name, state) -> {
            if (state.isEmpty()) names.remove(name);
            else names.add(name);
        });
        return new ArrayList<>(names);
    }

    /** The keys of a platform under which somebody lives. */
    List<String> keys(int platform) {
        TreeSet<Store.SlotKey> slots = new TreeSet<>(store.records.keySet());
        slots.addAll(records.keySet());
        List<String> keys = new ArrayList<>();
        for (Store.SlotKey slot : slots) {
            if (slot.platform() != platform) continue;
            RecordState state = record(new Address.Slot(platform, slot.key()));
            if (state.occupant != null && !state.gone) keys.add(slot.key());
        }
        return keys;
    }

    /** The machines of a platform's records know nothing any more. */
    void forget(int platform) {
        List<Store.SlotKey> slots = new ArrayList<>(store.records.keySet());
        for (Store.SlotKey slot : slots) {
            if (slot.platform() == platform)
                record(new Address.Slot(platform, slot.key())).clear();
        }
    }

    /** Somebody lives under that key. */
    boolean occupied(int platform, String key) {
        RecordState state = record(new Address.Slot(platform, key));
        return state.occupant != null && !state.gone;
    }

    @Override
    public RecordState record(Address.Slot slot) {
        return records.computeIfAbsent(Store.SlotKey.of(slot), key -> {
            RecordState state = store.records.get(key);
            if (state == null) return new RecordState();
            return doomed ? StateCodec.decodeRecord(new StateCodec().encode(state)) : state;
        });
    }

    @Override
    public IdentifierState identifier(IdentifierKey at) {
        return identifiers.computeIfAbsent(at, key -> {
            IdentifierState state = store.identifiers.get(key);
            if (state == null) return new IdentifierState();
            return doomed ? StateCodec.decodeIdentifier(new StateCodec().encode(state)) : state;
        });
    }

    @Override
    public GroupState group(RecordName least) {
        return groups.computeIfAbsent(least, key -> {
            GroupState state = store.groups.get(key);
            if (state == null) return new GroupState();
            return doomed ? StateCodec.decodeGroup(new StateCodec().encode(state)) : state;
        });
    }

    private void mail(Mail mail) {
        brought.forEach(mail::brought);
        if (looked) mail.given.looked();
        begun.forEach(mail.given::remove);
        given.forEach(mail.given::add);
        posted.forEach(mail::post);
        for (long input : heardOf) {
            Mail.Hearing hearing = mail.hearings.remove(input);
            if (hearing == null) continue;
            heard.add(hearing.heard());
            mail.given.leaves(hearing.lanes());
        }
        hearings.forEach((input, hearing) -> {
            mail.hearings.put(input, hearing);
            mail.given.takes(hearing.lanes());
        });
        mail.inputs = inputs;
    }

    /** Enters what a machine asked for. */
    void take(Effect effect) {
        switch (effect) {
            case Effect.Want want ->
                wants.put(new Store.Wanted(want.platform(), want.record(), want.create()), want.urgent());
            case Effect.Unwant unwant ->
                wants.remove(new Store.Wanted(unwant.platform(), unwant.record(), unwant.create()));
            case Effect.Send send -> {
                open.put(send.write().id(), send.write());
                sends.add(send.write());
            }
            case Effect.Done done -> open.remove(done.writeId());
            case Effect.Look look -> {
                Store.Looked one = new Store.Looked(look.platform(), look.key());
                if (looks.add(one)) newLooks.add(one);
            }
            case Effect.Wake wake -> {
                Store.Timer timer = new Store.Timer(wake.atMicros(), wake.record());
                if (timers.add(timer)) newTimers.add(timer);
            }
        }
    }

    void commit() {
        mail(store.mail);
        store.putRecords(records);
        store.putIdentifiers(identifiers);
        store.putGroups(groups);
        store.plannedWithout = plannedWithout;
        store.gateOpen = gateOpen;
        store.lastWrite = lastWrite;
        store.history.addAll(facts);
    }
}
