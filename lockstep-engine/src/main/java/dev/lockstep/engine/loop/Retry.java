package dev.lockstep.engine.loop;

import dev.lockstep.core.machine.Message;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Keys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries again, in steps, all that a platform has refused: it has changed since. */
final class Retry implements Job {
    private static final int STEP = 200;

    private final int platform;
    private byte @Nullable [] from;
    private boolean over;

    Retry(int platform) {
        this.platform = platform;
    }

    @Override
    public boolean step(Turn turn) {
        if (over) return true;
        List<byte[]> found = new ArrayList<>();
        turn.books.store.peek(Family.FAILED, Keys.number(platform), from, (key, value) -> {
            found.add(key);
            return found.size() <= STEP;
        });
        boolean more = found.size() > STEP;
        from = more ? found.removeLast() : null;
        Commands.recheck(turn, found.stream().map(Errand::of).toList(), Message.Why.RETRY);
        return !more;
    }

    @Override
    public void failed(RuntimeException why) {
        // Those that are left are listed still, and may be tried by hand.
        over = true;
    }
}
