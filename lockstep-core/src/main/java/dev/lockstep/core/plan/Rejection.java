package dev.lockstep.core.plan;

import dev.lockstep.core.edit.Undoing;
import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.Creation;
import dev.lockstep.core.state.Due;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Member.Removal;
import org.jspecify.annotations.Nullable;

/** An operator takes back what a cause has edited. To be followed by a new plan, which puts the platforms back. */
public final class Rejection {
    private Rejection() {}

    /** @return whether the record had anything of that cause */
    public static boolean takeBack(GroupState group, Member member, Cause cause, Context context, Step out) {
        if (!Undoing.takeBack(member, cause, context, out)) return false;
        if (member.removal == Removal.RETURNS) spreadNoMore(group, member, context);
        // What is due from now on is due by the operator's word.
        for (Member other : group.members.values()) if (isOf(cause, other.due)) other.due = null;
        for (Creation creation : group.creations) if (isOf(cause, creation.due)) creation.due = null;
        return true;
    }

    private static boolean isOf(Cause cause, @Nullable Due due) {
        return due != null && due.cause().equals(cause);
    }

    /** Records that were deleted since this one was, or are just being deleted, come back with it. */
    private static void spreadNoMore(GroupState group, Member member, Context context) {
        Customer customer = Customer.of(group, member.name, context.model());
        if (customer == null || Deletion.of(customer, context.model()) != null) return;
        for (Member other : customer.members()) {
            boolean going = other.flight != null && other.flight.write().kind() == Write.Kind.DELETE;
            if (other.removal == Removal.SPREAD && (!other.live || going)) other.removal = Removal.RETURNS;
        }
    }

    /** A record was made: whoever was to return there has done so. */
    static void putBack(GroupState group, Member made) {
        RecordName by = made.madeFor;
        Member maker = by == null ? null : group.members.get(by);
        if (maker == null) return;
        for (Member gone : group.members.values()) {
            boolean there = !gone.live && gone.name.platform() == made.name.platform();
            if (there && gone.removal == Removal.RETURNS && gone.customer.equals(maker.customer)) {
                gone.removal = Removal.LEFT;
            }
        }
    }
}
