package dev.lockstep.bench.limits;

import java.util.Arrays;

/** How long things took, in nanoseconds. Filled by many threads, each at places of its own. */
final class Times {

    private final long[] sorted;

    /** @param nanos those below 0 did not happen */
    Times(long[] nanos) {
        sorted = Arrays.stream(nanos).filter(one -> one >= 0).sorted().toArray();
    }

    int count() {
        return sorted.length;
    }

    /** In milliseconds; not a number when there is nothing. */
    double ms(double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
    }

    @Override
    public String toString() {
        return "%,d, p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, longest %.1f ms"
                .formatted(count(), ms(0.5), ms(0.9), ms(0.99), ms(0.999), ms(1));
    }
}
