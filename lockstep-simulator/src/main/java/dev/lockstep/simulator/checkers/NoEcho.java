package dev.lockstep.simulator.checkers;

import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.World.Phase;
import dev.lockstep.simulator.ledger.LedgerRecord;
import dev.lockstep.simulator.ledger.Said;
import dev.lockstep.simulator.platform.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Promise 6: what Lockstep wrote never becomes a claim; nothing useless is written; idle means idle. */
final class NoEcho implements Checker {
    private long writes;

    @Override
    public void sent(World world, Write write) {
        if (write.kind() != Write.Kind.UPDATE) return;
        if (world.model.platform(write.platform()).standardize()) return;
        for (Write.Cell cell : write.cells()) {
            Shape shape = world.platforms.get(write.platform()).shapes().get(cell.column());
            if (shape.type() == FieldType.CONSENT && cell.expected() == null) continue;
            if (Objects.equals(shape.read(cell.raw()), shape.read(cell.expected()))) {
                broken(world, "write " + write.id() + " to " + write.key() + " changes nothing: " + cell);
            }
        }
    }

    @Override
    public void atRest(World world, Phase phase) {
        long now = world.host().sent();
        if (phase == Phase.CONVERGED) claims(world);
        else if (now != writes) broken(world, (now - writes) + " writes although nobody did anything: " + phase);
        writes = now;
    }

    /** Every claim is somebody's word on that very record. */
    private void claims(World world) {
        for (Map.Entry<RecordName, GroupState> group : world.host().groups().entrySet()) {
            for (Member member : group.getValue().members.values()) {
                LedgerRecord record = world.ledger.record(member.name);
                if (record == null) {
                    broken(world, "a record that nobody was shown: " + member.name);
                    continue;
                }
                member.claims.forEach((field, claim) -> {
                    boolean set = world.model.field(field).type() == FieldType.SET;
                    if (!set && !said(record.past.get(field), claim)) {
                        broken(
                                world,
                                "the claim " + claim + " of " + member.name + " on field " + field + " was never made");
                    }
                });
            }
        }
    }

    private static boolean said(@Nullable List<Said> past, Claim claim) {
        if (past == null) return false;
        for (Said said : past) if (Objects.equals(said.raw(), claim.raw())) return true;
        return false;
    }
}
