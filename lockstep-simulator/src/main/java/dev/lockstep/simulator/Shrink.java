package dev.lockstep.simulator;

import dev.lockstep.simulator.host.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Makes a run that breaks a promise smaller, as long as it breaks the same one: fewer kinds of trouble, platforms and
 * people, then fewer deeds and faults, by halves, quarters and so on (delta debugging).
 */
public final class Shrink {
    private static final int MOST_RUNS = 600;
    private static final int MOST_PEOPLE = 12;

    private final long seed;
    private final Set<String> promises;
    private Options smallest;
    private int runs;

    private Shrink(long seed, Options options, Report broken) {
        this.seed = seed;
        this.smallest = options;
        this.promises = new TreeSet<>();
        broken.violations().forEach(violation -> promises.add(violation.promise()));
    }

    /**
     * The smallest way to run {@code seed} that was found to break one of the promises that {@code broken} tells of.
     *
     * @param broken what came of it with {@code options}
     */
    public static Options of(long seed, Options options, Report broken) {
        Shrink shrink = new Shrink(seed, options, broken);
        shrink.all();
        return shrink.smallest;
    }

    private void all() {
        String before;
        do {
            before = smallest.flags();
            tries(smallest.withOperations(false));
            tries(smallest.withPolicies(false));
            tries(smallest.withPolls(false));
            kinds();
            for (int n = 2; n <= 3 && !tries(smallest.withCut(smallest.cut().withPlatforms(n))); n++) {}
            for (int n = 1;
                    n < MOST_PEOPLE && !tries(smallest.withCut(smallest.cut().withPeople(n)));
                    n++) {}
            Report now = Simulation.run(seed, smallest);
            without(now.deeds(), smallest.cut().deeds(), those -> smallest.cut().withoutDeeds(those));
            now = Simulation.run(seed, smallest);
            int drawn = (int) now.faults().values().stream()
                            .mapToLong(Long::longValue)
                            .sum()
                    + smallest.cut().struck().size();
            without(drawn, smallest.cut().struck(), those -> smallest.cut().withoutStruck(those));
        } while (!before.equals(smallest.flags()) && runs < MOST_RUNS);
    }

    private void kinds() {
        for (Fault fault : Fault.values()) {
            if (!smallest.cut().faults().contains(fault)) continue;
            EnumSet<Fault> rest = EnumSet.noneOf(Fault.class);
            rest.addAll(smallest.cut().faults());
            rest.remove(fault);
            tries(smallest.withCut(smallest.cut().withFaults(rest)));
        }
    }

    /** Leaves out as many of {@code 1..count} as it can, in shrinking bites. */
    private void without(int count, Set<Integer> left, Function<Set<Integer>, Cut> cut) {
        TreeSet<Integer> out = new TreeSet<>(left);
        for (int bite = Math.max(1, count / 2); bite > 0; bite /= 2) {
            for (int from = 1; from <= count; from += bite) {
                List<Integer> those = new ArrayList<>();
                for (int i = from; i < from + bite && i <= count; i++) if (out.add(i)) those.add(i);
                if (!those.isEmpty() && !tries(smallest.withCut(cut.apply(Set.copyOf(out)))))
                    those.forEach(out::remove);
            }
        }
    }

    /** Whether it still breaks a promise that way; then that is the smallest. */
    private boolean tries(Options smaller) {
        if (smaller.flags().equals(smallest.flags()) || runs++ >= MOST_RUNS) return false;
        boolean breaks = Simulation.run(seed, smaller).violations().stream()
                .anyMatch(violation -> promises.contains(violation.promise()));
        if (breaks) smallest = smaller;
        return breaks;
    }
}
