package dev.lockstep.core.plan;

import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.ColumnState;
import dev.lockstep.core.state.ConsentLog;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Member.Removal;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * People deleted a customer on a platform whose deletions spread, and no record of it is left there.
 *
 * @param record the record whose deletion was the last
 * @param micros when that was, as an edit is stamped
 */
record Deletion(RecordName record, long micros) {

    /** Null when nothing that spreads was deleted. Our own deletes are no deletions. */
    static @Nullable Deletion of(Customer customer, Model model) {
        Deletion last = null;
        for (Member member : customer.members()) {
            if (member.live || member.removal != Removal.NONE) continue;
            if (last != null && last.micros >= member.goneMicros) continue;
            PlatformModel platform = model.platform(member.name.platform());
            if (platform.onDelete() != PlatformModel.OnDelete.DELETE || !platform.heard()) continue;
            if (!customer.liveOn(platform.number()).isEmpty()) continue;
            last = new Deletion(member.name, member.goneMicros);
        }
        return last;
    }

    /** Something was said on the record after the deletion: it stays. */
    boolean outlivedBy(Member member) {
        return said(member, claim -> true, entry -> true);
    }

    /** We made the record when the deletion was known, and the customer there all the same. */
    boolean madeSince(Member member) {
        if (!member.made()) return false;
        boolean any = false;
        for (ColumnState column : member.columns) {
            if (column == null || column.wroteMicros == 0) continue;
            if (column.wroteMicros <= micros) return false;
            any = true;
        }
        return any;
    }

    /** As {@link #outlivedBy}, by an edit: a record that is simply new tells of a new beginning, and of no conflict. */
    boolean editedAfter(Member member) {
        return said(member, claim -> !claim.firstSight(), entry -> !entry.found());
    }

    private boolean said(Member member, Predicate<Claim> claims, Predicate<ConsentLog.Entry> consents) {
        for (Claim claim : member.claims.values()) {
            if (claim.stamp().micros() > micros && claims.test(claim)) return true;
        }
        for (ConsentLog log : member.consents.values()) {
            if (later(log.granted(), consents) || later(log.withdrawn(), consents)) return true;
        }
        return false;
    }

    private boolean later(ConsentLog.@Nullable Entry entry, Predicate<ConsentLog.Entry> consents) {
        return entry != null && entry.micros() != Stamp.UNDATED && entry.micros() > micros && consents.test(entry);
    }

    /** A live record of the customer stays. */
    boolean outlived(Customer customer) {
        for (Member member : customer.members()) if (member.live && outlivedBy(member)) return true;
        return false;
    }

    String review(Model model) {
        return "It was deleted on " + model.platform(record.platform()).name()
                + " and edited here after that: it was not deleted here.";
    }
}
