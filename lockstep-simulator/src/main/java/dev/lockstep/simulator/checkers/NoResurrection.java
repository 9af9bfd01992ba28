package dev.lockstep.simulator.checkers;

import dev.lockstep.core.model.PlatformModel.OnDelete;
import dev.lockstep.core.model.Write;
import dev.lockstep.simulator.Sometimes;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.ledger.LedgerRecord;
import java.util.Collection;

/** Promise 7: what people deleted on a platform is not made there again, unless the workspace says so. */
final class NoResurrection implements Checker {
    @Override
    public void sent(World world, Write write) {
        if (write.kind() != Write.Kind.CREATE) return;
        if (world.model.platform(write.platform()).onDelete() == OnDelete.RECREATE) return;
        Collection<LedgerRecord> customer = world.ledger.whoIsWho().customerOf(write.record());
        // Of several it is the last that counts: until then the customer was there.
        LedgerRecord last = null;
        for (LedgerRecord record : customer) {
            if (record.live || record.name.platform() != write.platform()) continue;
            if (last == null || record.lifeVersion > last.lifeVersion) last = record;
        }
        if (last == null) return;
        if (!last.deletedByPeople || last.deletedByUs) {
            world.sometimes(Sometimes.DELETED_MADE_AGAIN);
            return;
        }
        broken(world, "create " + write.id() + " for " + write.record() + ", whose " + last.name + " was deleted");
    }
}
