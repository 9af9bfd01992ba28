package dev.lockstep.simulator.mutants;

import dev.lockstep.simulator.Options;
import dev.lockstep.simulator.Report;
import dev.lockstep.simulator.Simulation;
import dev.lockstep.simulator.Sometimes;
import dev.lockstep.simulator.World;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** Runs a seed in which people hardly do more than opt in and out, and counts what came of it. */
public final class ConsentSeed implements LongFunction<Map<String, Long>> {
    static final String EDITS = "a person changes a consent";
    static final String STANDS = "an attested opt-in stands";
    static final String LOST = "an attested opt-in is lost";
    static final String LOOSENED = "a consent is loosened";
    static final String OTHER = "another promise is broken";

    /** @param flags {@code --streams-only}, or empty */
    public ConsentSeed(String flags) {
        options = Options.ALL.withConsents(true).withOddities(false).withPolls(!flags.equals("--streams-only"));
    }

    private final Options options;

    @Override
    public Map<String, Long> apply(long seed) {
        Report report = Simulation.run(seed, options);
        Map<String, Long> counts = new TreeMap<>();
        counts.put(EDITS, report.sometimes().getOrDefault(Sometimes.CONSENT_CHANGED, 0L));
        counts.put(STANDS, report.sometimes().getOrDefault(Sometimes.GRANT_STANDS, 0L));
        for (World.Violation broken : report.violations()) {
            if (broken.promise().equals("GrantsStand")) {
                counts.merge(LOST, 1L, Long::sum);
                continue;
            }
            boolean loosened = broken.promise().equals("ConsentNeverLoosens");
            counts.merge(loosened ? LOOSENED : OTHER, 1L, Long::sum);
            System.out.println("seed " + seed + ": " + broken.promise() + ": " + broken.text());
        }
        return counts;
    }
}
