package dev.lockstep.core.machine;

import dev.lockstep.core.edit.Receipts;
import dev.lockstep.core.edit.Reread;
import dev.lockstep.core.identity.Membership;
import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.plan.Contests;
import dev.lockstep.core.plan.Creating;
import dev.lockstep.core.plan.FirstSight;
import dev.lockstep.core.plan.Forgetting;
import dev.lockstep.core.plan.Holding;
import dev.lockstep.core.plan.Planner;
import dev.lockstep.core.plan.Rejection;
import dev.lockstep.core.plan.Restored;
import dev.lockstep.core.state.ColumnState;
import dev.lockstep.core.state.Creation;
import dev.lockstep.core.state.Decision;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import java.util.Objects;

/**
 * The machine of one group of records: it holds everything about them, and decides everything about them. What is told
 * changes what is known; then who is one customer; then what is to be written.
 */
final class GroupMachine {

    void on(RecordName group, GroupState state, Message.ToGroup message, Context context, Step out) {
        if (message instanceof Message.Forget(int platform)) {
            Forgetting.platform(group, state, platform, context, out);
            return;
        }
        Context heard = message instanceof Message.Told told ? late(state, told, context) : context;
        boolean changed = message instanceof Message.Told told
                ? told(group, state, told, heard, out)
                : Membership.on(group, state, message, heard, out);
        if (changed && heard.planning()) new Planner(state, heard, out).refresh();
    }

    /** A first sight that has waited is a part of what it was seen with, and not of what it has waited for. */
    private static Context late(GroupState state, Message.Told told, Context context) {
        boolean hears = told.message() instanceof Message.Clear || told.message() instanceof Message.Made;
        Member member = hears ? state.members.get(told.record()) : null;
        if (member == null || member.held.isEmpty()) return context;
        return context.because(Cause.of(member.held.getFirst()));
    }

    /** @return whether anything that a plan depends on may have changed */
    private boolean told(RecordName group, GroupState state, Message.Told told, Context context, Step out) {
        Creating creating = new Creating(group, state, context, out);
        if (told.message() instanceof Message.Made made) {
            return creating.named(told.record(), made) && named(group, state, told.record(), made, context, out);
        }
        Member member = state.members.get(told.record());
        if (member == null) {
            RecordMachine.tellAgain(told, out);
            return false;
        }
        int said = member.said;
        Restored before = context.cause().kind() == Cause.Kind.RESTORED ? Restored.before(member) : null;
        switch (told.message()) {
            case Message.Seen seen -> {
                if (!FirstSight.seen(member, seen.observation(), context, out)) return false;
            }
            case Message.SeenAs seen -> {
                if (!FirstSight.seen(member, seen.observation(), context, out)) return false;
            }
            case Message.Clear clear -> {
                if (!FirstSight.clear(member, clear.identifier(), context, out)) return false;
            }
            case Message.Born born -> creating.born(born.observation());
            case Message.Landed landed -> {
                if (!creating.landed(landed.receipt())) Receipts.landed(member, landed.receipt(), context, out);
            }
            case Message.Go go -> {
                if (go.create()) creating.go(go.record(), go.platform(), go.writeId());
                else new Planner(state, context, out).go(member, go.writeId());
                return false;
            }
            case Message.Hold hold -> Holding.hold(state, member, hold, context, out);
            case Message.LetGo letGo -> Holding.letGo(state, member, letGo);
            case Message.TakeBack back -> {
                if (!Rejection.takeBack(state, member, back.cause(), context, out)) return false;
            }
            case Message.NameAgain again -> creating.nameAgain(again.writeId());
            case Message.Named named -> creating.over(named.writeId(), named.made());
            case Message.Reserved reserved -> creating.reserved(reserved);
            case Message.Recheck recheck -> {
                if (ofWorkspace(recheck.why())) return changed(group, state, recheck.why(), context, out);
                recheck(state, member, recheck.why(), context, out);
            }
            case Message.Answer answer -> Contests.answer(state, member, answer, context, out);
            case Message.Decided decided -> decided(member, decided.decision(), context, out);
            case Message.StatusOf status -> {
                if (!Membership.standing(state, status)) return false;
                Membership.settle(group, state, context, out);
                return true;
            }
            default -> throw new IllegalStateException("no group is told " + told.message());
        }
        if (before != null) before.settle(state, context.model());
        boolean identifiers = Membership.claimsChanged(group, state, member, context, out);
        // Most of what is heard are echoes and receipts of our own: they change nobody's customer.
        boolean mayMove = identifiers || member.said != said || member.told == 0 || !isHeard(told.message());
        if (mayMove) Membership.settle(group, state, context, out);
        return true;
    }

    private static boolean named(
            RecordName group, GroupState state, RecordName name, Message.Made made, Context context, Step out) {
        Member named = Objects.requireNonNull(state.members.get(name));
        Membership.claimsChanged(group, state, named, context, out);
        Membership.entrust(state, named, made.group(), out);
        Membership.settle(group, state, context, out);
        return true;
    }

    private static boolean ofWorkspace(Message.Why why) {
        return why == Message.Why.WORKSPACE || why == Message.Why.IDENTITY;
    }

    /** The workspace has changed: for all members, whoever of them was told. */
    private static boolean changed(RecordName group, GroupState state, Message.Why why, Context context, Step out) {
        for (Member member : state.members.values()) {
            Reread.claims(member, context, out);
            recheck(state, member, why, context, out);
            Membership.claimsChanged(group, state, member, context, out);
        }
        Membership.settle(group, state, context, out);
        if (why == Message.Why.IDENTITY) Membership.claimAgain(group, state, out);
        return true;
    }

    private static boolean isHeard(Message.ToRecord message) {
        return message instanceof Message.Seen
                || message instanceof Message.SeenAs
                || message instanceof Message.Landed;
    }

    private static void recheck(GroupState state, Member member, Message.Why why, Context context, Step out) {
        if (member.looking) Receipts.look(member, context, out);
        if (why == Message.Why.TIME) return;
        if (why == Message.Why.DROP) {
            member.refusal = null;
            for (Creation creation : state.creations) if (creation.by.equals(member.name)) creation.refusal = null;
            return;
        }
        for (ColumnState column : member.columns) if (column != null) column.taken = null;
        if (why == Message.Why.RETRY) {
            member.refusal = null;
            member.refusedPlan = 0;
        }
        for (Creation creation : state.creations) {
            if (!creation.by.equals(member.name) || creation.refusal != null && why != Message.Why.RETRY) continue;
            creation.refusal = null;
            creation.refusedPlan = 0;
            creation.taken = false;
        }
    }

    private static void decided(Member member, Decision decision, Context context, Step out) {
        Decision known = member.decisions.get(decision.other());
        if (known != null && known.stampMicros() >= decision.stampMicros()) return;
        member.decisions.put(decision.other(), decision);
        String said = (decision.same() ? "same as " : "different from ") + decision.other();
        out.fact(Fact.of(member.name, context.nowMicros(), Fact.Kind.DECIDED, said));
    }
}
