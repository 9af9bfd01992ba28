package dev.lockstep.core.edit;

import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Effect;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.ColumnState;
import dev.lockstep.core.state.Member;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a platform does of its own to a value we wrote, shortly after: it spells it in its own way, or goes back to the
 * value before. Neither is somebody's edit.
 */
final class Settle {
    /** So many reversals within {@link #REVERSALS_WITHIN_MICROS}, and the column is contested. */
    private static final int MOST_REVERSALS = 5;

    private static final long REVERSALS_WITHIN_MICROS = 600_000_000L;
    private static final long FIRST_PAUSE_MICROS = 1_000_000L;
    /** What is written again for ever, a consent, is so about every eight minutes in the end. */
    private static final int MOST_DOUBLINGS = 9;

    private Settle() {}

    static boolean explains(
            Column column,
            ColumnState state,
            @Nullable String raw,
            Member member,
            PlatformModel platform,
            long madeMicros,
            Context context,
            Step out) {
        if (state.wroteMicros == 0 || madeMicros - state.wroteMicros > platform.settleMicros()) return false;
        if (withdraws(column, state, raw, context)) return false;
        Reading now = column.lens().read(raw);
        if (now.sameAs(column.lens().read(state.replaced))
                && !now.sameAs(column.lens().read(state.wrote))) {
            reversed(column, state, raw, member, context, out);
            return true;
        }
        if (raw == null || state.wrote == null || !column.lens().isSpelling(raw, state.wrote)) return false;
        out.fact(fact(
                Fact.Kind.SPELLED, column, state, raw, member, context, "the platform's spelling of what we wrote"));
        return true;
    }

    /** Of a column that is written and not heard, any change of what we wrote is put right, as a reversal is. */
    static void drifted(
            Column column, ColumnState state, @Nullable String raw, Member member, Context context, Step out) {
        if (state.wroteMicros == 0
                || column.lens().read(raw).sameAs(column.lens().read(state.raw))) return;
        if (column.lens().isSpelling(raw, state.wrote)) return;
        reversed(column, state, raw, member, context, out);
    }

    /** Our own transaction may have left there what it found: something there, a trigger, changes it back at once. */
    static void afterOwn(Column column, Member member, Context context, Step out) {
        ColumnState state = member.column(column.number());
        // Mostly it holds just what we wrote; reading may take long.
        if (state == null || state.wroteMicros == 0 || Objects.equals(state.raw, state.wrote)) return;
        Reading now = column.lens().read(state.raw);
        boolean back = now.sameAs(column.lens().read(state.replaced))
                && !now.sameAs(column.lens().read(state.wrote))
                && !column.lens().isSpelling(state.raw, state.wrote);
        if (back) reversed(column, state, state.raw, member, context, out);
    }

    /** Any change away from a grant, and any to a withdrawal, is a person's until shown otherwise. */
    private static boolean withdraws(Column column, ColumnState state, @Nullable String raw, Context context) {
        if (!context.model().isConsent(column)) return false;
        Reading was = column.lens().read(state.raw);
        Reading now = column.lens().read(raw);
        return !now.sameAs(was) && (is(was, "granted") || is(now, "withdrawn"));
    }

    private static boolean is(Reading reading, String consent) {
        Value value = reading.valueOrNull();
        return value != null && value.key().equals(consent);
    }

    private static void reversed(
            Column column, ColumnState state, @Nullable String raw, Member member, Context context, Step out) {
        long now = context.nowMicros();
        long settle = context.model().platform(member.name.platform()).settleMicros();
        // Where little is seen in ten minutes, five looks.
        if (now - state.reversalsSinceMicros > Math.max(REVERSALS_WITHIN_MICROS, 5 * settle)) {
            state.reversals = 0;
            state.reversalsSinceMicros = now;
        }
        state.reversals++;
        state.contested = state.reversals >= MOST_REVERSALS;
        member.mayBeContested |= state.contested;
        Fact.Kind kind = state.contested ? Fact.Kind.CONTESTED : Fact.Kind.REVERSED;
        out.fact(fact(kind, column, state, raw, member, context, "changed back " + state.reversals + " times"));
        state.wroteMicros = 0;
        state.pausedUntilMicros = now + (FIRST_PAUSE_MICROS << Math.min(state.reversals, MOST_DOUBLINGS));
        boolean goesOn = !state.contested || context.model().isConsent(column);
        if (goesOn) out.effect(new Effect.Wake(state.pausedUntilMicros, member.name));
    }

    private static Fact fact(
            Fact.Kind kind,
            Column column,
            ColumnState state,
            @Nullable String raw,
            Member member,
            Context context,
            String detail) {
        return new Fact(
                member.name,
                context.nowMicros(),
                kind,
                column.field(),
                column.number(),
                state.wrote,
                raw,
                state.stampMicros,
                null,
                detail);
    }
}
