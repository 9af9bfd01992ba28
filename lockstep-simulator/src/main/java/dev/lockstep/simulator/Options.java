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
 * @param trace takes the readable trace; null: none
 */
public record Options(
        Set<Fault> faults, boolean polls, @Nullable Consumer<String> trace) {
    public static final Options ALL = new Options(EnumSet.allOf(Fault.class), true, null);

    public Options withTrace(Consumer<String> lines) {
        return new Options(faults, polls, lines);
    }

    public Options withFaults(Set<Fault> others) {
        return new Options(others, polls, trace);
    }

    public Options withPolls(boolean allowed) {
        return new Options(faults, allowed, trace);
    }
}
