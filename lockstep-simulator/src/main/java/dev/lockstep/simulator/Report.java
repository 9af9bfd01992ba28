package dev.lockstep.simulator;

import dev.lockstep.simulator.host.Fault;
import java.util.List;
import java.util.Map;

/**
 * What came of one seed.
 *
 * @param seed the seed
 * @param violations promises broken; empty when all was well
 * @param traceHash the same whenever the seed is the same
 * @param events observations, requests, answers and faults
 * @param edits made by people
 * @param writes applied by platforms
 * @param crashes of the host
 * @param virtualMicros how long it was, in virtual time
 * @param convergedMicros from the last edit to rest
 * @param deeds how many people set out to do
 * @param faults how often each happened
 * @param sometimes what was reached, and how often
 */
public record Report(
        long seed,
        List<World.Violation> violations,
        long traceHash,
        long events,
        long edits,
        long writes,
        long crashes,
        long virtualMicros,
        long convergedMicros,
        int deeds,
        Map<Fault, Long> faults,
        Map<Sometimes, Long> sometimes) {
    public boolean passed() {
        return violations.isEmpty();
    }
}
