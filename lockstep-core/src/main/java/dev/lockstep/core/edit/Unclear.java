package dev.lockstep.core.edit;

import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.ColumnState;
import dev.lockstep.core.state.Flight;
import dev.lockstep.core.state.Member;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a read tells of a write of ours whose outcome stayed unclear, where no stream names our writes.
 *
 * <p>What is as we sent it is ours. But for consents: nothing tells our word from that of a person who said the same,
 * or who took back at once what we wrote. What is found out then is a person's word (docs/decisions/0036).
 *
 * <pre>
 * we granted it,  found withdrawn  ⇒  withdrawn, unless nobody has changed the record since before
 * we withdrew it, found so         ⇒  withdrawn
 * </pre>
 */
final class Unclear {
    private final Flight flight;
    private final Member member;
    private final PlatformModel platform;
    private final Observation seen;
    private final Context context;
    private final Step out;

    /** What there is of a column. */
    enum Tells {
        NOTHING,
        /** It is as we wrote it. */
        OURS,
        /** It counts as a person's withdrawal, of what the column is known to hold. */
        WITHDRAWN
    }

    Unclear(Flight flight, Member member, Observation seen, Context context, Step out) {
        this.flight = flight;
        this.member = member;
        this.platform = context.model().platform(member.name.platform());
        this.seen = seen;
        this.context = context;
        this.out = out;
    }

    Flight flight() {
        return flight;
    }

    Tells of(Column column, ColumnState state, @Nullable String raw, boolean firstSight) {
        int index = flight.indexOf(column.number());
        if (index < 0) return Tells.NOTHING;
        boolean consent = context.model().isConsent(column) && platform.heard() && column.heard() && column.first();
        Write.Cell sent = flight.write().cells().get(index);
        if (consent && loosens(column, sent) && Doubts.withdraws(column, sent.raw(), raw)) {
            if (unchangedSince(state.knownMicros)) return Tells.NOTHING;
            // For all we know it was applied.
            state.raw = sent.raw();
            state.stampMicros = flight.stamps().get(index);
            return Tells.WITHDRAWN;
        }
        boolean ours = (firstSight || !Objects.equals(raw, state.raw)) && holds(column, raw, flight);
        if (!ours) return Tells.NOTHING;
        Receipts.applied(member, flight, index, context, out);
        boolean update = flight.write().kind() == Write.Kind.UPDATE;
        return consent && update && Doubts.withdraws(column, state.raw, raw) ? Tells.WITHDRAWN : Tells.OURS;
    }

    /** It grants; or takes a withdrawal back, where there is no word for a grant. */
    private static boolean loosens(Column column, Write.Cell sent) {
        return Doubts.grants(column, sent.raw())
                || Doubts.withdraws(column, null, sent.expected()) && !Doubts.withdraws(column, null, sent.raw());
    }

    /** The column holds what the write was to put there, in whatever spelling. */
    static boolean holds(Column column, @Nullable String raw, @Nullable Flight flight) {
        Write.Cell cell = Edits.cell(flight, column.number());
        if (cell == null) return false;
        if (Objects.equals(raw, cell.raw())) return true;
        return raw != null && cell.raw() != null && column.lens().isSpelling(raw, cell.raw());
    }

    private boolean unchangedSince(long micros) {
        return seen.datedMicros() != Stamp.UNDATED && seen.datedMicros() + platform.clockBoundMicros() < micros;
    }
}
