package dev.lockstep.simulator.checkers;

import dev.lockstep.simulator.World;
import dev.lockstep.simulator.World.Phase;

/** Without faults, and while nobody does more than edit ordinary fields, an edit causes a write a target at most. */
final class Amplification implements Checker {
    private static final double MOST = 1.05;

    @Override
    public void atRest(World world, Phase phase) {
        if (phase != Phase.CONVERGED || !world.plain()) return;
        // What a platform's own trigger changes back is written again, five times.
        if (world.platforms.stream().anyMatch(platform -> platform.habits().triggerOn() >= 0)) return;
        long edits = world.ledger.edits().size() - world.editsBefore();
        long rows = 0;
        for (var customer : world.ledger.whoIsWho().customers()) {
            rows = Math.max(
                    rows, customer.stream().filter(record -> record.live).count());
        }
        // Where what is typed is put into the common form, the record it was typed on is a target too.
        boolean standardised =
                world.platforms.stream().anyMatch(platform -> platform.model().standardize());
        long targets = Math.max(1, standardised ? rows : rows - 1);
        long writes = world.writesApplied() - world.writesBefore();
        if (writes > MOST * edits * targets + 1) {
            broken(world, writes + " writes for " + edits + " edits and " + targets + " targets");
        }
    }
}
