package dev.lockstep.simulator.ledger;

import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.Shape;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes of consents of which no answer came, where no stream names our writes: the record is read, and whether what is
 * found there is ours or a person's word nobody can tell but this ledger.
 */
final class Unclear {
    private final TreeSet<Long> writes = new TreeSet<>();

    /**
     * A consent that is asked for.
     *
     * @param write that was to change it
     * @param grants it was to grant it, or to take a withdrawal back
     * @param granted where it grants, there is a word for that; else it was to take a grant away
     * @param heardMicros reads that begin from then on tell
     */
    record Asked(long write, boolean grants, boolean granted, long sentMicros, long heardMicros) {}

    void add(Write write) {
        writes.add(write.id());
    }

    /** @return whether the record is read, and until then nothing counts */
    boolean asks(
            Write write,
            SimulatedPlatform platform,
            @Nullable LedgerRecord record,
            Map<Long, Carried> sent,
            long nowMicros) {
        if (platform.habits().streams() || !writes.contains(write.id()) || write.kind() != Write.Kind.UPDATE)
            return false;
        if (record == null || !record.key.equals(write.key())) return false;
        boolean asks = false;
        for (Write.Cell cell : write.cells()) {
            Shape shape = platform.shapes().get(cell.column());
            if (shape.type() != FieldType.CONSENT) continue;
            boolean grants = loosens(shape, cell);
            boolean granted = "granted".equals(shape.read(grants ? cell.raw() : cell.expected()));
            record.cells[cell.column()].asked =
                    new Asked(write.id(), grants, granted, sentMicros(write.id(), sent), nowMicros);
            asks = true;
        }
        if (!asks) return false;
        for (Write.Cell cell : write.cells()) {
            LedgerRecord.Cell its = record.cells[cell.column()];
            if (its.asked == null) its.doubted = new LedgerRecord.Doubted(cell.raw());
        }
        return true;
    }

    private static boolean loosens(Shape shape, Write.Cell cell) {
        String is = shape.read(cell.raw());
        return "granted".equals(is) || "withdrawn".equals(shape.read(cell.expected())) && !"withdrawn".equals(is);
    }

    /** What this read is the first to tell of; null for nothing. */
    @Nullable
    static Asked toldBy(Observation seen, LedgerRecord record, Shape shape, Map<Long, Carried> sent) {
        if (shape.type() != FieldType.CONSENT) return null;
        LedgerRecord.Cell cell = record.cells[shape.number()];
        Write link = cell.known ? null : record.link;
        if (link != null) {
            for (Write.Cell its : link.cells()) {
                boolean granted = its.column() == shape.number() && "granted".equals(shape.read(its.raw()));
                if (granted) return new Asked(link.id(), true, true, sentMicros(link.id(), sent), 0);
            }
        }
        Asked asked = cell.asked;
        if (asked == null || seen.origin() == Observation.Origin.STREAM) return null;
        if (seen.readBeganMicros() < asked.heardMicros()) return null;
        cell.asked = null;
        return asked;
    }

    private static long sentMicros(long write, Map<Long, Carried> sent) {
        Carried carried = sent.get(write);
        return carried == null ? Said.UNDATED : carried.sentMicros();
    }

    /**
     * What is found not granted may count as a person's word; it has to, where it is one: where somebody took back what
     * we sent.
     */
    static boolean found(
            Asked asked,
            LedgerRecord record,
            SimulatedPlatform platform,
            Shape shape,
            Row row,
            Observation seen,
            List<Edit> edits) {
        int c = shape.number();
        String is = shape.read(row.raw[c]);
        boolean withdrawn = "withdrawn".equals(is) || asked.granted() && !"granted".equals(is);
        if (!withdrawn) return false;
        Edit edit = row.origin[c] > 0 ? edits.get((int) row.origin[c] - 1) : null;
        LedgerRecord.Cell cell = record.cells[c];
        boolean since = asked.grants() && platform.applied(asked.write()) != null;
        boolean theirs = since && edit != null && edit.atMicros() >= asked.sentMicros();
        long from = edit != null && theirs ? edit.platformMicros() : asked.sentMicros();
        long to = seen.observedMicros() + 2 * platform.habits().pollMicros();
        if (cell.carriedTo != Said.UNDATED) to = Math.max(to, cell.carriedTo + 1);
        record.foundOut(
                shape.field(),
                new Said(
                        edit == null ? 0 : edit.number(),
                        "withdrawn",
                        row.raw[c],
                        from,
                        to,
                        cell.carriedTo,
                        Said.UNDATED,
                        platform.number(),
                        false,
                        !theirs));
        cell.carriedTo = to;
        return true;
    }
}
