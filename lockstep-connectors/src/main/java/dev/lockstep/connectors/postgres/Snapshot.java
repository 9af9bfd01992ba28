package dev.lockstep.connectors.postgres;

import java.util.Arrays;

/**
 * Which transactions a statement saw, from {@code pg_current_snapshot()}: {@code 100:105:101,103} saw those below 105
 * but for 101 and 103. Numbers are compared in their low 32 bits, as the stream shows them.
 */
record Snapshot(int max, int[] running) {

    static Snapshot parse(String text) {
        String[] parts = text.split(":", -1);
        int[] running = parts[2].isEmpty()
                ? new int[0]
                : Arrays.stream(parts[2].split(","))
                        .mapToInt(xid -> (int) Long.parseLong(xid))
                        .toArray();
        return new Snapshot((int) Long.parseLong(parts[1]), running);
    }

    boolean saw(int xid) {
        if (xid - max >= 0) return false;
        for (int open : running) {
            if (open == xid) return false;
        }
        return true;
    }
}
