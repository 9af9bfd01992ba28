package dev.lockstep.simulator.host;

import dev.lockstep.core.codec.StateCodec;
import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What survives a crash: states as bytes, intents, wants, timers and positions. Changed by {@link Batch#commit} only.
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

    final TreeMap<SlotKey, byte[]> records = new TreeMap<>();
    final TreeMap<IdentifierKey, byte[]> identifiers = new TreeMap<>();
    final TreeMap<RecordName, byte[]> groups = new TreeMap<>();
    /** What waits for leave, oldest first; true: urgent. */
    LinkedHashMap<Wanted, Boolean> wants = new LinkedHashMap<>();
    /** Intents: what may have left. */
    TreeMap<Long, Write> open = new TreeMap<>();

    /** What a guard has stopped, and when a person lets it go. */
    LinkedHashMap<Wanted, Long> held = new LinkedHashMap<>();

    TreeSet<Timer> timers = new TreeSet<>();
    LinkedHashSet<Looked> looks = new LinkedHashSet<>();
    final ArrayList<Fact> history = new ArrayList<>();
    TreeMap<Integer, Long> positions = new TreeMap<>();
    /** When the last complete full read of a platform began. */
    TreeMap<Integer, Long> listedMicros = new TreeMap<>();
    /** Platforms that have been read in full, and not lost their position since. */
    TreeSet<Integer> read = new TreeSet<>();

    /** Platforms that the workspace lacked when everything was planned last. */
    TreeSet<Integer> plannedWithout = new TreeSet<>();

    long lastWrite;
    boolean gateOpen;

    @Nullable
    Long position(int platform) {
        return positions.get(platform);
    }

    Map<RecordName, GroupState> groups() {
        TreeMap<RecordName, GroupState> decoded = new TreeMap<>();
        groups.forEach((name, bytes) -> decoded.put(name, StateCodec.decodeGroup(bytes)));
        return decoded;
    }

    /** A guard has stopped that, and the core knows. */
    boolean holds(Wanted what) {
        return held.containsKey(what) && groups().values().stream().anyMatch(group -> holds(group, what));
    }

    private static boolean holds(GroupState group, Wanted what) {
        Member member = group.members.get(what.record());
        if (member == null || !what.create()) return member != null && member.stopped != null;
        return group.creations.stream()
                .anyMatch(one -> one.platform == what.platform() && one.by.equals(what.record()) && one.held != null);
    }

    /** Nothing is wanted, under way, asked for or stopped. */
    boolean idle() {
        return open.isEmpty() && wants.isEmpty() && looks.isEmpty() && held.isEmpty();
    }

    /** What is not idle, for people. */
    @Override
    public String toString() {
        return "wants " + wants.keySet() + ", open " + open.values() + ", looks " + looks + ", held " + held.keySet();
    }
}
