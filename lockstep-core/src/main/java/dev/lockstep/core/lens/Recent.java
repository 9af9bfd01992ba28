package dev.lockstep.core.lens;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was last worked out for some keys: while one customer is handled, the same few are read and written again and
 * again. By hash, the last come stays. Threads may race for a slot: what is in it is whole, and true of its key.
 */
final class Recent<K, T> {
    private static final int BITS = 11;
    /** Spreads hashes of texts that differ in their last characters only. */
    private static final int SPREAD = 0x9E3779B9;

    private final @Nullable Entry[] slots = new Entry[1 << BITS];
    private final Function<K, T> work;

    private record Entry(Object key, Object result) {}

    /** @param work of the key alone */
    Recent(Function<K, T> work) {
        this.work = work;
    }

    @SuppressWarnings("unchecked") // only results of the work are put there
    T of(K key) {
        int slot = key.hashCode() * SPREAD >>> 32 - BITS;
        Entry entry = slots[slot];
        if (entry == null || !entry.key.equals(key)) {
            entry = new Entry(key, work.apply(key));
            slots[slot] = entry;
        }
        return (T) entry.result;
    }
}
