package dev.lockstep.simulator.ledger;

import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.simulator.platform.Shape;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one of our writes carries, by column: bounds of the stamps of those whose words they are; and of a consent that
 * it withdraws, the stamp of the withdrawal, where that is known.
 */
record Carried(
        RecordName record, long sentMicros, TreeMap<Integer, long[]> byColumn, TreeMap<Integer, Long> withdrawnAt) {
    static Carried of(Write write, long sentMicros, List<Shape> shapes, Collection<LedgerRecord> customer) {
        Carried carried = new Carried(write.record(), sentMicros, new TreeMap<>(), new TreeMap<>());
        for (Write.Cell cell : write.cells()) {
            Shape shape = shapes.get(cell.column());
            if (!shape.mapped()) continue;
            carried.byColumn.put(cell.column(), bounds(customer, shape, cell.raw()));
            boolean out = shape.type() == FieldType.CONSENT && !"granted".equals(shape.read(cell.raw()));
            if (out) carried.withdrawnAt.put(cell.column(), newestWithdrawal(customer, shape.field()));
        }
        return carried;
    }

    private static long[] bounds(Collection<LedgerRecord> customer, Shape shape, @Nullable String raw) {
        long from = Said.UNDATED;
        long to = Said.UNDATED;
        String value = shape.read(raw);
        boolean exact = shape.type() != FieldType.SET && shape.type() != FieldType.CONSENT;
        for (LedgerRecord record : customer) {
            Said said = record.claims.get(shape.field());
            if (said == null || (exact && !Objects.equals(said.value(), value))) continue;
            from = Math.max(from, said.from());
            to = Math.max(to, said.to());
        }
        return new long[] {exact ? from : Said.UNDATED, to};
    }

    /** Undated, where not all of them are dated exactly. */
    private static long newestWithdrawal(Collection<LedgerRecord> customer, int field) {
        long newest = Said.UNDATED;
        for (LedgerRecord record : customer) {
            for (Said said : record.consents.getOrDefault(field, List.of())) {
                if (!"withdrawn".equals(said.value())) continue;
                if (!said.exact()) return Said.UNDATED;
                newest = Math.max(newest, said.to());
            }
        }
        return newest;
    }
}
