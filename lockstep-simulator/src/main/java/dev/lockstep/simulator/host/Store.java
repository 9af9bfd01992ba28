package dev.lockstep.simulator.host;

import dev.lockstep.core.codec.StateCodec;
import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.IdentifierState;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.RecordState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What survives a crash: states, intents, wants, timers and positions. Changed by a {@link Batch} only. Whoever starts
 * again after a crash has the states as they are read back from their bytes.
 */
final class Store {
    record SlotKey(int platform, String key) implements Comparable<SlotKey> {
        static SlotKey of(Address.Slot slot) {
            return new SlotKey(slot.platform(), slot.key());
        }

        @Override
        public int compareTo(SlotKey other) {
            int byPlatform = Integer.compare(platform, other.platform);
            return byPlatform != 0 ? byPlatform : key.compareTo(other.key);
        }
    }

    record Wanted(int platform, RecordName record, boolean create) {}

    record Timer(long atMicros, RecordName record) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(atMicros, other.atMicros);
            return byTime != 0 ? byTime : record.compareTo(other.record);
        }
    }

    record Looked(int platform, String key) {}

    final LinkedHashMap<SlotKey, RecordState> records = new LinkedHashMap<>();
    final LinkedHashMap<IdentifierKey, IdentifierState> identifiers = new LinkedHashMap<>();
    final TreeMap<RecordName, GroupState> groups = new TreeMap<>();
    // Whose machines have worked since the last crash: all others are as they were read back.
    private final LinkedHashSet<SlotKey> touchedRecords = new LinkedHashSet<>();
    private final LinkedHashSet<IdentifierKey> touchedIdentifiers = new LinkedHashSet<>();
    private final LinkedHashSet<RecordName> touchedGroups = new LinkedHashSet<>();
    /** What waits for leave, oldest first; true: urgent. */
    final LinkedHashMap<Wanted, Boolean> wants = new LinkedHashMap<>();
    /** Intents: what may have left. */
    final TreeMap<Long, Write> open = new TreeMap<>();

    /** What a guard has stopped, and when a person lets it go. */
    final LinkedHashMap<Wanted, Long> held = new LinkedHashMap<>();

    final TreeSet<Timer> timers = new TreeSet<>();
    final LinkedHashSet<Looked> looks = new LinkedHashSet<>();
    final ArrayList<Fact> history = new ArrayList<>();
    final TreeMap<Integer, Long> positions = new TreeMap<>();
    /** When the last complete full read of a platform began. */
    final TreeMap<Integer, Long> listedMicros = new TreeMap<>();
    /** Platforms that have been read in full, and not lost their position since. */
    final TreeSet<Integer> read = new TreeSet<>();

    /** Platforms that the workspace lacked when everything was planned last. */
    TreeSet<Integer> plannedWithout = new TreeSet<>();

    final Mail mail = new Mail();

    long lastWrite;
    boolean gateOpen;

    @Nullable
    Long position(int platform) {
        return positions.get(platform);
    }

    void putRecords(Map<SlotKey, RecordState> changed) {
        records.putAll(changed);
        touchedRecords.addAll(changed.keySet());
    }

    void putIdentifiers(Map<IdentifierKey, IdentifierState> changed) {
        identifiers.putAll(changed);
        touchedIdentifiers.addAll(changed.keySet());
    }

    void putGroups(Map<RecordName, GroupState> changed) {
        changed.forEach((key, state) -> {
            if (state.isEmpty()) groups.remove(key);
            else groups.put(key, state);
        });
        touchedGroups.addAll(changed.keySet());
    }

    /**
     * A crash: what was in memory is gone.
     *
     * @return what of it was not written down; null when all was
     */
    @Nullable
    String readBack() {
        Likeness likeness = new Likeness();
        StateCodec codec = new StateCodec();
        for (SlotKey key : touchedRecords) {
            records.computeIfPresent(
                    key, (at, state) -> likeness.of(at, state, StateCodec.decodeRecord(codec.encode(state))));
        }
        for (IdentifierKey key : touchedIdentifiers) {
            identifiers.computeIfPresent(
                    key, (at, state) -> likeness.of(at, state, StateCodec.decodeIdentifier(codec.encode(state))));
        }
        for (RecordName key : touchedGroups) {
            groups.computeIfPresent(
                    key, (at, state) -> likeness.of(at, state, StateCodec.decodeGroup(codec.encode(state))));
        }
        touchedRecords.clear();
        touchedIdentifiers.clear();
        touchedGroups.clear();
        mail.readBack();
        return likeness.firstDifference();
    }

    /** A guard has stopped that, and the core knows. */
    boolean holds(Wanted what) {
        return held.containsKey(what) && groups.values().stream().anyMatch(group -> holds(group, what));
    }

    private static boolean holds(GroupState group, Wanted what) {
        Member member = group.members.get(what.record());
        if (member == null || !what.create()) return member != null && member.stopped != null;
        return group.creations.stream()
                .anyMatch(one -> one.platform == what.platform() && one.by.equals(what.record()) && one.held != null);
    }

    /** Nothing is wanted, under way, asked for or stopped, and all mail was brought. */
    boolean idle() {
        return mail.isEmpty() && open.isEmpty() && wants.isEmpty() && looks.isEmpty() && held.isEmpty();
    }

    /** What is not idle, for people. */
    @Override
    public String toString() {
        return "wants " + wants.keySet() + ", open " + open.values() + ", looks " + looks + ", held " + held.keySet()
                + ", mail " + mail;
    }
}
