package dev.lockstep.engine.loop;

import dev.lockstep.engine.store.Changes;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Store;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many records were deleted, and how many lost a value, minute by minute, from each platform to each: what comes in
 * drops is counted together. Durable with the turn that counts.
 */
final class Drips {
    private static final long MINUTE_MICROS = 60_000_000L;
    private static final byte TAG = 1;

    /** From where, to where, and the place of the risk in {@link Tally#RISKS}. */
    private record Way(int source, int platform, int risk) {}

    private final Store store;
    private final Map<Way, TreeMap<Long, Integer>> minutes = new HashMap<>();

    Drips(Store store) {
        this.store = store;
        load();
    }

    /** Forgets what a turn that failed has counted. */
    void load() {
        minutes.clear();
        store.scan(Family.GUARD, new byte[] {TAG}, null, (key, value) -> {
            ByteBuffer in = ByteBuffer.wrap(key);
            in.get();
            Way way = new Way(in.getInt(), in.getInt(), in.getInt());
            minutes.computeIfAbsent(way, unused -> new TreeMap<>())
                    .put(in.getLong(), ByteBuffer.wrap(value).getInt());
            return true;
        });
    }

    private static byte[] key(Way way, long minute) {
        return ByteBuffer.allocate(1 + 12 + 8)
                .put(TAG)
                .putInt(way.source())
                .putInt(way.platform())
                .putInt(way.risk())
                .putLong(minute)
                .array();
    }

    /** How many there were within this time, to the minute; what is older is forgotten. */
    long count(int source, int platform, int risk, long withinMicros, long nowMicros, Changes changes) {
        Way way = new Way(source, platform, risk);
        TreeMap<Long, Integer> counts = minutes.get(way);
        if (counts == null) return 0;
        List<Long> old = new ArrayList<>(
                counts.headMap((nowMicros - withinMicros) / MINUTE_MICROS).keySet());
        for (Long minute : old) {
            counts.remove(minute);
            changes.delete(Family.GUARD, key(way, minute));
        }
        long sum = 0;
        for (int count : counts.values()) sum += count;
        return sum;
    }

    void add(int source, int platform, int risk, long nowMicros, Changes changes) {
        Way way = new Way(source, platform, risk);
        long minute = nowMicros / MINUTE_MICROS;
        int count = minutes.computeIfAbsent(way, unused -> new TreeMap<>()).merge(minute, 1, Integer::sum);
        changes.put(
                Family.GUARD,
                key(way, minute),
                ByteBuffer.allocate(4).putInt(count).array());
    }

    /** A person has let them go: counting begins anew. */
    void clear(int source, int platform, int risk, Changes changes) {
        Way way = new Way(source, platform, risk);
        TreeMap<Long, Integer> counts = minutes.remove(way);
        if (counts != null) for (Long minute : counts.keySet()) changes.delete(Family.GUARD, key(way, minute));
    }
}
