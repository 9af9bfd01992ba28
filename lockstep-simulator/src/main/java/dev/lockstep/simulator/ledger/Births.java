package dev.lockstep.simulator.ledger;

import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Names records in the order in which the host learns of them: of one that it made by the receipt. */
final class Births {
    /** The next number, by platform and key. */
    private final TreeMap<String, Integer> counts = new TreeMap<>();
    /** By platform and key: a record that we made and that nobody was shown yet. */
    private final TreeMap<String, Reserved> reserved = new TreeMap<>();

    /** Made by us and deleted by us before any stream has shown it: the version of its end. */
    private final TreeMap<RecordName, Long> ends = new TreeMap<>();

    /**
     * @param by the record under whose claim it was made
     * @param version of its platform, when it was made
     */
    record Reserved(RecordName name, RecordName by, long version) {}

    RecordName next(int platform, String key) {
        return new RecordName(platform, key, counts.merge(platform + ":" + key, 1, Integer::sum) - 1);
    }

    void reserve(Write write, String key, long version) {
        RecordName name = next(write.platform(), key);
        reserved.put(write.platform() + ":" + key, new Reserved(name, write.record(), version));
    }

    /** The one that was made there; null when there is none, or this version is of the time before. */
    @Nullable
    Reserved reserved(int platform, String key, long version) {
        Reserved one = reserved.get(platform + ":" + key);
        if (one == null || version < one.version) return null;
        reserved.remove(platform + ":" + key);
        return one;
    }

    /** We have deleted one that nobody was shown. */
    void end(RecordName name, long version) {
        ends.put(name, version);
    }

    /** The version of its end, when we had deleted it before it was shown; else null. */
    @Nullable
    Long ended(RecordName name) {
        return ends.remove(name);
    }
}
