package dev.lockstep.core.plan;

import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Effect;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.Creation;
import dev.lockstep.core.state.Flight;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Member.Removal;
import dev.lockstep.core.state.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the customers of a group should hold with what they hold, and asks for leave to write the difference.
 */
public final class Planner {
    private final GroupState group;
    private final Context context;
    private final Step out;

    public Planner(GroupState group, Context context, Step out) {
        this.group = group;
        this.context = context;
        this.out = out;
    }

    /** Sees what is to be done for every record, and for every record that is lacking. */
    public void refresh() {
        List<Creation> needed = new ArrayList<>();
        for (Customer customer : Customer.of(group, context.model())) {
            Desired desired = new Desired(context.model(), group, customer, context.nowMicros());
            for (Member member : customer.members()) refresh(member, desired.of(member));
            for (PlatformModel platform : context.model().platforms()) {
                if (!platform.retired()) creation(customer, platform, needed);
            }
        }
        for (Creation creation : group.creations) {
            if (needed.contains(creation) || creation.flight != null || creation.reserving != 0) continue;
            if (creation.wanted) out.effect(new Effect.Unwant(creation.platform, creation.by, true));
        }
        group.creations.removeIf(
                creation -> !needed.contains(creation) && creation.flight == null && creation.reserving == 0);
        Customers.planned(group);
    }

    /** The group was planned as the workspace is now: who has not changed since stands as planned. */
    public static boolean hasPlanned(GroupState group, Model model) {
        return Customers.arePlanned(group, model);
    }

    /**
     * After a change of what this record holds, and of nothing that it or another says: sees what is to be done for it
     * alone, where no other's plan depends on that.
     */
    public void refresh(Member member) {
        Customer customer = Objects.requireNonNull(Customer.of(group, member.name, context.model()));
        boolean alone = customer.members().size() == group.members.size()
                && customer.liveOn(member.name.platform()).size() < 2;
        if (alone) refresh(member, new Desired(context.model(), group, customer, context.nowMicros()).of(member));
        else refresh();
    }

    // ---- records

    private void refresh(Member member, Draft full) {
        member.bytes = null;
        Draft draft = Dues.refresh(member, full, context.cause(), context.model());
        review(member, draft);
        member.status = status(member, draft);
        boolean due = due(member, draft);
        if (due == member.wanted) return;
        member.wanted = due;
        int platform = member.name.platform();
        out.effect(
                due
                        ? new Effect.Want(platform, member.name, false, draft.urgent, group.members.firstKey())
                        : new Effect.Unwant(platform, member.name, false));
    }

    /** Said once, until a person has dropped it; taken back when its reason has gone. */
    private static void review(Member member, Draft draft) {
        int said = draft.review == null ? 0 : draft.review.hashCode();
        if (draft.review != null && draft.isEmpty() && member.refusedPlan != said) {
            member.refusal = draft.review;
            member.refusedPlan = said;
        } else if (draft.review == null && draft.isEmpty() && member.refusal != null) {
            member.refusal = null;
            member.refusedPlan = 0;
        }
    }

    private boolean due(Member member, Draft draft) {
        return member.status == Status.PENDING
                && !draft.isEmpty()
                && member.flight == null
                && !member.looking
                && member.pausedUntilMicros <= context.nowMicros();
    }

    private Status status(Member member, Draft draft) {
        PlatformModel platform = context.model().platform(member.name.platform());
        if (!member.live || !platform.writable()) return Status.OUT_OF_SCOPE;
        if (member.flight != null || member.looking) return Status.PENDING;
        if (!draft.isEmpty()) {
            if (member.refusedPlan != draft.fingerprint()) return Status.PENDING;
            return member.refusal == null ? Status.OUT_OF_SCOPE : Status.FAILED;
        }
        if (member.stopped != null) return Status.HELD;
        if (draft.review != null && member.refusal != null) return Status.FAILED;
        if (draft.paused) return Status.PENDING;
        if (!draft.contested.isEmpty()) return Status.CONTESTED;
        if (!draft.unparsed.isEmpty()) return Status.UNPARSED;
        return draft.taken ? Status.TAKEN : Status.IN_SYNC;
    }

    /** Leave has come: the write that {@code record} needs now is on its way, if it still needs one. */
    public void go(Member member, long writeId) {
        member.wanted = false;
        Draft draft = draft(member);
        member.status = status(member, draft);
        if (!due(member, draft)) {
            out.effect(new Effect.Unwant(member.name.platform(), member.name, false));
            return;
        }
        Write write = new Write(
                writeId,
                member.name.platform(),
                draft.removal == Removal.NONE ? Write.Kind.UPDATE : Write.Kind.DELETE,
                member.name,
                member.key,
                List.copyOf(draft.cells),
                List.of(),
                draft.urgent,
                draft.causeMicros());
        member.flight = flight(write, draft);
        member.removal = draft.removal;
        if (member.due != null) member.due = member.due.asCounted();
        member.status = Status.PENDING;
        out.effect(new Effect.Send(write));
    }

    private Draft draft(Member member) {
        Customer customer = Customer.of(group, member.name, context.model());
        if (customer == null) return new Draft();
        Draft full = new Desired(context.model(), group, customer, context.nowMicros()).of(member);
        return Dues.open(member, full, context.model());
    }

    private Flight flight(Write write, Draft draft) {
        return new Flight(write, List.copyOf(draft.stamps), draft.winners, context.nowMicros(), false);
    }

    // ---- records that are lacking

    private void creation(Customer customer, PlatformModel platform, List<Creation> needed) {
        Creation creation = creationOf(customer, platform.number());
        // One under way comes to its end, whatever is wanted by now.
        if (creation != null && (creation.flight != null || creation.reserving != 0)) return;
        Creates creates = new Creates(context.model(), group, customer);
        Draft draft = creates.on(platform);
        if (draft == null) return;
        if (creation == null) {
            creation = new Creation(creates.by(platform, draft), platform.number());
            group.creations.add(creation);
        }
        needed.add(creation);
        if (creation.refusedPlan != 0 && creation.refusedPlan != draft.fingerprint()) {
            creation.refusedPlan = 0;
            creation.refusal = null;
            creation.taken = false;
        }
        Dues.refresh(creation, draft, context.cause());
        boolean taken = creates.taken(platform, draft);
        if (taken != creation.taken && creation.refusedPlan == 0) creation.taken = taken;
        boolean due = !creation.taken && creation.refusedPlan == 0 && creation.pausedUntilMicros <= context.nowMicros();
        due &= creation.held == null;
        if (due == creation.wanted) return;
        creation.wanted = due;
        out.effect(
                due
                        ? new Effect.Want(platform.number(), creation.by, true, false, group.members.firstKey())
                        : new Effect.Unwant(platform.number(), creation.by, true));
    }

    /** After a join there may be two: the one under way counts. */
    private @Nullable Creation creationOf(Customer customer, int platform) {
        Creation found = null;
        for (Creation creation : group.creations) {
            if (creation.platform != platform || !customer.has(creation.by)) continue;
            if (creation.flight != null || creation.reserving != 0) return creation;
            if (found == null) found = creation;
        }
        return found;
    }
}
