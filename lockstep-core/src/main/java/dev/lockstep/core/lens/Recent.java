package dev.lockstep.core.lens;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was last worked out for some keys: while one customer is handled, the same few are read and written again and
 * again. By hash, the last come stays. Threads may race for a slot: what is in it is whole, and true of its key.
 */
final class Recent<K, T> {
    private static final int FIRST = 1 << 6;
    private static final int MOST = 1 << 11;
    /** Of work that takes long: what is written on one platform is remembered until the others show it. */
    private static final int MOST_COSTLY = 1 << 13;

    private static final int GROWTH = 4;
    /** Spreads hashes of texts that differ in their last characters only. */
    private static final int SPREAD = 0x9E3779B9;

    private final Function<K, T> work;
    private final int most;
    private @Nullable Entry[] slots = new Entry[FIRST];
    /** What had to give way since there were so many slots. */
    private int replaced;

    private record Entry(Object key, Object result) {}

    /** @param work of the key alone */
    Recent(Function<K, T> work, boolean costly) {
        this.work = work;
        this.most = costly ? MOST_COSTLY : MOST;
    }

    @SuppressWarnings("unchecked") // only results of the work are put there
    T of(K key) {
        @Nullable Entry[] now = slots;
        int slot = slot(key, now.length);
        Entry entry = now[slot];
        if (entry == null || !entry.key.equals(key)) {
            if (entry != null && now.length < most && ++replaced > now.length) now = grown(now);
            entry = new Entry(key, work.apply(key));
            now[slot(key, now.length)] = entry;
        }
        return (T) entry.result;
    }

    private @Nullable Entry[] grown(@Nullable Entry[] from) {
        @Nullable Entry[] grown = new Entry[Math.min(most, from.length * GROWTH)];
        for (Entry one : from) if (one != null) grown[slot(one.key, grown.length)] = one;
        replaced = 0;
        slots = grown;
        return grown;
    }

    /** @param length a power of two */
    private static int slot(Object key, int length) {
        return key.hashCode() * SPREAD >>> Integer.numberOfLeadingZeros(length) + 1;
    }
}
