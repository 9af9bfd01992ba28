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
        List<GoldenField.Over> over = new ArrayList<>(strongestFirst.size() - 1);
        for (Said lost : strongestFirst.subList(1, strongestFirst.size())) over.add(lost.over());
        return new GoldenField(
                best.claim().value(),
                best.member().name,
                best.claim().stamp().micros(),
                List.copyOf(over),
                best.claim().weakest());
    }
}
