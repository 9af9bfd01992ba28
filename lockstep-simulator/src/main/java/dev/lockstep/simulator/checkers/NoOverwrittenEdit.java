package dev.lockstep.simulator.checkers;

import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Write;
import dev.lockstep.simulator.Sometimes;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.ledger.Edit;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.Objects;

/** Promise 4: where the platform takes a precondition, no value is overwritten that was never observed. */
final class NoOverwrittenEdit implements Checker {
    @Override
    public void applied(World world, SimulatedPlatform platform, Write write, Receipt receipt) {
        Row before = platform.overwritten();
        if (before == null || receipt.outcome() != Receipt.Outcome.APPLIED || write.kind() != Write.Kind.UPDATE) return;
        for (Write.Cell cell : write.cells()) {
            long origin = before.origin[cell.column()];
            if (origin <= 0 || world.ledger.heard(origin)) continue;
            Edit edit = world.ledger.edit(origin);
            if (!platform.habits().conditional()) {
                world.sometimes(Sometimes.OVERWRITTEN_WITHOUT_PRECONDITION);
            } else if (Objects.equals(cell.expected(), before.raw[cell.column()])) {
                world.sometimes(Sometimes.OVERWRITTEN_THERE_AND_BACK);
            } else {
                broken(world, "write " + write.id() + " overwrote " + edit + ", which nobody had seen");
            }
        }
    }
}
