package dev.lockstep.engine.loop;

import dev.lockstep.core.codec.StateCodec;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Store;

/** Counts everything anew, by reading every group: when the totals are missing or of another format. */
final class Recount {
    private Recount() {}

    static Totals of(Store store, int platforms) {
        Totals totals = new Totals(platforms);
        store.scan(Family.GROUPS, new byte[0], null, (key, value) -> {
            totals.count(Share.of(StateCodec.decodeGroup(value)), 1);
            return true;
        });
        return totals;
    }
}
