package dev.lockstep.simulator.host;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
