package dev.lockstep.engine.loop;

import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.Model;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.History;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Forgets history older than the workspace says, once a day, in steps; what was said of a consent stays always. */
final class Pruning implements Job {
    static final long DAY_MICROS = 86_400_000_000L;
    private static final int STEP = 5000;

    private final long beforeMicros;
    private byte @Nullable [] from;

    Pruning(long beforeMicros) {
        this.beforeMicros = beforeMicros;
    }

    @Override
    public boolean step(Turn turn) {
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
        if (from == null) turn.meta(Meta.PRUNED, Long.toString(turn.nowMicros));
        return from == null;
    }

    private static boolean ofConsent(Fact fact, Model model) {
        return fact.field() >= 0
                && fact.field() < model.fields().size()
                && model.field(fact.field()).isConsent();
    }
}
