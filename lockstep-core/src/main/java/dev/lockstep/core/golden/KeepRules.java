package dev.lockstep.core.golden;

import dev.lockstep.core.model.Keep;
import java.util.EnumMap;
import java.util.Map;

/** The keep rules there are. To add one: one class, one line here, one name in {@link Keep.Rule}. */
final class KeepRules {
    private static final Map<Keep.Rule, KeepRule> ALL = new EnumMap<>(Map.of(
            Keep.Rule.LATEST, new LatestRule(),
            Keep.Rule.FIRST, new FirstRule(),
            Keep.Rule.TRUST, new TrustRule(),
            Keep.Rule.UNION, new UnionRule(),
            Keep.Rule.CONSENT, new ConsentRule()));

    private KeepRules() {}

    static KeepRule of(Keep keep) {
        KeepRule rule = ALL.get(keep.rule());
        if (rule == null) throw new IllegalStateException("no rule " + keep.rule());
        return rule;
    }
}
