package dev.lockstep.core.plan;

import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.Write.Cell;
import dev.lockstep.core.state.Creation;
import dev.lockstep.core.state.Due;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Member.Removal;
import org.jspecify.annotations.Nullable;

/**
 * Keeps, for all that is to be written, what set it off; and what of it a guard has stopped. Whatever stands in the
 * plan of a record when it is stopped stays so, and what is added to it, until a person lets it go or nothing is left
 * to write; only a consent that is withdrawn meanwhile gets through.
 */
final class Dues {
    private Dues() {}

    /** Learns what is due to a record now; answers the part of it that may be written. */
    static Draft refresh(Member member, Draft full, Cause cause, Model model) {
        Draft draft = open(member, full, model);
        if (full.isEmpty()) letGo(member);
        else if (member.stopped != null && isNews(member.stopped, plan(full), cause)) member.behind = cause;
        member.due = due(member.due, draft, plan(draft), risk(draft), cause);
        return draft;
    }

    /** Of what is to be written to a record, the part that no guard has stopped. */
    static Draft open(Member member, Draft full, Model model) {
        Due held = member.stopped;
        if (held == null || full.isEmpty()) return full;
        Draft open = new Draft();
        open.contested.addAll(full.contested);
        open.paused = full.paused;
        open.unparsed.addAll(full.unparsed);
        open.taken = full.taken;
        open.review = full.review;
        if (held.withdraws() || !full.urgent || full.removal != Removal.NONE) return open;
        PlatformModel platform = model.platform(member.name.platform());
        for (int i = 0; i < full.cells.size(); i++) {
            Cell cell = full.cells.get(i);
            if (!withdraws(cell, platform, model)) continue;
            open.cells.add(cell);
            open.stamps.add(full.stamps.get(i));
            open.winners.add(full.winners.get(i));
            open.risk = Due.LOSES;
            open.urgent = true;
        }
        return open;
    }

    private static boolean withdraws(Cell cell, PlatformModel platform, Model model) {
        Column column = platform.columns().get(cell.column());
        if (!model.isConsent(column)) return false;
        var value = column.lens().read(cell.raw()).valueOrNull();
        return value == null || !value.key().equals("granted");
    }

    static void refresh(Creation creation, Draft draft, Cause cause) {
        creation.due = due(creation.due, draft, plan(draft), Due.CHANGES, cause);
    }

    private static @Nullable Due due(@Nullable Due before, Draft draft, int plan, int risk, Cause cause) {
        if (draft.isEmpty()) return null;
        if (before != null && before.plan() == plan) return before;
        boolean goesOn = cause.kind() == Cause.Kind.NONE || cause.kind() == Cause.Kind.APPROVED;
        Cause why = before != null && goesOn ? before.cause() : cause;
        return new Due(plan, why, risk, draft.urgent, false);
    }

    private static int risk(Draft draft) {
        return draft.removal == Removal.NONE ? draft.risk : Due.DELETES;
    }

    /** By what is to be written, whatever is there. */
    private static int plan(Draft draft) {
        int plan = draft.removal.ordinal();
        for (Cell cell : draft.cells) {
            plan = plan * 31 + cell.column();
            plan = plan * 31 + (cell.raw() == null ? 0 : cell.raw().hashCode());
        }
        return plan;
    }

    private static boolean isNews(Due stopped, int plan, Cause cause) {
        return cause.edits() && stopped.plan() != plan && !stopped.cause().equals(cause);
    }

    /** A person lets go what is stopped; what others have added to it since is due for their reason. */
    static void letGo(Member member) {
        member.due = member.behind == null ? null : new Due(0, member.behind, 0, false, false);
        member.stopped = null;
        member.behind = null;
    }

    /** A guard stops what is due to a record. */
    static void hold(Member member) {
        Due due = member.due;
        if (due == null) return;
        boolean withdraws = due.withdraws() || member.stopped != null && member.stopped.withdraws();
        member.stopped = new Due(due.plan(), due.cause(), due.risk(), withdraws, false);
        member.behind = null;
        member.due = null;
    }
}
