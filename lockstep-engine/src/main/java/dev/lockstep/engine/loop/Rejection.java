package dev.lockstep.engine.loop;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.Due;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Keys;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes back, in steps, what a guard has stopped and a person has rejected: first the edits, so that nothing is due for
 * them any more, then the holds. Begun again where a crash left it.
 */
final class Rejection implements Job {
    private static final int STEP = 300;

    @Override
    public boolean step(Turn turn) {
        Guard guard = turn.books.guard;
        Tally tally = guard.rejecting();
        if (tally == null) return true;
        boolean drip = tally.cause.kind() == Cause.Kind.DRIP;
        int room = drip ? STEP : STEP - takeBack(turn, tally.cause, STEP);
        if (room > 0 && letGo(turn, tally, room, drip)) guard.rejected(turn, tally);
        return false;
    }

    /** Answers how many records were taken back, at most so many. */
    private static int takeBack(Turn turn, Cause cause, int most) {
        List<byte[]> found = Release.some(turn, Family.EDITED, Keys.editedBy(cause), most);
        for (byte[] key : found) {
            RecordName record = Keys.editedRecord(key);
            Release.because(turn);
            turn.run(Address.Slot.of(record), new Message.TakeBack(record, cause));
            turn.changes.delete(Family.EDITED, key);
        }
        return found.size();
    }

    /** Answers whether none is left. */
    private static boolean letGo(Turn turn, Tally tally, int most, boolean drip) {
        List<byte[]> found = Release.some(turn, Family.HELD, tally.heldPrefix(), most);
        int room = most;
        Set<Cause> done = new HashSet<>();
        for (byte[] key : found) {
            Due stopped = drip ? turn.stopped(Tally.heldErrand(key)) : null;
            // Of what came in drops each drop has a cause of its own.
            if (stopped != null && done.add(stopped.cause())) room -= takeBack(turn, stopped.cause(), room);
            if (room <= 0) return false;
            room--;
            Release.letGo(turn, key);
        }
        return found.size() < most;
    }
}
