package dev.lockstep.engine.loop;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Effect;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.state.RecordState;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Keys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a full read. What is known and was not seen may be gone: it is looked at again where the platform can read
 * one record, since a disappearance counts only when a second look confirms it.
 */
final class ListEnd implements Job {
    private static final int STEP = 500;

    private final Lane lane;
    private final Mailbox mailbox;
    private final boolean reads;
    private long beganMicros;
    private byte @Nullable [] from;

    ListEnd(Lane lane, Mailbox mailbox, boolean reads) {
        this.lane = lane;
        this.mailbox = mailbox;
        this.reads = reads;
    }

    @Override
    public boolean step(Turn turn) {
        if (beganMicros == 0) beganMicros = turn.nowMicros;
        boolean last = !lane.marking || !missing(turn);
        if (last) end(turn);
        return last;
    }

    /** Answers whether there may be more. */
    private boolean missing(Turn turn) {
        List<byte[]> found = new ArrayList<>();
        turn.books.store.unseen(Keys.number(lane.number), from, (key, value) -> {
            found.add(key);
            return found.size() <= STEP;
        });
        boolean more = found.size() > STEP;
        from = more ? found.removeLast() : null;
        for (byte[] key : found) {
            Address.Slot slot = Keys.slot(key);
            if (!lives(turn, slot)) continue;
            if (reads) {
                turn.look(new Effect.Look(slot.platform(), slot.key()));
            } else {
                Observation gone = Observation.gone(
                        slot.platform(),
                        slot.key(),
                        Observation.Origin.FULL,
                        0,
                        dev.lockstep.core.model.Stamp.UNDATED,
                        turn.nowMicros);
                turn.because(new Cause(Cause.Kind.READ, slot.platform(), beganMicros));
                turn.run(slot, new Message.Seen(gone));
            }
        }
        return more;
    }

    /** Whether a record is known to live under this key. */
    static boolean lives(Turn turn, Address.Slot slot) {
        RecordState state = turn.record(slot);
        if (state.occupant == null) return false;
        var member = turn.memberOf(state.occupant);
        return member != null && member.live;
    }

    private void end(Turn turn) {
        turn.meta(Meta.read(lane.number), "1");
        turn.meta(Meta.listed(lane.number), Long.toString(lane.listBeganMicros));
        turn.meta(Meta.relist(lane.number), null);
        Since.heard(turn, lane);
        turn.meta(Meta.lost(lane.number), null);
        turn.changes.deleteAll(Family.SEEN, Keys.number(lane.number));
        turn.afterCommit(() -> {
            lane.read = true;
            lane.listedMicros = lane.listBeganMicros;
            lane.relist = false;
            lane.lost = false;
            lane.listing = false;
            lane.marking = false;
            lane.expected = -1;
            mailbox.hold(lane.number, false);
        });
    }
}
