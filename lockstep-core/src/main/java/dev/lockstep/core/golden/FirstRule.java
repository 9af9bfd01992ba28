package dev.lockstep.core.golden;

import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What was said first. A record that cleared the field since says nothing. */
final class FirstRule implements KeepRule {

    @Override
    public GoldenField choose(Field field, Collection<Member> members, Model model) {
        List<Said> all = new ArrayList<>(members.size());
        for (Member member : members) {
            Claim last = member.claims.get(field.number());
            if (last == null || last.value() == null && !last.weakest()) continue;
            Claim first = member.firstClaims.get(field.number());
            all.add(new Said(member, first != null && first.value() != null ? first : last));
        }
        if (all.size() > 1) all.sort(Said.first(model));
        return LatestRule.winner(all);
    }
}
