package dev.lockstep.engine.loop;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** States decoded by earlier turns, the last used of them: hot customers are not read and decoded again. */
final class StateCache<K, S> {

    /** A state, and the bytes that stand for it in the store; null when there are none. */
    static final class Held<S> {
        final S state;
        byte @Nullable [] stored;
        /** Of a group as stored; null for other states. */
        @Nullable
        Share share;

        Held(S state, byte @Nullable [] stored) {
            this.state = state;
            this.stored = stored;
        }
    }

    private final LinkedHashMap<K, Held<S>> entries;

    StateCache(int most) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Held<S>> eldest) {
                return size() > most;
            }
        };
    }

    @Nullable
    Held<S> get(K key) {
        return entries.get(key);
    }

    void put(K key, Held<S> entry) {
        entries.put(key, entry);
    }

    /** Its state may have been changed by a turn that failed. */
    void forget(K key) {
        entries.remove(key);
    }
}
