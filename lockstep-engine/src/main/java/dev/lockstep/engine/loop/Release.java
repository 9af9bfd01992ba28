package dev.lockstep.engine.loop;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.Cause;
import dev.lockstep.engine.store.Family;
import java.util.ArrayList;
import java.util.List;

/** Lets go, in steps, what a guard has stopped and a person has approved. Begun again where a crash left it. */
final class Release implements Job {
    private static final int STEP = 300;

    @Override
    public boolean step(Turn turn) {
        Guard guard = turn.books.guard;
        Tally tally = guard.releasing();
        if (tally == null) return true;
        List<byte[]> found = new ArrayList<>();
        turn.books.store.peek(Family.HELD, tally.heldPrefix(), null, (key, value) -> {
            found.add(key);
            return found.size() < STEP;
        });
        for (byte[] key : found) {
            Errand errand = Tally.heldErrand(key);
            turn.because(new Cause(Cause.Kind.APPROVED, -1, turn.nowMicros));
            turn.run(
                    Address.Slot.of(errand.record()),
                    new Message.LetGo(errand.record(), errand.platform(), errand.create()));
            turn.changes.delete(Family.HELD, key);
        }
        if (found.size() < STEP) guard.released(turn, tally);
        return guard.releasing() == null;
    }
}
