package dev.lockstep.simulator;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Virtual time: what is to happen when. What falls on the same instant happens in an order drawn from the seed. */
public final class Agenda {
    public static final long SECOND = 1_000_000;
    public static final long MINUTE = 60 * SECOND;

    private record Entry(long atMicros, int tie, long sequence, Runnable what) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(atMicros, other.atMicros);
            if (byTime != 0) return byTime;
            int byTie = Integer.compare(tie, other.tie);
            return byTie != 0 ? byTie : Long.compare(sequence, other.sequence);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private final SplittableRandom schedule;
    private long nowMicros;
    private long sequence;

    public Agenda(long startMicros, SplittableRandom schedule) {
        this.nowMicros = startMicros;
        this.schedule = schedule;
    }

    public long nowMicros() {
        return nowMicros;
    }

    public void at(long micros, Runnable what) {
        entries.add(new Entry(Math.max(micros, nowMicros), schedule.nextInt(), sequence++, what));
    }

    public void after(long delayMicros, Runnable what) {
        at(nowMicros + delayMicros, what);
    }

    /** A delay between the two, drawn from the seed's schedule. */
    public long delay(long leastMicros, long mostMicros) {
        return leastMicros >= mostMicros ? leastMicros : schedule.nextLong(leastMicros, mostMicros);
    }

    /** Lets everything happen that is due until then; the clock stands at {@code untilMicros} afterwards. */
    public void runUntil(long untilMicros) {
        for (Entry next = entries.peek(); next != null && next.atMicros <= untilMicros; next = entries.peek()) {
            entries.poll();
            nowMicros = next.atMicros;
            next.what.run();
        }
        nowMicros = Math.max(nowMicros, untilMicros);
    }
}
