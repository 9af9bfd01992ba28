package dev.lockstep.core.golden;

import dev.lockstep.core.model.Model;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.Member;
import java.util.Comparator;

/** A claim with the record that makes it: what keep rules choose among. */
record Said(Member member, Claim claim) {

    /**
     * Strongest first: any value before a blank of first sight; dated before undated; later before earlier; then the
     * earlier platform of the workspace; a value before a cleared one; then the lesser value, and the senior record.
     */
    static Comparator<Said> latest(Model model) {
        return (one, other) -> {
            int order = Boolean.compare(one.claim.weakest(), other.claim.weakest());
            if (order == 0) {
                order = Long.compare(
                        other.claim.stamp().micros(), one.claim.stamp().micros());
            }
            return order != 0 ? order : tie(one, other, model);
        };
    }

    /** As {@link #latest}, but the earliest dated claim is the strongest. */
    static Comparator<Said> first(Model model) {
        return Comparator.<Said, Boolean>comparing(said -> said.claim.weakest())
                .thenComparing(said -> !said.claim.stamp().dated())
                .thenComparing(said -> said.claim.stamp().micros())
                .thenComparing((one, other) -> tie(one, other, model));
    }

    private static int tie(Said one, Said other, Model model) {
        int order = Integer.compare(one.order(model), other.order(model));
        if (order == 0) order = Boolean.compare(one.claim.value() == null, other.claim.value() == null);
        if (order == 0) order = one.text().compareTo(other.text());
        return order != 0 ? order : one.member.name.compareTo(other.member.name);
    }

    private int order(Model model) {
        return model.platform(member.name.platform()).order();
    }

    private String text() {
        return claim.value() == null ? "" : claim.value().text();
    }

    GoldenField.Over over() {
        return new GoldenField.Over(member.name, claim.value(), claim.stamp().micros());
    }
}
