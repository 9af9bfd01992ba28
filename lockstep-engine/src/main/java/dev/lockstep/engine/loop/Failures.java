package dev.lockstep.engine.loop;

import dev.lockstep.core.state.Creation;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import dev.lockstep.engine.store.Changes;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Keys;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** The list of refused writes: kept up with each batch by what the touched groups held before and after. */
public final class Failures {
    private Failures() {}

    /** A refusal as stored. */
    public record Failure(long sinceMicros, String reason) {
        public static Failure decode(byte[] bytes) {
            return new Failure(
                    ByteBuffer.wrap(bytes).getLong(),
                    new String(bytes, 8, bytes.length - 8, java.nio.charset.StandardCharsets.UTF_8));
        }

        byte[] encode() {
            byte[] text = Keys.utf8(reason);
            return ByteBuffer.allocate(8 + text.length)
                    .putLong(sinceMicros)
                    .put(text)
                    .array();
        }
    }

    /** Errand (as stored) → reason, of one group; mostly none. */
    static Map<Errand, String> of(GroupState group) {
        Map<Errand, String> found = Map.of();
        for (Member member : group.members.values()) {
            if (member.refusal == null || !member.live) continue;
            if (found.isEmpty()) found = new TreeMap<>(java.util.Comparator.comparing(Errand::toString));
            found.put(new Errand(member.name.platform(), false, member.name), member.refusal);
        }
        for (Creation creation : group.creations) {
            if (creation.refusal == null) continue;
            if (found.isEmpty()) found = new TreeMap<>(java.util.Comparator.comparing(Errand::toString));
            found.put(new Errand(creation.platform, true, creation.by), creation.refusal);
        }
        return found;
    }

    /** Stores what changed. */
    static void store(Map<Errand, String> before, Map<Errand, String> after, Changes changes, long nowMicros) {
        if (before.equals(after)) return;
        for (Errand errand : before.keySet()) {
            if (!after.containsKey(errand)) changes.delete(Family.FAILED, errand.key());
        }
        after.forEach((errand, reason) -> {
            if (!reason.equals(before.get(errand))) put(errand, reason, changes, nowMicros);
        });
    }

    static void put(Errand errand, String reason, Changes changes, long nowMicros) {
        changes.put(Family.FAILED, errand.key(), new Failure(nowMicros, reason).encode());
    }
}
