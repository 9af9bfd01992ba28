package dev.lockstep.core.identity;

import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.Member;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** The customers within a group: a pure function of its members. */
public final class Partition {
    private Partition() {}

    public static SortedMap<RecordName, RecordName> customers(Collection<Member> members, Model model) {
        SortedMap<RecordName, RecordName> customers = new TreeMap<>();
        for (Member member : members) customers.put(member.name, member.name);
        return customers;
    }
}
