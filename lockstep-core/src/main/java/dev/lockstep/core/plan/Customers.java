package dev.lockstep.core.plan;

import dev.lockstep.core.golden.Golden;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The customers of a group, kept with it until any of its records says something else, or is another customer's. */
final class Customers implements GroupState.Worked {
    private final Model model;
    private final List<Basis> basis;
    private final List<Customer> all;
    private boolean planned;

    /** What of a record they are made of. */
    private record Basis(Member member, RecordName customer, int changes) {}

    private Customers(GroupState group, Model model) {
        this.model = model;
        TreeMap<RecordName, List<Member>> parts = new TreeMap<>();
        basis = new ArrayList<>(group.members.size());
        for (Member member : group.members.values()) {
            basis.add(new Basis(member, member.customer, member.claimChanges()));
            parts.computeIfAbsent(member.customer, id -> new ArrayList<>(4)).add(member);
        }
        all = new ArrayList<>(parts.size());
        parts.forEach((id, members) -> all.add(new Customer(id, members, Golden.of(members, model))));
    }

    static List<Customer> of(GroupState group, Model model) {
        if (group.worked instanceof Customers known && known.hold(group, model)) return known.all;
        Customers customers = new Customers(group, model);
        group.worked = customers;
        return customers.all;
    }

    /** They were all planned as they are, by the workspace as it is. */
    static boolean arePlanned(GroupState group, Model model) {
        return group.worked instanceof Customers known && known.planned && known.model == model;
    }

    static void planned(GroupState group) {
        if (group.worked instanceof Customers known) known.planned = true;
    }

    private boolean hold(GroupState group, Model now) {
        if (model != now || basis.size() != group.members.size()) return false;
        int at = 0;
        for (Member member : group.members.values()) {
            Basis was = basis.get(at++);
            boolean same = was.member == member
                    && was.changes == member.claimChanges()
                    && was.customer.equals(member.customer);
            if (!same) return false;
        }
        return true;
    }
}
