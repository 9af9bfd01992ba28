package dev.lockstep.engine.loop;

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

    private final LastUsed<K, Held<S>> entries;

    StateCache(int most) {
        entries = new LastUsed<>(most);
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

    void clear() {
        entries.clear();
    }
}
