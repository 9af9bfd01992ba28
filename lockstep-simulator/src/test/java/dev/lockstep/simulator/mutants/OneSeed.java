package dev.lockstep.simulator.mutants;

import dev.lockstep.simulator.Options;
import dev.lockstep.simulator.Report;
import dev.lockstep.simulator.Simulation;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.host.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Runs a seed, and answers the first promise that it breaks, a colon and how (empty when it breaks none); then whatever
 * it has reached that a run reaches at times. The class loader of a {@link MutatedCore} makes it, and with it all that
 * it uses.
 */
public final class OneSeed implements LongFunction<List<String>> {
    private final Options options;

    /**
     * @param flags any of {@code --streams-only --without-operations --without-policies --without-faults
     *     --only-faults=A,B --consents --queues --leaving}, a space between; empty for everything
     */
    public OneSeed(String flags) {
        Options all = Options.ALL.withCrowds(false);
        for (String flag : flags.isEmpty() ? new String[0] : flags.split(" +")) {
            if (flag.equals("--streams-only")) all = all.withPolls(false);
            else if (flag.equals("--without-operations")) all = all.withOperations(false);
            else if (flag.equals("--without-policies")) all = all.withPolicies(false);
            else if (flag.equals("--without-faults")) all = all.withFaults(EnumSet.noneOf(Fault.class));
            else if (flag.equals("--consents")) all = all.withConsents(true);
            else if (flag.equals("--leaving")) all = all.withLeaving(true);
            else if (flag.equals("--queues")) all = all.withQueues(true);
            else if (flag.startsWith("--only-faults=")) all = all.withFaults(faults(flag));
            else throw new IllegalArgumentException("no option " + flag);
        }
        options = all;
    }

    private static EnumSet<Fault> faults(String flag) {
        EnumSet<Fault> faults = EnumSet.noneOf(Fault.class);
        for (String name : flag.substring(flag.indexOf('=') + 1).split(",")) faults.add(Fault.valueOf(name));
        return faults;
    }

    @Override
    public List<String> apply(long seed) {
        Report report = Simulation.run(seed, options);
        List<String> answer = new ArrayList<>();
        if (report.passed()) {
            answer.add("");
        } else {
            World.Violation first = report.violations().getFirst();
            answer.add(first.promise() + ": " + first.text());
        }
        report.sometimes().keySet().forEach(what -> answer.add(what.toString()));
        return answer;
    }
}
