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
        return Comparator.<Said, Boolean>comparing(said -> said.claim.weakest())
                .thenComparing(said -> said.claim.stamp().micros(), Comparator.reverseOrder())
                .thenComparing(ties(model));
    }

    /** As {@link #latest}, but the earliest dated claim is the strongest. */
    static Comparator<Said> first(Model model) {
        return Comparator.<Said, Boolean>comparing(said -> said.claim.weakest())
                .thenComparing(said -> !said.claim.stamp().dated())
                .thenComparing(said -> said.claim.stamp().micros())
                .thenComparing(ties(model));
    }

    private static Comparator<Said> ties(Model model) {
        return Comparator.<Said>comparingInt(
                        said -> model.platform(said.member.name.platform()).order())
                .thenComparing(said -> said.claim.value() == null)
                .thenComparing(said -> said.text())
                .thenComparing(said -> said.member.name);
    }

    private String text() {
        return claim.value() == null ? "" : claim.value().text();
    }

    GoldenField.Over over() {
        return new GoldenField.Over(member.name, claim.value(), claim.stamp().micros());
    }
}
