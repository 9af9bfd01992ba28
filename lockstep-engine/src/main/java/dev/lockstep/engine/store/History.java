package dev.lockstep.engine.store;

import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.RecordName;
import java.util.ArrayList;
import java.util.List;

/** What happened to a record, as appended. */
public final class History {
    private final Store store;

    public History(Store store) {
        this.store = store;
    }

    /** When the line under this key was learnt. */
    public static long micros(byte[] key) {
        return Keys.historyMicros(key);
    }

    public static Fact fact(byte[] key, byte[] value) {
        return FactCodec.decode(key, value);
    }

    /** The last so many lines, newest first; what it costs does not grow with those before. */
    public List<Fact> of(RecordName record, int most) {
        List<Fact> last = new ArrayList<>();
        if (most <= 0) return last;
        store.peekBack(Family.HISTORY, Keys.historyOf(record), (key, value) -> {
            last.add(FactCodec.decode(key, value));
            return last.size() < most;
        });
        return last;
    }
}
