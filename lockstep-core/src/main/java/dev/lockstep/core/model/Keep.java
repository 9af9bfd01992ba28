package dev.lockstep.core.model;

import java.util.List;

/**
 * Which claim of a field is golden.
 *
 * @param rule the rule's name in the workspace
 * @param trust for {@link Rule#TRUST}: platform numbers, most trusted first; others after them by {@code latest}
 */
public record Keep(Rule rule, List<Integer> trust) {

    public enum Rule {
        LATEST,
        FIRST,
        TRUST,
        UNION,
        CONSENT
    }

    public static final Keep LATEST = new Keep(Rule.LATEST, List.of());
    public static final Keep FIRST = new Keep(Rule.FIRST, List.of());
    public static final Keep UNION = new Keep(Rule.UNION, List.of());
    public static final Keep CONSENT = new Keep(Rule.CONSENT, List.of());
}
