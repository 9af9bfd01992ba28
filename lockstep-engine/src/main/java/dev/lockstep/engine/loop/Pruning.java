package dev.lockstep.engine.loop;

import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.Model;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.History;
import dev.lockstep.engine.store.Keys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Once a day, in steps: forgets history older than the workspace says, save what was said of a consent; and by which
 * cause a record was edited, when that was a day ago and a person has nothing to answer.
 */
final class Pruning implements Job {
    static final long DAY_MICROS = 86_400_000_000L;
    private static final int STEP = 5000;

    private final long beforeMicros;
    private byte @Nullable [] from;
    private boolean historyDone;

    Pruning(long beforeMicros) {
        this.beforeMicros = beforeMicros;
    }

    @Override
    public boolean step(Turn turn) {
        if (!historyDone) {
            historyDone = history(turn);
            return false;
        }
        boolean last = !turn.books.guard.isQuiet() || edits(turn);
        if (last) turn.meta(Meta.PRUNED, Long.toString(turn.nowMicros));
        return last;
    }

    private boolean edits(Turn turn) {
        List<byte[]> old = new ArrayList<>();
        int[] looked = {0};
        byte[][] next = {null};
        turn.books.store.scan(Family.EDITED, new byte[0], from, (key, value) -> {
            if (looked[0]++ >= STEP) {
                next[0] = key;
                return false;
            }
            if (Keys.number(value) < turn.nowMicros - DAY_MICROS) old.add(key);
            return true;
        });
        for (byte[] key : old) turn.changes.delete(Family.EDITED, key);
        from = next[0];
        return from == null;
    }

    private boolean history(Turn turn) {
        List<byte[]> old = new ArrayList<>();
        int[] looked = {0};
        byte[][] next = {null};
        turn.books.store.scan(Family.HISTORY, new byte[0], from, (key, value) -> {
            if (looked[0]++ >= STEP) {
                next[0] = key;
                return false;
            }
            if (History.micros(key) < beforeMicros && !ofConsent(History.fact(key, value), turn.books.model)) {
                old.add(key);
            }
            return true;
        });
        for (byte[] key : old) turn.changes.delete(Family.HISTORY, key);
        from = next[0];
        return from == null;
    }

    private static boolean ofConsent(Fact fact, Model model) {
        return fact.field() >= 0
                && fact.field() < model.fields().size()
                && model.field(fact.field()).isConsent();
    }
}
