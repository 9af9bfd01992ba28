package dev.lockstep.simulator.checkers;

import dev.lockstep.core.model.Field;
import dev.lockstep.simulator.Sometimes;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.World.Phase;
import dev.lockstep.simulator.ledger.Edit;
import dev.lockstep.simulator.ledger.LedgerRecord;
import dev.lockstep.simulator.ledger.WhoWins;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.List;

/**
 * Promise 3: an edit that still stands was heard; and every column holds the value that the rule of its field chooses
 * by the reference model, which goes by the platforms' own times and by who had seen what.
 */
final class NoLostEdit implements Checker {
    @Override
    public void atRest(World world, Phase phase) {
        if (phase != Phase.CONVERGED || !world.host().quiet()) return;
        heardOfAll(world);
        Desired desired = new Desired(world);
        for (List<LedgerRecord> customer : world.ledger.whoIsWho().customers()) {
            for (Field field : world.model.fields()) winner(world, desired, field, customer);
        }
    }

    private void heardOfAll(World world) {
        for (SimulatedPlatform platform : world.platforms) {
            for (Row row : platform.rows().values()) {
                for (int c = 0; c < row.origin.length; c++) {
                    long origin = row.origin[c];
                    if (origin <= 0 || world.ledger.heard(origin)) continue;
                    Edit edit = world.ledger.edit(origin);
                    broken(world, "edit " + edit + " stands and was never heard of");
                }
            }
        }
    }

    private void winner(World world, Desired desired, Field field, List<LedgerRecord> customer) {
        WhoWins.Verdict verdict = desired.verdict(field, customer);
        if (!verdict.said() || !verdict.sure()) return;
        if (verdict.values().size() == 1) world.sometimes(Sometimes.WINNER_CERTAIN);
        for (Desired.Held held : desired.columns(field, customer)) {
            boolean may = verdict.values().isEmpty();
            for (String value : verdict.values()) {
                may |= Desired.agrees(held, value) || desired.setApart(held, customer, value);
            }
            if (may) continue;
            broken(
                    world,
                    held + " should hold one of " + verdict.values() + " for customer " + customer.getFirst().name
                            + " by " + field.keep().rule());
        }
    }
}
