package dev.lockstep.engine.loop;

import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.Observation;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Keys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every record of a platform is gone at once (TRUNCATE): each is told so, in steps. */
final class Empty implements Job {
    private static final int STEP = 300;

    private final Lane lane;
    private final Mailbox mailbox;
    private final Input.Emptied emptied;
    private byte @Nullable [] from;

    Empty(Lane lane, Mailbox mailbox, Input.Emptied emptied) {
        this.lane = lane;
        this.mailbox = mailbox;
        this.emptied = emptied;
    }

    @Override
    public boolean step(Turn turn) {
        List<byte[]> found = new ArrayList<>();
        turn.books.store.peek(Family.RECORDS, Keys.number(lane.number), from, (key, value) -> {
            found.add(key);
            return found.size() <= STEP;
        });
        boolean more = found.size() > STEP;
        from = more ? found.removeLast() : null;
        for (byte[] key : found) {
            var slot = Keys.slot(key);
            if (!ListEnd.lives(turn, slot)) continue;
            turn.because(new Cause(Cause.Kind.TRANSACTION, slot.platform(), emptied.version()));
            turn.run(
                    slot,
                    new Message.Seen(Observation.gone(
                            slot.platform(),
                            slot.key(),
                            Observation.Origin.STREAM,
                            emptied.version(),
                            emptied.datedMicros(),
                            turn.nowMicros)));
        }
        if (!more) turn.afterCommit(() -> mailbox.hold(lane.number, false));
        return !more;
    }
}
