package dev.lockstep.simulator.ledger;

import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Names records in the order in which the host learns of them: of one that it made by the receipt. */
final class Births {
    /** The next number, by platform and key. */
    private final TreeMap<String, Integer> counts = new TreeMap<>();
    /** By platform and key: a record that we made and that nobody was shown yet. */
    private final TreeMap<String, Reserved> reserved = new TreeMap<>();
    /** Updates of records that nobody was shown yet, as they were acknowledged. */
    private final TreeMap<RecordName, List<Update>> updates = new TreeMap<>();

    /**
     * @param by the record under whose claim it was made
     * @param write of ours that made it
     * @param version of its platform, when it was made
     */
    record Reserved(RecordName name, RecordName by, Write write, long version) {}

    record Update(Write write, long ackedMicros) {}

    RecordName next(int platform, String key) {
        return new RecordName(platform, key, counts.merge(platform + ":" + key, 1, Integer::sum) - 1);
    }

    /** A receipt may be heard twice. */
    void reserve(Write write, String key, long version) {
        Reserved known = reserved.get(write.platform() + ":" + key);
        if (known != null && known.write.id() == write.id()) return;
        RecordName name = next(write.platform(), key);
        reserved.put(write.platform() + ":" + key, new Reserved(name, write.record(), write, version));
    }

    /** The one that was made there; null when there is none, or this version is of the time before. */
    @Nullable
    Reserved reserved(int platform, String key, long version) {
        Reserved one = reserved.get(platform + ":" + key);
        if (one == null || version < one.version) return null;
        reserved.remove(platform + ":" + key);
        return one;
    }

    void updated(Write update, long ackedMicros) {
        updates.computeIfAbsent(update.record(), record -> new ArrayList<>()).add(new Update(update, ackedMicros));
    }

    List<Update> updatesOf(RecordName record) {
        return updates.getOrDefault(record, List.of());
    }

    /** The record under whose claim we made this one, which nobody was shown yet; null when we did not. */
    @Nullable
    RecordName madeFor(RecordName unseen) {
        Reserved one = reserved.get(unseen.platform() + ":" + unseen.key());
        return one != null && one.name.equals(unseen) ? one.by : null;
    }

    /** The one that we made, was not shown to anybody, and that this is to delete; null when there is none. */
    @Nullable
    Reserved unseen(Write delete) {
        Reserved one = reserved.get(delete.platform() + ":" + delete.key());
        return one != null && one.name.equals(delete.record()) ? one : null;
    }
}
