package dev.lockstep.engine.loop;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.Cause;
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
        Cause cause = cause(books);
        turn.because(cause);
        boolean first = cause.kind() == Cause.Kind.FIRST;
        FirstCounts counts =
                new FirstCounts(books.lanes.size(), first ? Meta.get(books.store, Meta.FIRST_COUNTS) : null);
        Message.Why why = books.claimAgain ? Message.Why.IDENTITY : Message.Why.WORKSPACE;
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
            turn.run(new Address.Group(least), new Message.Told(least, new Message.Recheck(least, why)));
            if (first) counts.count(turn.group(least));
        }
        byte[] goesOn = next;
        int planned = done;
        turn.meta(Meta.SWEEP, goesOn == null ? null : HexFormat.of().formatHex(goesOn));
        if (first) turn.meta(Meta.FIRST_COUNTS, goesOn == null ? null : counts.text());
        turn.afterCommit(() -> {
            books.sweep = goesOn;
            if (goesOn == null && first) books.plannedFirst(counts);
            books.swept += planned;
            books.sweeping = goesOn != null;
            // After a single step that went well the next may be larger again.
            step = Math.min(most, step * 2);
            passOver = false;
        });
        return goesOn == null;
    }

    /** A rehearsal sweeps for no reason. */
    private static Cause cause(Books books) {
        String stored = books.rehearsal ? null : Meta.get(books.store, Meta.SWEEP_CAUSE);
        if (stored == null) return Cause.NONE;
        int space = stored.indexOf(' ');
        Cause.Kind kind = Cause.Kind.valueOf(stored.substring(0, space));
        return new Cause(kind, -1, Long.parseLong(stored.substring(space + 1)));
    }

    /** Begins one, in this turn. */
    static void begin(Turn turn, Cause cause) {
        Books books = turn.books;
        turn.meta(Meta.SWEEP_CAUSE, cause.kind().name() + " " + cause.mark());
        turn.meta(Meta.SWEEP, "");
        String identity = Since.identity(books.model);
        String before = Meta.get(books.store, Meta.IDENTITY);
        boolean unfinished = books.sweep != null && books.claimAgain;
        boolean again = unfinished || before != null && !before.equals(identity);
        turn.meta(Meta.IDENTITY, identity);
        turn.meta(Meta.SWEEP_CLAIMS, again ? "1" : null);
        turn.afterCommit(() -> {
            books.claimAgain = again;
            books.sweep = new byte[0];
            books.swept = 0;
            books.sweeping = true;
            books.plansFirst = cause.kind() == Cause.Kind.FIRST;
        });
    }
}
