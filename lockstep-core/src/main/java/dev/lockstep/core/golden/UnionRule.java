package dev.lockstep.core.golden;

import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.normalise.SetValue;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sets, element by element: each element's latest add or remove decides. At one time an add wins. */
final class UnionRule implements KeepRule {

    @Override
    public GoldenField choose(Field field, Collection<Member> members, Model model) {
        TreeMap<String, Claim.Element> latest = new TreeMap<>();
        List<Said> all = new ArrayList<>(members.size());
        for (Member member : members) {
            Claim claim = member.claims.get(field.number());
            if (claim == null) continue;
            all.add(new Said(member, claim));
            for (Claim.Element element : claim.elements()) {
                latest.merge(element.element(), element, UnionRule::later);
            }
        }
        if (all.isEmpty()) return GoldenField.NONE;
        all.sort(Said.latest(model));
        GoldenField newest = LatestRule.winner(all);
        TreeSet<String> held = new TreeSet<>();
        long micros = Stamp.UNDATED;
        for (Claim.Element element : latest.values()) {
            if (element.added()) held.add(element.element());
            micros = Math.max(micros, element.stamp().micros());
        }
        return new GoldenField(
                held.isEmpty() ? null : SetValue.ofCanonical(held),
                newest.by(),
                micros,
                newest.over(),
                held.isEmpty() && all.stream().allMatch(said -> said.claim().weakest()));
    }

    private static Claim.Element later(Claim.Element one, Claim.Element other) {
        if (one.stamp().micros() != other.stamp().micros()) {
            return one.stamp().micros() > other.stamp().micros() ? one : other;
        }
        return one.added() ? one : other;
    }
}
