package dev.lockstep.engine.query;

import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.plan.Customer;
import dev.lockstep.core.plan.Desired;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import dev.lockstep.engine.view.VerifyView.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Holds what a platform shows against what is known of it, and against what it should hold. */
public final class Comparison {
    private final Finder finder;
    private final Model model;

    public Comparison(Finder finder, Model model) {
        this.finder = finder;
        this.model = model;
    }

    /** What is wrong with a record as shown; empty when nothing is. */
    public List<Finding> of(Observation shown) {
        Member member = member(shown.platform(), shown.key());
        if (shown.gone()) {
            return member == null || !member.live ? List.of() : List.of(missing(member));
        }
        if (member == null || !member.live) {
            return List.of(
                    new Finding("extra", shown.key(), null, null, null, null, "it is there and was not known to be"));
        }
        List<Finding> findings = new ArrayList<>();
        for (Column column : model.platform(shown.platform()).columns()) {
            if (column.retired() || !column.heard() || !shown.shows(column.number())) continue;
            String found = shown.raw()[column.number()];
            String known = member.actual(column.number());
            if (Objects.equals(found, known)
                    || column.lens().read(found).sameAs(column.lens().read(known))) continue;
            findings.add(finding("different", member, column.path(), known, found, "not what was last seen there"));
        }
        if (findings.isEmpty()) standing(member, findings);
        return findings;
    }

    private void standing(Member member, List<Finding> findings) {
        switch (member.status) {
            case PENDING -> findings.add(finding("different", member, null, null, null, "a write to it is due"));
            case FAILED ->
                findings.add(finding(
                        "failed", member, null, null, null, Objects.requireNonNullElse(member.refusal, "refused")));
            case UNPARSED -> unparsed(member, findings);
            case CONTESTED, TAKEN, HELD ->
                findings.add(finding(
                        "warning",
                        member,
                        null,
                        null,
                        null,
                        member.status.name().toLowerCase(Locale.ROOT)));
            default -> {}
        }
    }

    private void unparsed(Member member, List<Finding> findings) {
        GroupState group = Objects.requireNonNull(finder.groupOf(member.name));
        Customer customer = Customer.of(group, member.name, model);
        if (customer == null) return;
        // Where a record has several, mending the first shows the next.
        new Desired(model, group, customer, 0)
                .of(member).unparsed.stream()
                        .limit(1)
                        .map(one -> finding(
                                "warning",
                                member,
                                model.platform(member.name.platform())
                                        .columns()
                                        .get(one.column())
                                        .path(),
                                null,
                                member.actual(one.column()),
                                one.reason()))
                        .forEach(findings::add);
    }

    private static Finding finding(
            String kind,
            Member member,
            @Nullable String column,
            @Nullable String expected,
            @Nullable String found,
            String detail) {
        return new Finding(kind, member.key, member.customer.toString(), column, expected, found, detail);
    }

    /** What is known to live under a key; null when nothing is. */
    public @Nullable Member member(int platform, String key) {
        RecordName occupant = finder.occupant(platform, key);
        GroupState group = occupant == null ? null : finder.groupOf(occupant);
        return group == null ? null : group.members.get(occupant);
    }

    public static Finding missing(Member member) {
        return finding("missing", member, null, null, null, "it is not there");
    }
}
