package dev.lockstep.core.golden;

import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The claim made last. A cleared value is a claim like any other. */
final class LatestRule implements KeepRule {

    @Override
    public GoldenField choose(Field field, Collection<Member> members, Model model) {
        List<Said> all = new ArrayList<>(members.size());
        for (Member member : members) {
            Claim claim = member.claims.get(field.number());
            if (claim != null) all.add(new Said(member, claim));
        }
        if (all.size() > 1) all.sort(Said.latest(model));
        return winner(all);
    }

    /** The first of the claims, over the others. */
    static GoldenField winner(List<Said> strongestFirst) {
        if (strongestFirst.isEmpty()) return GoldenField.NONE;
        Said best = strongestFirst.getFirst();
        List<GoldenField.Over> over = strongestFirst.size() == 1
                ? List.of()
                : strongestFirst.stream().skip(1).map(Said::over).toList();
        return new GoldenField(
                best.claim().value(),
                best.member().name,
                best.claim().stamp().micros(),
                over,
                best.claim().weakest());
    }
}
