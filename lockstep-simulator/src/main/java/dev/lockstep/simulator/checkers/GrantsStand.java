package dev.lockstep.simulator.checkers;

import dev.lockstep.core.golden.Golden;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.Doubt;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import dev.lockstep.simulator.Sometimes;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.ledger.LedgerRecord;
import dev.lockstep.simulator.ledger.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Promise 8, the other way round: who opts in where the platform attests it, later than every withdrawal by more than
 * the clocks may be off, or in sight of the last, is in. Who answers every doubt with "out" loses such people.
 */
final class GrantsStand implements Checker {
    @Override
    public void committed(World world, List<Fact> facts) {
        for (Fact fact : facts) {
            if (fact.kind() != Fact.Kind.EDIT
                    || !world.model.field(fact.field()).isConsent()) continue;
            LedgerRecord record = world.ledger.record(fact.record());
            if (record == null) continue;
            List<Said> log = record.consents.getOrDefault(fact.field(), List.of());
            if (log.isEmpty() || !"granted".equals(log.getLast().value())) continue;
            List<LedgerRecord> customer =
                    new ArrayList<>(world.ledger.whoIsWho().customerOf(record.name));
            List<Member> members = members(world, customer, record.name);
            if (members.isEmpty()
                    || doubted(members, fact.field())
                    || !stands(world, record, log.getLast(), customer, fact.field())) continue;
            Value golden = Golden.of(members, world.model).field(fact.field()).value();
            world.sometimes(Sometimes.GRANT_STANDS);
            if (golden != null && golden.key().equals("granted")) continue;
            broken(world, record.name + " was opted in, and nothing stands against it: " + log.getLast());
        }
    }

    /**
     * A read has shown a withdrawal that may be a write of ours or a person's word, and what tells is on its way: until
     * then it counts (docs/decisions/0031).
     */
    private static boolean doubted(List<Member> members, int field) {
        for (Member member : members) {
            Doubt doubt = member.doubts.get(field);
            if (doubt != null && doubt.withdraws() && (member.flight != null || member.looking)) return true;
        }
        return false;
    }

    private static boolean stands(
            World world, LedgerRecord record, Said grant, List<LedgerRecord> customer, int field) {
        if (!grant.exact() || grant.firstSight()) return false;
        LedgerRecord seen = seen(record, grant, customer, field);
        for (LedgerRecord other : customer) {
            for (Said said : other.consents.getOrDefault(field, List.of())) {
                if (!"withdrawn".equals(said.value())) continue;
                if (!said.exact()) return false;
                long bound = other == record ? 0 : bound(world, grant) + bound(world, said);
                if (grant.to() - bound <= said.to() && other != seen) return false;
            }
        }
        return true;
    }

    /**
     * It was made on top of the last withdrawal of that record, and so of those before it; null when of several nobody
     * knows which it was. Of its own record its person has seen all.
     */
    private static @Nullable LedgerRecord seen(
            LedgerRecord record, Said grant, List<LedgerRecord> customer, int field) {
        LedgerRecord seen = null;
        for (LedgerRecord other : customer) {
            if (!sawAllOf(grant, other, field)) continue;
            if (seen != null || other == record) return null;
            seen = other;
        }
        return seen;
    }

    private static boolean sawAllOf(Said grant, LedgerRecord other, int field) {
        long last = Said.UNDATED;
        for (Said said : other.consents.getOrDefault(field, List.of())) {
            if ("withdrawn".equals(said.value())) last = Math.max(last, said.to());
        }
        return grant.saw() != Said.UNDATED && grant.saw() == last;
    }

    private static long bound(World world, Said said) {
        return world.model.platform(said.platform()).clockBoundMicros();
    }

    /** The customer as the core has it; empty while it has another idea of who that is, as before a first sight. */
    private static List<Member> members(World world, List<LedgerRecord> customer, RecordName of) {
        TreeSet<RecordName> names = new TreeSet<>();
        for (LedgerRecord record : customer) names.add(record.name);
        for (GroupState group : world.host().groups().values()) {
            Member known = group.members.get(of);
            if (known == null) continue;
            List<Member> members = new ArrayList<>();
            for (Member member : group.members.values()) {
                if (!member.customer.equals(known.customer)) continue;
                members.add(member);
                names.remove(member.name);
            }
            return names.isEmpty() && members.size() == customer.size() ? members : List.of();
        }
        return List.of();
    }
}
