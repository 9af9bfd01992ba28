package dev.lockstep.core.identity;

import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Member.Level;
import java.util.Map;
import java.util.SortedMap;

/** Lines of history about records that joined a customer or left one. */
final class Moves {
    private Moves() {}

    /**
     * Compares the customers that members are still noted under with those they now belong to. That a customer is named
     * anew, since its senior record has come or gone, is neither a join nor a split for those who stay together.
     */
    static void tell(GroupState state, SortedMap<RecordName, RecordName> customers, Context context, Step out) {
        for (Member member : state.members.values()) {
            RecordName now = customers.getOrDefault(member.name, member.name);
            RecordName before = member.customer;
            if (now.equals(before)) continue;
            if (!now.equals(customers.get(before))) {
                out.fact(fact(member, Fact.Kind.LEFT, before, "", context));
            }
            Member senior = state.members.get(now);
            if (senior != null && !senior.customer.equals(before)) {
                out.fact(fact(member, Fact.Kind.JOINED, now, reason(member, state, customers, context), context));
            }
        }
    }

    private static Fact fact(Member member, Fact.Kind kind, RecordName customer, String detail, Context context) {
        return new Fact(member.name, context.nowMicros(), kind, -1, -1, null, null, Stamp.UNDATED, customer, detail);
    }

    /** The first identifier that it shares with another record of its customer; empty when others lie between. */
    private static String reason(
            Member member, GroupState state, SortedMap<RecordName, RecordName> customers, Context context) {
        Map<IdentifierKey, Level> levels = Components.levels(state.members.values());
        RecordName customer = customers.get(member.name);
        for (IdentifierKey identifier : member.identifiers.keySet()) {
            Level level = levels.getOrDefault(identifier, Level.ALL);
            if (!level.joins(member.identifiers.get(identifier))) continue;
            for (Member other : state.members.values()) {
                if (other == member || customer == null || !customer.equals(customers.get(other.name))) continue;
                if (level.joins(other.identifiers.get(identifier))) return words(identifier, context.model());
            }
        }
        return member.made() ? "made by Lockstep" : "";
    }

    private static String words(IdentifierKey identifier, Model model) {
        if (identifier.isLink()) return "a person's word";
        return model.field(identifier.field()).name() + " " + identifier.value();
    }
}
