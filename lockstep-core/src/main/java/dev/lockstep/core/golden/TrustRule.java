package dev.lockstep.core.golden;

import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The most trusted platform's word, then the latest. A cleared value counts only on a platform that is on the list. */
final class TrustRule implements KeepRule {

    @Override
    public GoldenField choose(Field field, Collection<Member> members, Model model) {
        List<Integer> trust = field.keep().trust();
        List<Said> all = new ArrayList<>(members.size());
        for (Member member : members) {
            Claim claim = member.claims.get(field.number());
            if (claim == null) continue;
            boolean listed = trust.contains(member.name.platform());
            if (claim.value() == null && !claim.weakest() && !listed) continue;
            all.add(new Said(member, claim));
        }
        if (all.size() > 1) {
            all.sort(Comparator.<Said, Boolean>comparing(said -> said.claim().weakest())
                    .thenComparingInt(said -> rank(trust, said.member().name.platform()))
                    .thenComparing(Said.latest(model)));
        }
        return LatestRule.winner(all);
    }

    private static int rank(List<Integer> trust, int platform) {
        int at = trust.indexOf(platform);
        return at < 0 ? trust.size() : at;
    }
}
