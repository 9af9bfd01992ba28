package dev.lockstep.simulator.ledger;

import dev.lockstep.core.model.Observation;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.simulator.Agenda;
import dev.lockstep.simulator.platform.Shape;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The stamps, or their bounds, of what people said and of what our writes left. */
final class Dating {
    private final Map<Long, Carried> sent;
    private final Map<Long, Long> answered;
    private boolean initial = true;

    Dating(Map<Long, Carried> sent, Map<Long, Long> answered) {
        this.sent = sent;
        this.answered = answered;
    }

    void ours(LedgerRecord.Cell cell, long write, int column, @Nullable String before, long atMicros) {
        Carried carried = sent.get(write);
        long[] bounds = carried == null ? null : carried.byColumn().get(column);
        cell.carriedFrom = bounds == null ? Said.UNDATED : bounds[0];
        cell.carriedTo = bounds == null ? Said.UNDATED : bounds[1];
        cell.withdrawnAt =
                carried == null ? Said.UNDATED : carried.withdrawnAt().getOrDefault(column, Said.UNDATED);
        cell.wroteMicros = atMicros;
        cell.madeMicros = Math.min(atMicros, answered.getOrDefault(write, atMicros));
        cell.wrote = cell.raw;
        cell.replaced = before;
        cell.byJob = false;
    }

    /** A read that was not of the stream: what was written over in between was ours, though nobody showed it. */
    void passOver(LedgerRecord.Cell cell, int column, long version) {
        LedgerRecord.Acked acked = cell.acked;
        if (acked == null || !cell.known || acked.version() <= cell.version || acked.version() >= version) return;
        String before = cell.raw;
        cell.raw = acked.raw();
        ours(cell, acked.write(), column, before, acked.atMicros());
    }

    Said said(
            LedgerRecord record,
            SimulatedPlatform platform,
            Shape shape,
            Observation seen,
            Edit edit,
            boolean firstSight,
            boolean maybeOurs) {
        LedgerRecord.Cell cell = record.cells[shape.number()];
        long from = edit.platformMicros();
        long to = seen.observedMicros() + 2 * platform.habits().pollMicros();
        if (seen.origin() == Observation.Origin.STREAM || (firstSight && seen.datedMicros() != Said.UNDATED)) {
            from = to = Math.min(seen.datedMicros(), seen.observedMicros());
        } else if (firstSight && initial) {
            from = to = Said.UNDATED;
        } else if (firstSight) {
            from -= 3 * platform.habits().pollMicros();
        }
        from = Math.min(from, seen.observedMicros());
        // Of a record that is there again, it was said after that was gone, whatever its date.
        if (firstSight && shape.type() == FieldType.CONSENT && record.goneTo != 0) to = Math.max(to, record.goneTo + 1);
        if (cell.carriedFrom != Said.UNDATED) from = Math.max(from, cell.carriedFrom + 1);
        if (cell.carriedTo != Said.UNDATED) to = Math.max(to, cell.carriedTo + 1);
        boolean soon = cell.wroteMicros != Said.UNDATED
                && seen.observedMicros() - cell.wroteMicros < platform.model().settleMicros() + Agenda.MINUTE;
        boolean likeReplaced = Objects.equals(shape.read(edit.raw()), shape.read(cell.replaced));
        // What our create did not send counts as the platform's default, where nobody saw it change.
        Carried maker = firstSight && seen.origin() != Observation.Origin.STREAM ? sent.get(record.madeBy) : null;
        boolean byDefault = maker != null && !maker.byColumn().containsKey(shape.number());
        boolean settles = !firstSight
                && soon
                && likeReplaced
                && (shape.type() != FieldType.CONSENT || "granted".equals(edit.value()));
        // Heard of late, what a job has put back is an edit as any other.
        boolean maybe = settles || byDefault || maybeOurs || edit.by() == Edit.By.JOB;
        return new Said(
                edit.number(),
                shape.read(edit.raw()),
                edit.raw(),
                from,
                to,
                cell.carriedTo,
                cell.withdrawnAt,
                platform.number(),
                firstSight,
                maybe);
    }

    /** From now on what has no date was not there before. */
    void firstReadingEnds() {
        initial = false;
    }
}
