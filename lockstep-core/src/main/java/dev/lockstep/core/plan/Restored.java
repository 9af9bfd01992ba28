package dev.lockstep.core.plan;

import dev.lockstep.core.golden.Golden;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.ConsentLog;
import dev.lockstep.core.state.Former;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A record is read for the first time since an older copy of what is known was put back. What differs may be an edit,
 * or what we wrote since the copy was made: found equal to golden, it makes no claim. And no consent found is a grant:
 * a withdrawal after it may be just what the copy still holds.
 */
public final class Restored {
    private final Member member;
    private final Map<Integer, Claim> claims;
    private final Map<Integer, Claim> firsts;
    private final Map<Integer, ConsentLog> consents;
    private final List<Former> formers;
    private final boolean known;

    private Restored(Member member) {
        this.member = member;
        this.claims = new TreeMap<>(member.claims);
        this.firsts = new TreeMap<>(member.firstClaims);
        this.consents = new TreeMap<>(member.consents);
        this.formers = List.copyOf(member.formers);
        this.known = !member.columns.isEmpty();
    }

    /** Before it is observed. */
    public static Restored before(Member member) {
        return new Restored(member);
    }

    /** After it was observed: takes back what is no claim. */
    public void settle(GroupState group, Model model) {
        if (!known) return;
        consents();
        Map<Integer, Claim> now = new TreeMap<>(member.claims);
        if (now.equals(claims)) return;
        member.claims.clear();
        member.claims.putAll(claims);
        Customer customer = Customer.of(group, member.name, model);
        Golden golden = customer == null ? Golden.of(List.of(member), model) : customer.golden();
        List<Former> after = List.copyOf(member.formers);
        member.formers.clear();
        member.formers.addAll(formers);
        now.forEach((field, claim) -> {
            Value value = golden.field(field).value();
            boolean ours = value != null && claim.value() != null && value.sameAs(claim.value());
            if (ours && !Objects.equals(claims.get(field), claim)) {
                if (firsts.get(field) == null) member.firstClaims.remove(field);
                return;
            }
            member.claims.put(field, claim);
            for (Former former : after) {
                boolean added = former.identifier().field() == field && !member.formers.contains(former);
                if (added) member.formers.add(former);
            }
        });
    }

    private void consents() {
        member.consents.replaceAll((field, log) -> {
            ConsentLog before = consents.getOrDefault(field, ConsentLog.EMPTY);
            return new ConsentLog(before.granted(), log.withdrawn());
        });
    }
}
