package dev.lockstep.engine.loop;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.RecordState;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Keys;
import java.util.ArrayList;
import java.util.List;

/** Forgets what is known of a platform, in steps; begun again where a crash left it. No run may be working. */
public final class Leaving {
    private static final int STEP = 200;

    private Leaving() {}

    /** Some write to it, or for the sake of its records, has gone out and its outcome is not known. */
    public static boolean busy(Turn turn, int platform) {
        return turn.books.open.all().values().stream()
                .anyMatch(errand ->
                        errand.platform() == platform || errand.record().platform() == platform);
    }

    /** From now on it is being forgotten, whatever happens. */
    public static void begin(Turn turn, int platform) {
        turn.meta(Meta.leaving(platform), "1");
    }

    /** Answers how many records this step forgot; none when there are no more. */
    public static int step(Turn turn, int platform) {
        turn.unplanned();
        List<byte[]> keys = new ArrayList<>();
        turn.books.store.peek(Family.RECORDS, Keys.number(platform), null, (key, value) -> {
            keys.add(key);
            return keys.size() < STEP;
        });
        for (byte[] key : keys) forget(turn, Keys.slot(key), platform);
        return keys.size();
    }

    private static void forget(Turn turn, Address.Slot slot, int platform) {
        RecordState state = turn.record(slot);
        for (int birth = 0; birth < state.born.size(); birth++) {
            RecordName name = new RecordName(platform, slot.key(), birth);
            turn.run(new Address.Group(state.born.get(birth).owner), new Message.Forget(platform));
            turn.changes.deleteAll(Family.HISTORY, Keys.historyOf(name));
        }
        state.clear();
    }

    /** When no record is left: the rest of what is kept by its number. */
    public static void end(Turn turn, int platform) {
        for (Family family : List.of(Family.WANTS, Family.LOOKS, Family.FAILED, Family.SEEN)) {
            turn.changes.deleteAll(family, Keys.number(platform));
        }
        for (String name : Meta.ofPlatform(platform)) turn.meta(name, null);
    }
}
