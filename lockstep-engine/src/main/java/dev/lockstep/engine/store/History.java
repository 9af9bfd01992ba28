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

    /** The last so many lines, oldest first. */
    public List<Fact> of(RecordName record, int most) {
        List<Fact> all = new ArrayList<>();
        store.peek(Family.HISTORY, Keys.historyOf(record), null, (key, value) -> {
            all.add(FactCodec.decode(key, value));
            return true;
        });
        return all.size() <= most ? all : all.subList(all.size() - most, all.size());
    }
}
