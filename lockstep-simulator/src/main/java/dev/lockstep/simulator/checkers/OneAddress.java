package dev.lockstep.simulator.checkers;

import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Write;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.ledger.LedgerRecord;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.Shape;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Promise 9: of several records that a customer has on one platform only one gets a new address: it is what tells them
 * apart.
 */
final class OneAddress implements Checker {
    /** By write: the keys under which the customer's other records lived there when it left. */
    private final TreeMap<Long, TreeSet<String>> others = new TreeMap<>();

    @Override
    public void sent(World world, Write write) {
        if (write.kind() != Write.Kind.UPDATE) return;
        TreeSet<String> keys = new TreeSet<>();
        for (LedgerRecord record : world.ledger.customerOf(write)) {
            boolean other = !record.name.equals(write.record()) && !record.key.equals(write.key());
            if (other && record.live && record.name.platform() == write.platform()) keys.add(record.key);
        }
        if (!keys.isEmpty()) others.put(write.id(), keys);
    }

    @Override
    public void applied(World world, SimulatedPlatform platform, Write write, Receipt receipt) {
        if (receipt.outcome() != Receipt.Outcome.APPLIED) return;
        for (String key : others.getOrDefault(write.id(), new TreeSet<>())) {
            // The other has left that key unseen, and this write has moved its own record there.
            Row other = key.equals(receipt.key()) ? null : platform.row(key);
            if (other == null) continue;
            for (Write.Cell cell : write.cells()) {
                Shape shape = platform.shapes().get(cell.column());
                if (!shape.mapped() || !world.model.field(shape.field()).identifies()) continue;
                String value = shape.read(cell.raw());
                boolean unseen = other.origin[shape.number()] > 0 && !world.ledger.heard(other.origin[shape.number()]);
                if (value == null || unseen || !value.equals(shape.read(other.raw[shape.number()]))) continue;
                broken(world, "write " + write.id() + " gives " + write.record() + " what " + key + " has: " + cell);
            }
        }
    }
}
