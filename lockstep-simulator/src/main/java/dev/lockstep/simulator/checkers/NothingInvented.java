package dev.lockstep.simulator.checkers;

import dev.lockstep.core.model.Write;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.ledger.Edit;
import dev.lockstep.simulator.platform.Shape;
import java.util.Objects;

/** I3: every value that Lockstep writes was said by somebody, somewhere, before. */
final class NothingInvented implements Checker {
    @Override
    public void sent(World world, Write write) {
        for (Write.Cell cell : write.cells()) {
            Shape shape = world.platforms.get(write.platform()).shapes().get(cell.column());
            if (shape.type() == FieldType.SET || shape.type() == FieldType.CONSENT) continue;
            if (write.kind() == Write.Kind.DELETE || !shape.mapped()) continue;
            String value = shape.read(cell.raw());
            // What nobody of the customer says any more is taken back: a blank is no value.
            if (value == null) continue;
            if (!said(world, shape.field(), value)) {
                broken(
                        world,
                        "write " + write.id() + " puts " + cell.raw() + " in field " + shape.field()
                                + ", which nobody ever said");
            }
        }
    }

    private static boolean said(World world, int field, @org.jspecify.annotations.Nullable String value) {
        for (Edit edit : world.ledger.edits()) {
            if (edit.field() == field && Objects.equals(edit.value(), value) && world.ledger.heard(edit.number())) {
                return true;
            }
        }
        return false;
    }
}
