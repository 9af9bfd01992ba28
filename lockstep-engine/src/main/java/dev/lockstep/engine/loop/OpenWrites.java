package dev.lockstep.engine.loop;

import dev.lockstep.engine.store.Changes;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Keys;
import dev.lockstep.engine.store.Store;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes that have left, or are about to, and whose outcome is not durable: id → what they do. */
final class OpenWrites {
    private final Map<Long, Errand> open = new HashMap<>();
    private final int[] counts;

    OpenWrites(int platforms, Store store) {
        counts = new int[platforms];
        store.scan(Family.OPEN_WRITES, new byte[0], null, (key, value) -> {
            Errand errand = Errand.of(value);
            open.put(Keys.number(key), errand);
            counts[errand.platform()]++;
            return true;
        });
    }

    @Nullable
    Errand get(long id) {
        return open.get(id);
    }

    Map<Long, Errand> all() {
        return Map.copyOf(open);
    }

    int count(int platform) {
        return counts[platform];
    }

    void apply(Map<Long, Errand> opened, Iterable<Long> closed, Changes changes) {
        opened.forEach((id, errand) -> {
            changes.put(Family.OPEN_WRITES, Keys.number((long) id), errand.key());
            if (open.put(id, errand) == null) counts[errand.platform()]++;
        });
        for (Long id : closed) {
            changes.delete(Family.OPEN_WRITES, Keys.number((long) id));
            Errand was = open.remove(id);
            if (was != null) counts[was.platform()]--;
        }
    }
}
