package dev.lockstep.bench.latency;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** When each edit was committed, and when it arrived where. */
final class Arrivals {

    private final AtomicLongArray committed;
    private final AtomicLongArray from;
    private final AtomicLongArray arrived;
    private final int places;

    Arrivals(int edits, int places) {
        int room = edits + 10_000;
        committed = new AtomicLongArray(room);
        from = new AtomicLongArray(room);
        arrived = new AtomicLongArray(room * places);
        this.places = places;
    }

    void committed(int edit, int platform, long nanos) {
        committed.set(edit, nanos);
        from.set(edit, platform);
    }

    void arrived(int edit, int place, long nanos) {
        arrived.compareAndSet(edit * places + place, 0, nanos);
    }

    boolean seen(int edit, int place) {
        return arrived.get(edit * places + place) != 0;
    }

    record Times(long count, long missing, double p50Ms, double p90Ms, double p99Ms, double maxMs) {
        @Override
        public String toString() {
            return "%d arrivals, p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, longest %.1f ms, %d never seen"
                    .formatted(count, p50Ms, p90Ms, p99Ms, maxMs, missing);
        }
    }

    /** Of the edits after {@code first} up to {@code last}, how long each took to each of these places but its own. */
    Times between(int first, int last, List<Integer> where) {
        var took = new long[(last - first) * where.size()];
        int count = 0;
        int missing = 0;
        for (int edit = first + 1; edit <= last; edit++) {
            for (int place : where) {
                boolean own = from.get(edit) == place;
                boolean peerOfAnother = place == 3 && from.get(edit) != 0;
                if (own || peerOfAnother || committed.get(edit) == 0) {
                    continue;
                }
                long at = arrived.get(edit * places + place);
                if (at == 0) {
                    missing++;
                } else {
                    took[count++] = Math.max(0, at - committed.get(edit));
                }
            }
        }
        var sorted = Arrays.copyOf(took, count);
        Arrays.sort(sorted);
        return new Times(
                count,
                missing,
                quantile(sorted, 0.5),
                quantile(sorted, 0.9),
                quantile(sorted, 0.99),
                quantile(sorted, 1));
    }

    private static double quantile(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
    }
}
