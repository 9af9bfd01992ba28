package dev.lockstep.simulator.ledger;

import dev.lockstep.core.model.RecordName;
import java.util.Map;
import java.util.TreeMap;

/** People's answers about pairs of records: of each the latest. */
public final class Decisions {
    private final TreeMap<String, Boolean> answers = new TreeMap<>();
    private final TreeMap<String, Long> micros = new TreeMap<>();

    /** By pair, as {@link #pair} names them: true for "same". */
    public Map<String, Boolean> answers() {
        return answers;
    }

    /** When the answer about this pair was given; {@link Said#UNDATED}: there is none. */
    public long micros(RecordName one, RecordName other) {
        return micros.getOrDefault(pair(one, other), Said.UNDATED);
    }

    /** @return whether it is news */
    boolean take(RecordName one, RecordName other, boolean same, long stampMicros) {
        if (micros(one, other) >= stampMicros) return false;
        answers.put(pair(one, other), same);
        micros.put(pair(one, other), stampMicros);
        return true;
    }

    public static String pair(RecordName one, RecordName other) {
        return one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
    }
}
