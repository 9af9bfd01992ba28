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
    private static final long LONGEST_NANOS = 100_000_000;

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
        long start = System.nanoTime();
        int done = 0;
        for (byte[] key : found) {
            // Inputs wait while a step is worked out, and whoever asks how far it is.
            if (done > 0 && System.nanoTime() - start > LONGEST_NANOS) {
                next = key;
                break;
            }
            done++;
            if (passOver) continue;
            RecordName least = Keys.name(key);
            if (turn.group(least).isEmpty()) continue;
            turn.run(new Address.Group(least), new Message.Told(least, new Message.Recheck(least, Message.Why.PLAN)));
        }
        byte[] goesOn = next;
        int planned = done;
        turn.meta(Meta.SWEEP, goesOn == null ? null : HexFormat.of().formatHex(goesOn));
        turn.afterCommit(() -> {
            books.sweep = goesOn;
            books.swept += planned;
            books.sweeping = goesOn != null;
            // After a single step that went well the next may be larger again.
            step = Math.min(most, step * 2);
            passOver = false;
        });
        return goesOn == null;
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
