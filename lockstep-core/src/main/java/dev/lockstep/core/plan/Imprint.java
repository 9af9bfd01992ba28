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
 * @param rest a hash of all else, equal for different ones as seldom as two random numbers of 64 bits are
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
        long hash = mix(before, column.wroteMicros);
        hash = text(hash, column.wrote);
        hash = mix(hash, column.pausedUntilMicros);
        hash = mix(hash, column.reversals);
        hash = mix(hash, (column.contested ? 1 : 0) + (column.archived ? 2 : 0));
        hash = text(hash, column.kept);
        hash = text(hash, column.taken);
        return text(hash, column.unparsed);
    }

    private static long flight(long hash, @Nullable Flight flight) {
        return flight == null ? mix(hash, 0) : mix(mix(hash, flight.write().id()), flight.unclear() ? 1 : 0);
    }

    private static long text(long hash, @Nullable String text) {
        return text == null ? mix(hash, 0) : mix(mix(hash, text.hashCode()), 1L + text.length());
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014), over a running sum. */
    private static long mix(long hash, long more) {
        long z = hash * 31 + more + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
