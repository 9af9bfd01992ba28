package dev.lockstep.engine.loop;

import dev.lockstep.core.model.Receipt;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers that a write was taken, kept back for a moment where the platform's stream is about to show that write: who
 * has seen it come back needs no answer. Half of what would be done about a write is saved by that. Nothing is lost
 * with them: a write without an answer is open, and is asked about after a restart.
 */
final class Answers {
    /** While there is other work. */
    private static final long BUSY_MICROS = 1_000_000;
    /** While there is none. */
    private static final long IDLE_MICROS = 20_000;

    /** A platform whose stream has long been late is tried with one answer of so many. */
    private static final int TRIED = 32;

    private record Kept(Mailbox.Item item, long sinceMicros) {}

    /** Of one platform. */
    private static final class Habit {
        static final int MOST = 500;
        int kept;
        /** Rises with each write that was shown in time, and falls with each that was not. */
        int trust = MOST / 5;

        int asked;
    }

    private final Map<Long, Kept> kept = new LinkedHashMap<>();
    private final List<Habit> habits = new ArrayList<>();

    Answers(int platforms) {
        for (int i = 0; i < platforms; i++) habits.add(new Habit());
    }

    /** Not where nearly all that may be under way would wait, so that others cannot leave. */
    boolean mayWait(Lane lane, Receipt receipt) {
        if (receipt.outcome() != Receipt.Outcome.APPLIED || !lane.model.echoes() || lane.listing) return false;
        Habit habit = habits.get(lane.number);
        if (habit.trust == 0 && ++habit.asked % TRIED != 0) return false;
        return habit.kept < lane.permits - lane.permits / 4;
    }

    void keep(Lane lane, Input.Landed landed, long nowMicros) {
        Input.Landed late = new Input.Landed(landed.record(), landed.create(), landed.receipt(), true);
        kept.put(landed.receipt().write(), new Kept(new Mailbox.Item(lane.number, late), nowMicros));
        habits.get(lane.number).kept++;
    }

    /** What came of the write is known. */
    void drop(long write) {
        Kept one = kept.remove(write);
        if (one != null) release(one, 1);
    }

    /** Those that have waited long enough. */
    List<Mailbox.Item> due(long nowMicros, boolean idle) {
        List<Mailbox.Item> due = new ArrayList<>();
        for (Iterator<Kept> at = kept.values().iterator(); at.hasNext(); ) {
            Kept one = at.next();
            if (nowMicros - one.sinceMicros() < (idle ? IDLE_MICROS : BUSY_MICROS)) break;
            at.remove();
            release(one, -1);
            due.add(one.item());
        }
        return due;
    }

    private void release(Kept one, int trust) {
        Habit habit = habits.get(one.item().platform());
        habit.kept--;
        habit.trust = Math.clamp((long) habit.trust + trust, 0, Habit.MOST);
    }

    /** When to look again, should nothing else happen. */
    long nextMicros() {
        return kept.isEmpty() ? Long.MAX_VALUE : kept.values().iterator().next().sinceMicros() + IDLE_MICROS;
    }
}
