package dev.lockstep.engine.loop;

import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Keys;
import dev.lockstep.engine.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records that are to be read again. All are durable until the answer is; of each platform a bounded number is asked
 * for at once, and again when no answer came (a connection lost between).
 */
final class Looks {
    private static final int WINDOW = 1000;
    private static final long PATIENCE_MICROS = 30_000_000;

    private static final class Asked {
        final Map<String, Long> atMicros = new HashMap<>();
        long stored;
        byte @Nullable [] cursor;
    }

    private final List<Asked> asked = new ArrayList<>();

    Looks(int platforms, Store store) {
        for (int i = 0; i < platforms; i++) {
            Asked one = new Asked();
            store.scan(Family.LOOKS, Keys.number(i), null, (key, value) -> {
                one.stored++;
                return true;
            });
            asked.add(one);
        }
    }

    /** Counts in what a turn stored, and out what it removed. */
    void counted(int platform, long change) {
        asked.get(platform).stored += change;
    }

    long open(int platform) {
        return asked.get(platform).stored;
    }

    void answered(int platform, String key) {
        asked.get(platform).atMicros.remove(key);
    }

    /** The connection was lost: everything is asked for again. */
    void forget(int platform) {
        asked.get(platform).atMicros.clear();
        asked.get(platform).cursor = null;
    }

    /** What to ask for now. */
    List<String> next(int platform, Store store, long nowMicros) {
        Asked one = asked.get(platform);
        List<String> next = new ArrayList<>();
        if (one.stored == 0) return next;
        for (Iterator<Map.Entry<String, Long>> at = one.atMicros.entrySet().iterator(); at.hasNext(); ) {
            if (nowMicros - at.next().getValue() > PATIENCE_MICROS) at.remove();
        }
        if (one.atMicros.size() >= Math.min(WINDOW, one.stored)) return next;
        byte[] from = one.cursor;
        one.cursor = null;
        store.peek(Family.LOOKS, Keys.number(platform), from, (key, value) -> {
            if (one.atMicros.size() >= WINDOW) {
                one.cursor = key;
                return false;
            }
            String text = Keys.slot(key).key();
            if (one.atMicros.putIfAbsent(text, nowMicros) == null) next.add(text);
            return true;
        });
        return next;
    }
}
