package dev.lockstep.simulator.checkers;

import dev.lockstep.core.model.Write;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.SimulatedPlatform;

/** First reading: nothing is written before every record that was there at the start has been shown. */
final class NothingBeforeAllIsRead implements Checker {
    private boolean begun;

    @Override
    public void sent(World world, Write write) {
        if (begun) return;
        begun = true;
        for (SimulatedPlatform platform : world.platforms) {
            for (Row row : platform.rows().values()) {
                for (long origin : row.origin) {
                    if (origin > 0 && origin <= world.editsAtStart() && !world.ledger.heard(origin)) {
                        broken(
                                world,
                                "write " + write.id() + " left before " + world.ledger.edit(origin) + " was read");
                        return;
                    }
                }
            }
        }
    }
}
