package dev.lockstep.simulator.checkers;

import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import dev.lockstep.simulator.Sometimes;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.World.Phase;
import dev.lockstep.simulator.ledger.LedgerRecord;
import dev.lockstep.simulator.ledger.WhoIsWho;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Promise 2, and who is who: customers and their ids equal those computed from scratch over all that was said. */
final class SameCustomers implements Checker {
    @Override
    public void atRest(World world, Phase phase) {
        TreeMap<RecordName, TreeSet<RecordName>> theirs = new TreeMap<>();
        TreeSet<RecordName> members = new TreeSet<>();
        for (Map.Entry<RecordName, GroupState> group : world.host().groups().entrySet()) {
            if (!group.getKey().equals(group.getValue().members.firstKey())) {
                broken(world, "the group " + group.getKey() + " is not kept by its least record");
            }
            for (Member member : group.getValue().members.values()) {
                if (!members.add(member.name)) broken(world, member.name + " is in two groups");
                theirs.computeIfAbsent(member.customer, c -> new TreeSet<>()).add(member.name);
            }
        }
        for (List<LedgerRecord> part : world.ledger.whoIsWho().customers()) {
            TreeSet<RecordName> names = new TreeSet<>();
            for (LedgerRecord record : part) names.add(record.name);
            if (names.size() > 2) world.sometimes(Sometimes.THREE_RECORDS_OR_MORE);
            RecordName id = WhoIsWho.idOf(part);
            if (!theirs.containsValue(names)) {
                broken(world, "from scratch " + names + " are one customer; the core has " + of(theirs, names));
            } else if (id != null && !names.equals(theirs.get(id))) {
                broken(world, "customer " + names + " should bear the id " + id);
            }
        }
    }

    private static Map<RecordName, TreeSet<RecordName>> of(
            TreeMap<RecordName, TreeSet<RecordName>> theirs, TreeSet<RecordName> names) {
        TreeMap<RecordName, TreeSet<RecordName>> those = new TreeMap<>();
        theirs.forEach((id, members) -> {
            for (RecordName name : names) if (members.contains(name)) those.put(id, members);
        });
        return those;
    }
}
