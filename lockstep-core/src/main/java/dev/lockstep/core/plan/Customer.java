package dev.lockstep.core.plan;

import dev.lockstep.core.golden.Golden;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of one customer, and what their claims come to.
 *
 * @param id the name of the senior record
 * @param members its records, dead ones included, in order of seniority
 * @param golden its golden record
 */
public record Customer(RecordName id, List<Member> members, Golden golden) {

    /** The customers of a group, by the members' own word on whom they belong to. */
    public static List<Customer> of(GroupState group, Model model) {
        return Customers.of(group, model);
    }

    /** The customer of a group that this record belongs to; null when it is of another group. */
    public static @Nullable Customer of(GroupState group, RecordName record, Model model) {
        Member member = group.members.get(record);
        if (member == null) return null;
        for (Customer customer : Customers.of(group, model)) if (customer.id.equals(member.customer)) return customer;
        throw new IllegalStateException(record + " is of no customer");
    }

    /** A customer none of whose records is live, or about to be put back, is no customer any more. */
    public boolean live() {
        for (Member member : members) if (member.live || returnsTo(member.name.platform())) return true;
        return false;
    }

    /** An operator has taken back that its record there was deleted. */
    boolean returnsTo(int platform) {
        Member last = lastGoneFrom(platform);
        return last != null
                && last.removal == Member.Removal.RETURNS
                && liveOn(platform).isEmpty();
    }

    /** The key of its record there that was the last to go; null when none is gone. */
    @Nullable
    String keyThere(int platform) {
        Member last = lastGoneFrom(platform);
        return last == null ? null : last.key;
    }

    /** Of its records that are gone from a platform the last to go; null when none is. */
    @Nullable
    Member lastGoneFrom(int platform) {
        Member last = null;
        for (Member member : members) {
            if (member.live || member.name.platform() != platform) continue;
            if (last == null || member.goneMicros > last.goneMicros) last = member;
        }
        return last;
    }

    public List<Member> liveOn(int platform) {
        List<Member> live = new ArrayList<>(2);
        for (Member member : members) if (member.live && member.name.platform() == platform) live.add(member);
        return live;
    }

    public boolean has(RecordName record) {
        for (Member member : members) if (member.name.equals(record)) return true;
        return false;
    }
}
