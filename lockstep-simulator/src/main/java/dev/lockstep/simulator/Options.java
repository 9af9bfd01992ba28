package dev.lockstep.simulator;

import dev.lockstep.simulator.host.Fault;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a seed is run.
 *
 * @param faults which faults may happen; each is then off, seldom or often by the seed
 * @param polls platforms without a change stream take part
 * @param policies platforms may have a scope, and deletions may spread
 * @param operations jobs of platforms may put back what is written, and records be archived
 * @param trace takes the readable trace; null: none
 */
public record Options(
        Set<Fault> faults,
        boolean polls,
        boolean policies,
        boolean operations,
        @Nullable Consumer<String> trace) {
    public static final Options ALL = new Options(EnumSet.allOf(Fault.class), true, true, true, null);

    public Options withTrace(Consumer<String> lines) {
        return new Options(faults, polls, policies, operations, lines);
    }

    public Options withFaults(Set<Fault> others) {
        return new Options(others, polls, policies, operations, trace);
    }

    public Options withPolicies(boolean allowed) {
        return new Options(faults, polls, allowed, allowed && operations, trace);
    }

    public Options withOperations(boolean allowed) {
        return new Options(faults, polls, policies, allowed, trace);
    }

    public Options withPolls(boolean allowed) {
        return new Options(faults, allowed, policies, operations, trace);
    }
}
