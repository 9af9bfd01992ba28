package dev.lockstep.simulator.checkers;

import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.PlatformModel.Leave;
import dev.lockstep.core.model.PlatformModel.OnDelete;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.ledger.LedgerRecord;
import dev.lockstep.simulator.ledger.Said;
import dev.lockstep.simulator.ledger.WhoWins;
import java.util.ArrayList;
import java.util.List;

/** Whether a record should be there at all, by the reference model: its platform's scope, and deletions that spread. */
final class Fate {
    enum Answer {
        YES,
        NO,
        /** The order of what was said and done is not known. */
        MAYBE
    }

    private final World world;
    private final WhoWins whoWins;

    Fate(World world) {
        this.world = world;
        this.whoWins = new WhoWins(world.model);
    }

    /** A customer belongs on a platform: in the simulator everybody does, or who has granted the consent. */
    Answer inScope(PlatformModel platform, List<LedgerRecord> customer) {
        if (platform.where() == null) return Answer.YES;
        for (Field field : world.model.fields()) {
            if (!field.isConsent()) continue;
            WhoWins.Verdict verdict = whoWins.of(field, customer);
            if (verdict.said() && !verdict.sure()) return Answer.MAYBE;
            if (!verdict.values().contains("granted")) return Answer.NO;
            return verdict.values().size() == 1 ? Answer.YES : Answer.MAYBE;
        }
        return Answer.NO;
    }

    /** A live record is to be deleted: people have deleted its customer elsewhere, and said nothing on it since. */
    Answer spread(LedgerRecord record, List<LedgerRecord> customer) {
        Answer answer = Answer.NO;
        for (LedgerRecord dead : deletions(customer)) {
            if (madeSince(record, dead)) continue;
            if (dead.deletedByUs) answer = Answer.MAYBE;
            else if (!outlived(record, dead))
                answer = quiet(record, dead) && answer != Answer.MAYBE ? Answer.YES : Answer.MAYBE;
        }
        return answer;
    }

    /** Records whose deletion may spread: on platforms whose deletions do, where the customer has no record left. */
    List<LedgerRecord> deletions(List<LedgerRecord> customer) {
        List<LedgerRecord> deletions = new ArrayList<>();
        for (LedgerRecord dead : customer) {
            int number = dead.name.platform();
            if (dead.live
                    || !dead.deletedByPeople
                    || world.model.platform(number).onDelete() != OnDelete.DELETE) continue;
            boolean left = customer.stream().noneMatch(other -> other.live && other.name.platform() == number);
            if (left) deletions.add(dead);
        }
        return deletions;
    }

    /** Should not be there any more. */
    Answer leaves(LedgerRecord record, List<LedgerRecord> customer) {
        PlatformModel platform = world.model.platform(record.name.platform());
        Answer spread = spread(record, customer);
        if (spread != Answer.NO || platform.leave() != Leave.DELETE) return spread;
        return switch (inScope(platform, customer)) {
            case YES -> Answer.NO;
            case NO -> Answer.YES;
            case MAYBE -> Answer.MAYBE;
        };
    }

    /** Something was certainly said on the record after the deletion. */
    private static boolean outlived(LedgerRecord record, LedgerRecord dead) {
        return all(record).stream().anyMatch(said -> !said.maybe() && said.from() > dead.goneTo);
    }

    /** Lockstep made the record after the deletion: it had reason to. */
    private static boolean madeSince(LedgerRecord record, LedgerRecord dead) {
        if (record.madeFor == null) return false;
        boolean any = false;
        for (LedgerRecord.Cell cell : record.cells) {
            if (cell.wroteMicros == Said.UNDATED) continue;
            if (cell.madeMicros <= dead.goneFrom) return false;
            any = true;
        }
        return any;
    }

    /** Nothing can have been said on the record after the deletion. */
    private static boolean quiet(LedgerRecord record, LedgerRecord dead) {
        return all(record).stream().allMatch(said -> said.to() <= dead.goneFrom);
    }

    private static List<Said> all(LedgerRecord record) {
        List<Said> all = new ArrayList<>(record.claims.values());
        record.consents.values().forEach(all::addAll);
        return all;
    }
}
