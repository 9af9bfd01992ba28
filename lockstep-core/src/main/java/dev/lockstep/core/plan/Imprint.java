package dev.lockstep.core.plan;

import dev.lockstep.core.state.ColumnState;
import dev.lockstep.core.state.Flight;
import dev.lockstep.core.state.Member;
import org.jspecify.annotations.Nullable;

/**
 * What a plan takes from a record, to be compared with a later one: most of what is heard (echoes, what is read again)
 * leaves it as it was, and nothing has to be planned.
 *
 * @param claimChanges how often it has said anything
 * @param rest a hash of all else, by the hashes of its texts
 */
public record Imprint(boolean live, Member.Removal removal, int claimChanges, long rest) {

    public static Imprint of(Member member) {
        return new Imprint(member.live, member.removal, member.claimChanges(), rest(member));
    }

    /** What has changed since then is what the record holds, and nothing that it says to others. */
    public boolean concernsItAlone(Imprint before) {
        return live == before.live && removal == before.removal && claimChanges == before.claimChanges;
    }

    private static long rest(Member member) {
        long hash = mix(0, member.goneMicros);
        hash = mix(hash, member.key.hashCode());
        hash = mix(hash, member.madeFor == null ? 0 : 1);
        hash = mix(hash, member.held.size());
        hash = mix(hash, member.formers.size());
        hash = flight(hash, member.flight);
        // What of a write counts once it is acknowledged is what the columns hold by it.
        hash = mix(hash, member.acked.isEmpty() || member.live ? 0 : member.acked.size());
        hash = mix(hash, member.looking ? 1 : 0);
        hash = mix(hash, member.pausedUntilMicros);
        hash = text(hash, member.refusal);
        hash = mix(hash, member.refusedPlan);
        for (int i = 0; i < member.columns.size(); i++) {
            ColumnState column = member.columns.get(i);
            if (column == null) hash = mix(hash, -1);
            else hash = column(text(hash, member.actual(i)), column);
        }
        return hash;
    }

    private static long column(long before, ColumnState column) {
        long sum = column.wroteMicros;
        sum = sum * 31 + hash(column.wrote);
        sum = sum * 31 + column.pausedUntilMicros;
        sum = sum * 31 + column.reversals;
        sum = sum * 31 + (column.contested ? 1 : 0) + (column.archived ? 2 : 0);
        sum = sum * 31 + hash(column.kept);
        sum = sum * 31 + hash(column.taken);
        return mix(before, sum * 31 + hash(column.unparsed));
    }

    private static long flight(long hash, @Nullable Flight flight) {
        return flight == null ? mix(hash, 0) : mix(mix(hash, flight.write().id()), flight.unclear() ? 1 : 0);
    }

    private static long text(long hash, @Nullable String text) {
        return mix(hash, hash(text));
    }

    private static long hash(@Nullable String text) {
        return text == null ? 0 : 1L + (text.hashCode() & 0xFFFF_FFFFL);
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014), over a running sum. */
    private static long mix(long hash, long more) {
        long z = hash * 31 + more + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
