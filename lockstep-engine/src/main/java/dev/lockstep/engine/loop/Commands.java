package dev.lockstep.engine.loop;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.Decision;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.view.ApprovalView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators tell the loop to do, each within a turn. */
public final class Commands {
    private Commands() {}

    /** A person's word about a pair of records: told to both. */
    public static void decide(Turn turn, RecordName one, RecordName other, boolean same) {
        turn.run(Address.Slot.of(one), new Message.Decided(one, new Decision(other, same, turn.nowMicros)));
        turn.run(Address.Slot.of(other), new Message.Decided(other, new Decision(one, same, turn.nowMicros)));
    }

    /** A person's answer about a column that its platform keeps changing back. */
    public static void answer(Turn turn, RecordName record, int column, boolean ours) {
        turn.run(Address.Slot.of(record), new Message.Answer(record, column, ours));
    }

    /** Tries refused writes again, or forgets them. */
    public static void recheck(Turn turn, List<Errand> errands, Message.Why why) {
        for (Errand errand : errands) {
            turn.changes.delete(Family.FAILED, errand.key());
            turn.run(Address.Slot.of(errand.record()), new Message.Recheck(errand.record(), why));
        }
    }

    /** Lets go what the guard has stopped; false when it holds nothing of that id. */
    public static boolean approve(Turn turn, String id) {
        return turn.books.guard.approve(turn, id);
    }

    /** Takes back what the guard has stopped; null when it holds nothing of that id. */
    public static @Nullable ApprovalView reject(Turn turn, String id) {
        return turn.books.guard.reject(turn, id);
    }

    /** @param platform null: all of them */
    public static void pause(Turn turn, @Nullable Integer platform, boolean paused) {
        Books books = turn.books;
        if (platform == null) {
            turn.meta(Meta.PAUSED, paused ? "1" : null);
            turn.afterCommit(() -> books.allPaused = paused);
            return;
        }
        Lane lane = books.lanes.get(platform);
        turn.meta(Meta.paused(platform), paused ? "1" : null);
        turn.afterCommit(() -> lane.paused = paused);
    }

    /** The platform is to be read again in full. */
    public static void resync(Turn turn, int platform) {
        Lane lane = turn.books.lanes.get(platform);
        turn.meta(Meta.relist(platform), "1");
        turn.afterCommit(() -> lane.relist = true);
    }
}
