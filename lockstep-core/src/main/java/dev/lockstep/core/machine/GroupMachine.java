package dev.lockstep.core.machine;

import dev.lockstep.core.edit.Receipts;
import dev.lockstep.core.edit.Reread;
import dev.lockstep.core.identity.Membership;
import dev.lockstep.core.identity.Stance;
import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.plan.Contests;
import dev.lockstep.core.plan.Creating;
import dev.lockstep.core.plan.FirstSight;
import dev.lockstep.core.plan.Forgetting;
import dev.lockstep.core.plan.Holding;
import dev.lockstep.core.plan.Imprint;
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
        touch(state, message);
        if (message instanceof Message.Forget(int platform)) {
            Forgetting.platform(group, state, platform, context, out);
            return;
        }
        Context heard = message instanceof Message.Told told ? late(state, told, context) : context;
        Replan due = message instanceof Message.Told told
                ? told(group, state, told, heard, out)
                : Replan.groupIf(Membership.on(group, state, message, heard, out));
        if (due == Replan.NOTHING || !heard.planning()) return;
        Planner planner = new Planner(state, heard, out);
        if (due == Replan.RECORD && message instanceof Message.Told told) {
            planner.refresh(Objects.requireNonNull(state.members.get(told.record())));
        } else {
            planner.refresh();
        }
    }

    /** Before a message is heard: what of whom it may change, beside what follows from it. */
    private static void touch(GroupState state, Message.ToGroup message) {
        Member member = message instanceof Message.Told told ? state.members.get(told.record()) : null;
        Message.ToRecord heard = message instanceof Message.Told told ? told.message() : null;
        if (member != null && heard != null && isHeard(heard, member)) {
            member.touch();
        } else if (member != null && heard instanceof Message.Go go && !go.create()) {
            member.bytes = null;
        } else {
            for (Member each : state.members.values()) each.touch();
        }
    }

    /** For whom a plan depends on what has changed. */
    private enum Replan {
        NOTHING,
        /** The record that was told. */
        RECORD,
        GROUP;

        static Replan groupIf(boolean changed) {
            return changed ? GROUP : NOTHING;
        }
    }

    /** A first sight that has waited is a part of what it was seen with, and not of what it has waited for. */
    private static Context late(GroupState state, Message.Told told, Context context) {
        boolean hears = told.message() instanceof Message.Clear || told.message() instanceof Message.Made;
        Member member = hears ? state.members.get(told.record()) : null;
        if (member == null || member.held.isEmpty()) return context;
        return context.because(Cause.of(member.held.getFirst()));
    }

    private Replan told(RecordName group, GroupState state, Message.Told told, Context context, Step out) {
        Creating creating = new Creating(group, state, context, out);
        Member member = state.members.get(told.record());
        if (told.message() instanceof Message.Made made && (made.born() || member != null)) {
            boolean named = creating.named(told.record(), made);
            if (named) named(group, state, told.record(), made, creating, context, out);
            return Replan.groupIf(named);
        }
        if (member == null) {
            RecordMachine.tellAgain(told, out);
            return Replan.NOTHING;
        }
        if (told.message() instanceof Message.Recheck recheck && ofWorkspace(recheck.why())) {
            changed(group, state, recheck.why(), context, out);
            return Replan.GROUP;
        }
        if (told.message() instanceof Message.Entrust(RecordName by, Message.Absorb token, long write)) {
            creating.over(write, token.tokens().getFirst().name);
            Membership.on(group, state, token, context, out);
            return Replan.GROUP;
        }
        int said = member.said;
        // Most of what is heard are echoes and receipts of our own, or edits that change nobody's customer.
        boolean heard = isHeard(told.message(), member);
        Stance stance = heard ? Stance.of(member, context.model()) : null;
        Imprint before = heard && Planner.hasPlanned(state, context.model()) ? Imprint.of(member) : null;
        if (!take(told.message(), member, creating, state, context, out)) return Replan.NOTHING;
        Imprint now = before == null ? null : Imprint.of(member);
        boolean same = now != null && now.equals(before) && member.said == said;
        if (same && member.told > 0) return Replan.NOTHING;
        boolean identifiers = Membership.claimsChanged(group, state, member, context, out);
        boolean mayMove = identifiers
                || member.told == 0
                || !Stance.of(member, context.model()).equals(stance);
        if (mayMove) {
            for (Member each : state.members.values()) each.bytes = null;
            Membership.settle(group, state, context, out);
        }
        boolean alone = now != null && before != null && now.concernsItAlone(before);
        return alone && !mayMove && member.said == said ? Replan.RECORD : Replan.GROUP;
    }

    /** @return whether anything that a plan depends on may have changed */
    private boolean take(
            Message.ToRecord message, Member member, Creating creating, GroupState state, Context context, Step out) {
        switch (message) {
            case Message.Seen seen -> {
                return seen(member, seen.observation(), state, context, out);
            }
            case Message.SeenAs seen -> {
                return seen(member, seen.observation(), state, context, out);
            }
            case Message.Clear clear -> {
                return FirstSight.clear(member, clear.identifier(), context, out);
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
                return Rejection.takeBack(state, member, back.cause(), context, out);
            }
            case Message.NameAgain again -> creating.nameAgain(again.writeId());
            case Message.NotMade not -> creating.notMade(not.writeId());
            case Message.Reserved reserved -> creating.reserved(reserved);
            case Message.Recheck recheck -> recheck(state, member, recheck.why(), context, out);
            case Message.Answer answer -> Contests.answer(state, member, answer, context, out);
            case Message.Decided decided -> decided(member, decided.decision(), context, out);
            case Message.StatusOf status -> {
                return Membership.standing(state, status);
            }
            default -> throw new IllegalStateException("no group is told " + message);
        }
        return true;
    }

    private static boolean seen(Member member, Observation seen, GroupState state, Context context, Step out) {
        Restored before = context.cause().kind() == Cause.Kind.RESTORED ? Restored.before(member) : null;
        boolean heard = FirstSight.seen(member, seen, context, out);
        if (heard && before != null) before.settle(state, context.model());
        return heard;
    }

    private static void named(
            RecordName group,
            GroupState state,
            RecordName name,
            Message.Made made,
            Creating creating,
            Context context,
            Step out) {
        Member named = Objects.requireNonNull(state.members.get(name));
        Membership.claimsChanged(group, state, named, context, out);
        long write = made.flight().write().id();
        if (state.members.containsKey(made.by())) creating.over(write, name);
        else Membership.entrust(state, named, made.by(), write, out);
        Membership.settle(group, state, context, out);
    }

    private static boolean ofWorkspace(Message.Why why) {
        return why == Message.Why.WORKSPACE || why == Message.Why.IDENTITY;
    }

    /** The workspace has changed: for all members, whoever of them was told. */
    private static void changed(RecordName group, GroupState state, Message.Why why, Context context, Step out) {
        for (Member member : state.members.values()) {
            Reread.claims(member, context, out);
            recheck(state, member, why, context, out);
            Membership.claimsChanged(group, state, member, context, out);
        }
        Membership.settle(group, state, context, out);
        if (why == Message.Why.IDENTITY) Membership.claimAgain(group, state, out);
    }

    private static boolean isHeard(Message.ToRecord message, Member member) {
        if (message instanceof Message.Landed(var record, Receipt receipt)) {
            return member.flight != null && member.flight.write().id() == receipt.write();
        }
        return message instanceof Message.Seen || message instanceof Message.SeenAs;
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
