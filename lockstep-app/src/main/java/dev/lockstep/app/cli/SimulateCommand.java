package dev.lockstep.app.cli;

import dev.lockstep.engine.EngineException;
import dev.lockstep.simulator.Cut;
import dev.lockstep.simulator.Options;
import dev.lockstep.simulator.Report;
import dev.lockstep.simulator.Shrink;
import dev.lockstep.simulator.Simulate;
import dev.lockstep.simulator.Simulation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code simulate}: the promises, tried on made-up companies with everything going wrong. */
@Command(
        name = "simulate",
        description = {
            "Tries the promises on made-up platforms, people and faults, in virtual time.",
            "One random seed each. Touches no workspace. A seed that breaks a promise prints the command that replays"
                    + " it."
        },
        footer = {
            "",
            "Example:",
            "  lockstep simulate --seeds 100",
            "  lockstep simulate --seed 1029",
            "  lockstep simulate --seed 1029 --shrink"
        })
public final class SimulateCommand implements Callable<Integer> {
    private final Lockstep lockstep;

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "1000", description = "How many (default: 1000).")
    private int seeds;

    @Option(names = "--from", paramLabel = "SEED", description = "The first of them (default: the time).")
    private @Nullable Long from;

    @Option(names = "--seed", paramLabel = "SEED", description = "This one only, with all that happens in it.")
    private @Nullable Long seed;

    @Option(names = "--streams-only", description = "No platforms that have to be polled.")
    private boolean streamsOnly;

    @Option(names = "--no-policies", description = "No scopes, no deletions that spread, no guard.")
    private boolean noPolicies;

    @Option(names = "--no-operations", description = "No jobs that put back, no archive, no change of the workspace.")
    private boolean noOperations;

    @Option(names = "--no-oddities", description = "No defaults, no keys that change hands, no edit taken back.")
    private boolean noOddities;

    @Option(names = "--leaving", description = "At the very end a platform is left for good.")
    private boolean leaving;

    @Option(names = "--few-people", description = "Some eight people a seed, not some twenty.")
    private boolean fewPeople;

    @Option(names = "--consents", description = "A small workspace, where people hardly do more than opt in and out.")
    private boolean consents;

    @Option(names = "--queues", description = "Messages between machines wait in queues, as between processes.")
    private boolean queues;

    @Option(names = "--cut", paramLabel = "PARTS", defaultValue = "", description = "What to leave out of a seed.")
    private String cut = "";

    @Option(
            names = "--shrink",
            description = "With --seed: leaves out as much as can be while the seed still breaks the promise.")
    private boolean shrink;

    public SimulateCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        Options options = options();
        if (seed == null && shrink) {
            throw new EngineException(
                    "--shrink needs the seed to make smaller.", "lockstep simulate --seed 1 --shrink");
        }
        if (seed == null) return many(options);
        return one(seed, shrink ? smallest(seed, options) : options);
    }

    private Options options() {
        try {
            return Options.ALL
                    .withPolls(!streamsOnly)
                    .withPolicies(!noPolicies)
                    .withOperations(!noPolicies && !noOperations)
                    .withOddities(!noOddities)
                    .withLeaving(leaving)
                    .withCrowds(!fewPeople)
                    .withConsents(consents)
                    .withQueues(queues)
                    .withCut(Cut.parse(cut));
        } catch (IllegalArgumentException e) {
            throw new EngineException(String.valueOf(e.getMessage()), "lockstep simulate --help");
        }
    }

    private Options smallest(long only, Options options) {
        Report report = Simulation.run(only, options);
        if (report.passed()) return options;
        Options smallest = Shrink.of(only, options, report);
        lockstep.err().println("The smallest: lockstep simulate" + smallest.flags() + " --seed " + only);
        return smallest;
    }

    private int many(Options options) {
        long first = from == null ? System.currentTimeMillis() : from;
        if (!lockstep.quiet()) lockstep.err().println("Seeds " + first + " to " + (first + seeds - 1) + " …");
        long began = System.nanoTime();
        Simulate all = Simulate.seeds(first, seeds, options);
        List<String> failures = all.failures();
        Map<String, Object> figures = all.figures((System.nanoTime() - began) / 1e9);
        if (lockstep.json()) {
            Map<String, Object> answer = new TreeMap<>(figures);
            answer.put("violations", failures);
            lockstep.sayJson(answer);
        } else {
            figures.forEach((name, value) -> lockstep.say("%-45s %s".formatted(name, value)));
            failures.forEach(lockstep::say);
        }
        return all.failed().isEmpty() ? 0 : 1;
    }

    private int one(long only, Options options) {
        Report report = Simulation.run(only, lockstep.json() ? options : options.withTrace(lockstep::say));
        if (lockstep.json()) {
            lockstep.sayJson(report);
        } else {
            lockstep.say("seed " + only + options.flags() + ": " + report.events() + " events, " + report.edits()
                    + " edits, " + report.writes() + " writes, " + report.crashes() + " crashes, trace "
                    + Long.toHexString(report.traceHash()));
            report.violations().forEach(broken -> lockstep.say(broken.promise() + ": " + broken.text()));
        }
        return report.passed() ? 0 : 1;
    }
}
