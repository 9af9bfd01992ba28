package dev.lockstep.core.golden;

import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.ConsentLog;
import dev.lockstep.core.state.ConsentLog.Entry;
import dev.lockstep.core.state.Doubt;
import dev.lockstep.core.state.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consent: granted only while an attested grant outranks every attested withdrawal.
 *
 * <pre>
 * grant g outranks withdrawal w  ⇔  g saw w:      the value that g replaced carried w, onTop(g) = time(w)
 *                                or g is later:  time(g) > time(w) + bound(platform of g) + bound(platform of w)
 * </pre>
 *
 * Platforms that count whole seconds stamp alike what has nothing to do with each other: of several withdrawals of the
 * stamp that g replaced, g saw that of its own record, and of others nobody knows which.
 *
 * A grant that was found at first sight outranks nothing: the date of a record is not that of its consent, and an old
 * list that is imported again must not take anybody's withdrawal back. A withdrawal that may as well be a write of ours
 * ({@link Doubt}) counts until that is known.
 */
final class ConsentRule implements KeepRule {
    private static final Value GRANTED = Value.of("granted");
    private static final Value WITHDRAWN = Value.of("withdrawn");

    private record Attested(Member member, Entry entry) {}

    private static final Comparator<Attested> NEWEST = Comparator.<Attested>comparingLong(one -> one.entry.time())
            .reversed()
            .thenComparing(one -> one.member.name);

    @Override
    public GoldenField choose(Field field, Collection<Member> members, Model model) {
        List<Attested> grants = new ArrayList<>();
        List<Attested> withdrawals = new ArrayList<>();
        for (Member member : members) {
            Doubt doubt = member.doubts.get(field.number());
            if (doubt != null && doubt.withdraws()) withdrawals.add(new Attested(member, entry(doubt)));
            ConsentLog log = member.consents.get(field.number());
            if (log == null) continue;
            if (log.granted() != null) grants.add(new Attested(member, log.granted()));
            if (log.withdrawn() != null) withdrawals.add(new Attested(member, log.withdrawn()));
        }
        grants.sort(NEWEST);
        withdrawals.sort(NEWEST);
        for (Attested grant : grants) {
            if (outranksAll(grant, withdrawals, model)) return field(GRANTED, grant, withdrawals, WITHDRAWN);
        }
        if (withdrawals.isEmpty()) return GoldenField.NONE;
        return field(WITHDRAWN, withdrawals.getFirst(), grants, GRANTED);
    }

    private static boolean outranksAll(Attested grant, List<Attested> withdrawals, Model model) {
        Attested seen = seen(grant, withdrawals);
        for (Attested withdrawal : withdrawals) {
            if (withdrawal != seen && !outranks(grant, withdrawal, model)) return false;
        }
        return true;
    }

    /** The withdrawal on another record that the value replaced by this grant carried; null when none certainly is. */
    private static @Nullable Attested seen(Attested grant, List<Attested> withdrawals) {
        if (grant.entry.found() || grant.entry.micros() == Stamp.UNDATED) return null;
        Attested seen = null;
        for (Attested withdrawal : withdrawals) {
            if (grant.entry.onTopMicros() != withdrawal.entry.time()) continue;
            if (seen != null || withdrawal.member == grant.member) return null;
            seen = withdrawal;
        }
        return seen;
    }

    /** What may be a person's withdrawal is one until it is known to be ours. */
    private static Entry entry(Doubt doubt) {
        return new Entry(doubt.micros(), Stamp.UNDATED, false, doubt.raw());
    }

    private static GoldenField field(Value value, Attested winner, List<Attested> losers, @Nullable Value lost) {
        RecordName by = winner.member.name;
        return new GoldenField(
                value,
                by,
                winner.entry.time(),
                losers.stream()
                        .map(one -> new GoldenField.Over(one.member.name, lost, one.entry.micros()))
                        .toList(),
                false);
    }

    private static boolean outranks(Attested grant, Attested withdrawal, Model model) {
        Entry g = grant.entry;
        Entry w = withdrawal.entry;
        if (g.found() || g.micros() == Stamp.UNDATED) return false;
        if (grant.member == withdrawal.member) return g.micros() > w.time();
        long bound = model.platform(grant.member.name.platform()).clockBoundMicros()
                + model.platform(withdrawal.member.name.platform()).clockBoundMicros();
        return g.micros() - bound > w.time();
    }
}
