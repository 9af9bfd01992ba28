package dev.lockstep.simulator.checkers;

import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.simulator.Sometimes;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.ledger.LedgerRecord;
import dev.lockstep.simulator.ledger.Said;
import dev.lockstep.simulator.ledger.WhoWins;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.Shape;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Promise 8: no write grants a consent unless an attested grant outranks every withdrawal attested so far. */
final class ConsentNeverLoosens implements Checker {
    @Override
    public void sent(World world, Write write) {
        if (write.kind() == Write.Kind.DELETE) return;
        for (Write.Cell cell : write.cells()) {
            Shape shape = world.platforms.get(write.platform()).shapes().get(cell.column());
            if (shape.type() != FieldType.CONSENT || !loosens(shape, cell)) continue;
            Collection<LedgerRecord> customer = world.ledger.customerOf(write);
            List<Said> log = new ArrayList<>();
            for (LedgerRecord record : customer) {
                if (record.seenMicros > world.host().leaveMicros(write)) continue;
                log.addAll(record.consents.getOrDefault(shape.field(), List.of()));
            }
            boolean takenBack = !"granted".equals(shape.read(cell.raw()));
            // What was never this customer's word, or need not have been, is taken back as any other value.
            if (takenBack && log.stream().noneMatch(said -> "withdrawn".equals(said.value()) && !said.maybe()))
                continue;
            if (new WhoWins(world.model).mayBeGranted(log)) {
                world.sometimes(Sometimes.GRANT_WRITTEN);
                continue;
            }
            broken(world, "write " + write.id() + " grants " + write.record() + " what nobody granted last: " + log);
        }
    }

    /** It grants; or takes a withdrawal back where there is no word for a grant. */
    private static boolean loosens(Shape shape, Write.Cell cell) {
        String is = shape.read(cell.raw());
        return "granted".equals(is) || "withdrawn".equals(shape.read(cell.expected())) && !"withdrawn".equals(is);
    }

    @Override
    public void applied(World world, SimulatedPlatform platform, Write write, Receipt receipt) {
        Row before = platform.overwritten();
        if (before == null || receipt.outcome() != Receipt.Outcome.APPLIED) return;
        for (Write.Cell cell : write.cells()) {
            Shape shape = platform.shapes().get(cell.column());
            if (shape.type() != FieldType.CONSENT || !"granted".equals(shape.read(cell.raw()))) continue;
            long origin = before.origin[cell.column()];
            if (origin > 0 && !world.ledger.heard(origin)) world.sometimes(Sometimes.GRANT_MET_UNSEEN_WITHDRAWAL);
        }
    }
}
