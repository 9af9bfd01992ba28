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

/** Sets, element by element: each element's latest add or remove decides. At one time an add wins. */
final class UnionRule implements KeepRule {

    @Override
    public GoldenField choose(Field field, Collection<Member> members, Model model) {
        List<Claim.Element> latest = List.of();
        List<Said> all = new ArrayList<>(members.size());
        for (Member member : members) {
            Claim claim = member.claims.get(field.number());
            if (claim == null) continue;
            all.add(new Said(member, claim));
            latest = merge(latest, claim.elements());
        }
        if (all.isEmpty()) return GoldenField.NONE;
        all.sort(Said.latest(model));
        GoldenField newest = LatestRule.winner(all);
        List<String> held = new ArrayList<>(latest.size());
        long micros = Stamp.UNDATED;
        for (Claim.Element element : latest) {
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

    /** Both are sorted by element, and so is this: hundreds of elements are met at every plan. */
    private static List<Claim.Element> merge(List<Claim.Element> one, List<Claim.Element> other) {
        if (one.isEmpty()) return other;
        if (other.isEmpty()) return one;
        List<Claim.Element> merged = new ArrayList<>(one.size() + other.size());
        int i = 0;
        int j = 0;
        while (i < one.size() && j < other.size()) {
            int order = one.get(i).element().compareTo(other.get(j).element());
            if (order < 0) merged.add(one.get(i++));
            else if (order > 0) merged.add(other.get(j++));
            else merged.add(later(one.get(i++), other.get(j++)));
        }
        merged.addAll(one.subList(i, one.size()));
        merged.addAll(other.subList(j, other.size()));
        return merged;
    }

    private static Claim.Element later(Claim.Element one, Claim.Element other) {
        if (one.stamp().micros() != other.stamp().micros()) {
            return one.stamp().micros() > other.stamp().micros() ? one : other;
        }
        return one.added() ? one : other;
    }
}
