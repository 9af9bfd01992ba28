package dev.lockstep.engine.loop;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Keys;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Plans every group: when the first reading is complete, and when the workspace has changed. Where it stands is durable
 * with each step, so that a crash costs one step.
 */
final class Sweep implements Job {
    private final int most;
    private int step;
    /** The next group fails alone: it is passed over. */
    private boolean passOver;

    Sweep(int most) {
        this.most = most;
        this.step = most;
    }

    @Override
    public void failed(RuntimeException why) {
        passOver = step == 1;
        step = 1;
    }

    @Override
    public boolean step(Turn turn) {
        Books books = turn.books;
        byte[] from = books.sweep;
        if (from == null) return true;
        List<byte[]> found = new ArrayList<>();
        books.store.scan(Family.GROUPS, new byte[0], from, (key, value) -> {
            found.add(key);
            return found.size() <= step;
        });
        boolean more = found.size() > step;
        byte[] next = more ? found.removeLast() : null;
        for (byte[] key : found) {
            if (passOver) continue;
            RecordName least = Keys.name(key);
            if (turn.group(least).isEmpty()) continue;
            turn.run(new Address.Group(least), new Message.Told(least, new Message.Recheck(least, Message.Why.PLAN)));
        }
        turn.meta(Meta.SWEEP, next == null ? null : HexFormat.of().formatHex(next));
        turn.afterCommit(() -> {
            books.sweep = next;
            books.swept += found.size();
            books.sweeping = next != null;
            // After a single step that went well the next may be larger again.
            step = Math.min(most, step * 2);
            passOver = false;
        });
        return !more;
    }

    /** Begins one, in this turn. */
    static void begin(Turn turn) {
        Books books = turn.books;
        turn.meta(Meta.SWEEP, "");
        turn.afterCommit(() -> {
            books.sweep = new byte[0];
            books.swept = 0;
            books.sweeping = true;
        });
    }
}
