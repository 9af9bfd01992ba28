package dev.lockstep.core.plan;

import dev.lockstep.core.edit.Edits;
import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.state.ColumnState;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Columns that a platform keeps changing back, and a person's answers about them. */
public final class Contests {
    private Contests() {}

    /**
     * @param ours what we last wrote there, which {@code member} does not keep
     */
    public record Contest(
            Member member, Column column, @Nullable String ours) {}

    /** Those of a group that wait for an answer now. */
    public static List<Contest> of(GroupState group, Model model) {
        List<Contest> found = new ArrayList<>();
        if (!any(group)) return found;
        for (Customer customer : Customer.of(group, model)) {
            Desired desired = new Desired(model, group, customer, 0);
            for (Member member : customer.members()) {
                for (int number : desired.of(member).contested) {
                    Column column =
                            model.platform(member.name.platform()).columns().get(number);
                    found.add(new Contest(member, column, Objects.requireNonNull(member.column(number)).wrote));
                }
            }
        }
        return found;
    }

    /** Whether there may be some: a column whose difference has gone since keeps its mark. */
    public static boolean any(GroupState group) {
        for (Member member : group.members.values()) {
            if (!member.live || !member.mayBeContested) continue;
            for (ColumnState state : member.columns) if (state != null && state.contested) return true;
        }
        return false;
    }

    /** A computed column says nothing, and nobody consents by an operator's word. */
    public static boolean speaks(Column column, Model model) {
        return column.field() >= 0 && model.field(column.field()).computed() == null && !model.isConsent(column);
    }

    /** Ours: it is written again, and counted from the start. Theirs: it counts as said there now, by a person. */
    public static void answer(GroupState group, Member member, Message.Answer answer, Context context, Step out) {
        ColumnState state = member.column(answer.column());
        if (state == null || !state.contested || !member.live) return;
        Column column =
                context.model().platform(member.name.platform()).columns().get(answer.column());
        if (!answer.ours() && !speaks(column, context.model())) return;
        out.fact(new Fact(
                member.name,
                context.nowMicros(),
                Fact.Kind.DECIDED,
                column.field(),
                column.number(),
                state.wrote,
                state.raw,
                context.nowMicros(),
                null,
                answer.ours() ? "ours: it is written again" : "theirs: it counts as said there now"));
        if (answer.ours()) {
            state.contested = false;
            state.reversals = 0;
            state.pausedUntilMicros = 0;
            return;
        }
        Customer before = Objects.requireNonNull(Customer.of(group, member.name, context.model()));
        long seenMicros = before.golden().field(column.field()).micros();
        Edits.confirm(member, column, seenMicros, context, out);
        Customer after = Objects.requireNonNull(Customer.of(group, member.name, context.model()));
        // Where a rule trusts others more the two go on to differ, and nothing is written.
        state.contested = !column.lens()
                .agrees(state.raw, after.golden().field(column.field()).value());
    }
}
