package dev.lockstep.engine.query;

/**
 * A set of keys by 64-bit hash: 16 bytes or so for each, so that a million records can be ticked off in memory. Two of
 * a hundred million keys fall together with a chance of one in several thousand.
 */
public final class KeySet {
    private long[] slots = new long[1 << 12];
    private int size;

    public boolean add(String key) {
        if (size * 5L > slots.length * 3L) grow();
        boolean added = insert(slots, hash(key));
        if (added) size++;
        return added;
    }

    public boolean contains(String key) {
        long hash = hash(key);
        int at = at(slots, hash);
        while (slots[at] != 0) {
            if (slots[at] == hash) return true;
            at = at + 1 & slots.length - 1;
        }
        return false;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long hash : slots) if (hash != 0) insert(larger, hash);
        slots = larger;
    }

    private static boolean insert(long[] into, long hash) {
        int at = at(into, hash);
        while (into[at] != 0) {
            if (into[at] == hash) return false;
            at = at + 1 & into.length - 1;
        }
        into[at] = hash;
        return true;
    }

    private static int at(long[] in, long hash) {
        return (int) (hash >>> 20) & in.length - 1;
    }

    private static long hash(String key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            hash ^= key.charAt(i);
            hash *= 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        hash *= 0xd6e8feb86659fd93L;
        hash ^= hash >>> 32;
        return hash == 0 ? 1 : hash;
    }
}
