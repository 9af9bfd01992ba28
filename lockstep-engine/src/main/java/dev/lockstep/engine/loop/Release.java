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
        List<byte[]> found = some(turn, Family.HELD, tally.heldPrefix(), STEP);
        for (byte[] key : found) letGo(turn, key);
        if (found.size() < STEP) guard.released(turn, tally);
        return guard.releasing() == null;
    }

    /** What is held under this key may go; or, after its edit was taken back, finds that nothing is due. */
    static void letGo(Turn turn, byte[] heldKey) {
        Errand errand = Tally.heldErrand(heldKey);
        because(turn);
        turn.run(
                Address.Slot.of(errand.record()),
                new Message.LetGo(errand.record(), errand.platform(), errand.create()));
        turn.changes.delete(Family.HELD, heldKey);
    }

    static void because(Turn turn) {
        turn.because(new Cause(Cause.Kind.APPROVED, -1, turn.nowMicros));
    }

    /** The first keys that begin so, at most so many. */
    static List<byte[]> some(Turn turn, Family family, byte[] prefix, int most) {
        List<byte[]> found = new ArrayList<>();
        turn.books.store.peek(family, prefix, null, (key, value) -> {
            found.add(key);
            return found.size() < most;
        });
        return found;
    }
}
