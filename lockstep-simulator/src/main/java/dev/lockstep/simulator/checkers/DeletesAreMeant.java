package dev.lockstep.simulator.checkers;

import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Write;
import dev.lockstep.simulator.Sometimes;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.ledger.Edit;
import dev.lockstep.simulator.ledger.LedgerRecord;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.Shape;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lockstep deletes a record only where its customer does not belong, or was deleted by people elsewhere; and never one
 * that holds what nobody has observed, where the platform takes a precondition (promises 4 and 7).
 */
final class DeletesAreMeant implements Checker {
    @Override
    public void sent(World world, Write write) {
        if (write.kind() != Write.Kind.DELETE) return;
        LedgerRecord record = world.ledger.record(write.record());
        List<LedgerRecord> customer = new ArrayList<>(world.ledger.customerOf(write));
        Fate fate = new Fate(world);
        PlatformModel platform = world.model.platform(write.platform());
        boolean left =
                platform.leave() == PlatformModel.Leave.DELETE && fate.inScope(platform, customer) != Fate.Answer.YES;
        // One that we made and nobody was shown yet has said nothing since.
        boolean spread =
                record == null ? !fate.deletions(customer).isEmpty() : fate.spread(record, customer) != Fate.Answer.NO;
        if (spread) world.sometimes(Sometimes.DELETION_SPREADS);
        else if (left) world.sometimes(Sometimes.LEFT_IS_DELETED);
        else broken(world, "write " + write.id() + " deletes " + write.record() + " for no reason");
    }

    @Override
    public void applied(World world, SimulatedPlatform platform, Write write, Receipt receipt) {
        Row before = platform.overwritten();
        if (write.kind() != Write.Kind.DELETE
                || before == null
                || !platform.habits().conditional()) return;
        for (Shape shape : platform.shapes()) {
            long origin = before.origin[shape.number()];
            if (!shape.mapped() || origin <= 0 || world.ledger.heard(origin)) continue;
            if (expects(write, shape, before.raw[shape.number()])) continue;
            Edit edit = world.ledger.edit(origin);
            broken(world, "write " + write.id() + " deleted " + edit + ", which nobody had seen");
        }
    }

    private static boolean expects(Write write, Shape shape, @Nullable String raw) {
        return write.cells().stream()
                .anyMatch(cell -> cell.column() == shape.number() && Objects.equals(cell.expected(), raw));
    }
}
