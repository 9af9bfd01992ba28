package dev.lockstep.simulator.checkers;

import dev.lockstep.core.model.Write;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.simulator.Sometimes;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.platform.Shape;

/** Promise 10: a record that a guard has stopped gets no write before a person lets it go, but withdrawals. */
final class HeldIsHeld implements Checker {
    @Override
    public void sent(World world, Write write) {
        boolean create = write.kind() == Write.Kind.CREATE;
        if (!world.host().holds(write.platform(), write.record(), create)) return;
        if (!create && write.kind() == Write.Kind.UPDATE && withdraws(world, write)) {
            world.sometimes(Sometimes.WITHDRAWAL_PASSES_GUARD);
            return;
        }
        broken(world, "write " + write.id() + " to " + write.record() + ", which a guard has stopped");
    }

    private static boolean withdraws(World world, Write write) {
        for (Write.Cell cell : write.cells()) {
            Shape shape = world.platforms.get(write.platform()).shapes().get(cell.column());
            if (shape.type() != FieldType.CONSENT || "granted".equals(shape.read(cell.raw()))) return false;
        }
        return true;
    }
}
