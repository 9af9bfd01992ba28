package dev.lockstep.simulator.ledger;

import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Keep;
import dev.lockstep.core.model.Model;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The reference model: which values a field of a customer may have by its rule. More than one only where the platforms
 * do not date an edit exactly, or where it may have been taken for the platform's own doing.
 */
public final class WhoWins {
    /**
     * @param values canonical values that may be golden; an empty text stands for a blank
     * @param said anybody has spoken of the field
     * @param sure the values are all that may be; false: anything that was said may be
     */
    public record Verdict(TreeSet<String> values, boolean said, boolean sure) {}

    private final Model model;

    public WhoWins(Model model) {
        this.model = model;
    }

    public Verdict of(Field field, Collection<LedgerRecord> customer) {
        return switch (field.keep().rule()) {
            case CONSENT -> consent(field, customer);
            case UNION -> union(field, customer);
            case FIRST -> first(field, customer);
            case LATEST, TRUST -> latest(field, customer);
        };
    }

    /** All that was said of it may have been taken for the platforms' own doing: then nothing was. */
    public static boolean allMaybe(Field field, Collection<LedgerRecord> customer) {
        return customer.stream()
                .map(record -> record.claims.get(field.number()))
                .allMatch(said -> said == null || said.maybe());
    }

    private Verdict latest(Field field, Collection<LedgerRecord> customer) {
        List<Said> all = new ArrayList<>();
        for (LedgerRecord record : customer) {
            Said said = record.claims.get(field.number());
            if (said != null) all.add(said);
        }
        boolean said = !all.isEmpty();
        boolean sure = all.stream().noneMatch(Said::maybe);
        keepIfAny(all, one -> !one.weakest());
        if (field.keep().rule() == Keep.Rule.TRUST) {
            List<Integer> trust = field.keep().trust();
            all.removeIf(one -> one.value() == null && !one.weakest() && !trust.contains(one.platform()));
            if (all.isEmpty()) return new Verdict(new TreeSet<>(), false, sure);
            for (int platform : trust) keepIfAny(all, one -> one.platform() == platform);
        }
        return new Verdict(undominated(all, false), said, sure);
    }

    private Verdict first(Field field, Collection<LedgerRecord> customer) {
        List<Said> all = new ArrayList<>();
        boolean sure = true;
        for (LedgerRecord record : customer) {
            Said last = record.claims.get(field.number());
            if (last == null || (last.value() == null && !last.weakest())) continue;
            Said first = record.firstValue(field.number());
            all.add(first == null ? last : first);
            for (Said said : record.past.getOrDefault(field.number(), List.of())) sure &= !said.maybe();
        }
        keepIfAny(all, one -> !one.weakest());
        keepIfAny(all, one -> one.to() != Said.UNDATED);
        return new Verdict(undominated(all, true), !all.isEmpty(), sure);
    }

    /** Those that no other certainly outdoes; of the same stamp, those of the first platform in the workspace. */
    private TreeSet<String> undominated(List<Said> all, boolean earliest) {
        TreeSet<String> values = new TreeSet<>();
        for (Said one : all) {
            boolean beaten = false;
            for (Said other : all) {
                if (other == one) continue;
                boolean later = earliest ? other.to() < one.from() : other.from() > one.to();
                boolean exact = one.from() == one.to() && other.from() == other.to() && one.from() == other.from();
                boolean before = model.platform(other.platform()).order()
                        < model.platform(one.platform()).order();
                beaten |= later || (exact && before);
            }
            if (!beaten) values.add(text(one.value()));
        }
        return values;
    }

    private Verdict union(Field field, Collection<LedgerRecord> customer) {
        Map<String, List<Said>> words = new TreeMap<>();
        boolean said = false;
        boolean sure = true;
        for (LedgerRecord record : customer) {
            said |= record.claims.containsKey(field.number());
            for (var word : record.elements
                    .getOrDefault(field.number(), new TreeMap<>())
                    .entrySet()) {
                words.computeIfAbsent(word.getKey(), e -> new ArrayList<>()).add(word.getValue());
                sure &= !word.getValue().maybe();
            }
        }
        TreeSet<String> in = new TreeSet<>();
        for (var word : words.entrySet()) {
            TreeSet<String> last = lastWords(word.getValue());
            sure &= last.size() == 1;
            if (last.contains("+")) in.add(word.getKey());
        }
        TreeSet<String> values = new TreeSet<>();
        values.add(String.join(",", in));
        return new Verdict(values, said, sure);
    }

    /** Of one element: at one time it is in. */
    private static TreeSet<String> lastWords(List<Said> all) {
        long last = Said.UNDATED;
        for (Said one : all) last = Math.max(last, one.from());
        TreeSet<String> values = new TreeSet<>();
        boolean exact = true;
        for (Said one : all) {
            if (one.to() < last) continue;
            values.add(text(one.value()));
            exact &= one.from() == one.to();
        }
        if (exact && values.contains("+")) values.remove("-");
        return values;
    }

    private Verdict consent(Field field, Collection<LedgerRecord> customer) {
        List<Said> log = new ArrayList<>();
        boolean sure = true;
        for (LedgerRecord record : customer) {
            log.addAll(record.consents.getOrDefault(field.number(), List.of()));
        }
        for (Said one : log) sure &= !one.maybe() && one.from() == one.to() && one.to() != Said.UNDATED;
        TreeSet<String> values = new TreeSet<>();
        if (log.isEmpty()) return new Verdict(values, false, true);
        boolean withdrawn = log.stream().anyMatch(one -> "withdrawn".equals(one.value()));
        if (!withdrawn) values.add("granted");
        else if (mayBeGranted(log)) values.add("granted");
        if (withdrawn) values.add("withdrawn");
        return new Verdict(values, true, sure);
    }

    /** A grant may stand only while no withdrawal is known to be as late, save those that the person had seen. */
    public boolean mayBeGranted(List<Said> log) {
        for (Said grant : log) {
            if (!"granted".equals(grant.value())) continue;
            boolean stands = true;
            for (Said other : log) {
                if (!"withdrawn".equals(other.value()) || other.maybe()) continue;
                stands &= outranks(grant, other);
            }
            if (stands) return true;
        }
        return false;
    }

    private boolean outranks(Said grant, Said withdrawal) {
        // The date of a record is not that of its consent.
        if (grant.to() == Said.UNDATED || grant.firstSight()) return false;
        if (grant.onTop() >= withdrawal.to() && withdrawal.to() != Said.UNDATED) return true;
        boolean samePlace = grant.platform() == withdrawal.platform();
        long bound = samePlace
                ? 0
                : model.platform(grant.platform()).clockBoundMicros()
                        + model.platform(withdrawal.platform()).clockBoundMicros();
        return withdrawal.from() == Said.UNDATED || grant.to() - bound > withdrawal.from();
    }

    private static void keepIfAny(List<Said> all, Predicate<Said> test) {
        if (all.stream().anyMatch(test)) all.removeIf(test.negate());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
