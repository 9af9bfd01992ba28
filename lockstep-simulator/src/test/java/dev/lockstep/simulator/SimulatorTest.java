package dev.lockstep.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.simulator.host.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatorTest {
    private static final int SEEDS = Integer.getInteger("simulator.seeds", 300);
    private static final long BUDGET_NANOS = Long.getLong("simulator.seconds", 30) * 1_000_000_000L;

    /** Platforms that stream, and everything that may go wrong; those that are polled: docs/decisions/0016. */
    private static final Options STREAMS = Options.ALL.withPolls(false);

    private static final Options STREAMS_THAT_GO_ON =
            STREAMS.withFaults(EnumSet.complementOf(EnumSet.of(Fault.POSITION_LOST, Fault.REDELIVERY)));

    /** Of a hundred fresh seeds so many may break for now (docs/decisions/0016); this number only shrinks. */
    private static final int BREAK_OF_HUNDRED = 1;

    /** Each of these broke a promise once, run in this way. */
    private static final Map<Options, List<Long>> ONCE_FAILED = Map.of(
            STREAMS_THAT_GO_ON,
            List.of(3L, 21L, 25L, 30L, 101L, 1029L, 1795395730634L, 1795395730725L, 1795395730773L, 1795400000021L),
            STREAMS,
            List.of(1795400000105L, 1795400000122L, 1795400000142L),
            Options.ALL,
            List.of(1795420000040L));

    @Test
    void hardlyAPromiseIsBrokenInFreshSeeds() {
        long first = System.currentTimeMillis();
        long began = System.nanoTime();
        List<String> broken = new ArrayList<>();
        int run = 0;
        int bad = 0;
        while (run < SEEDS && System.nanoTime() - began < BUDGET_NANOS) {
            long seed = first + run++;
            if (collect(seed, STREAMS, broken)) {
                bad++;
                broken.add("  again: ./lockstep simulate --streams-only --seed " + seed);
            }
        }
        System.out.println("simulator: " + run + " seeds from " + first + " on, " + bad + " broke a promise");
        broken.forEach(System.out::println);
        assertTrue(bad <= Math.max(1, run * BREAK_OF_HUNDRED / 100), () -> String.join("\n", broken));
    }

    @Test
    void seedsThatOnceFailedPass() {
        List<String> broken = new ArrayList<>();
        ONCE_FAILED.forEach((options, seeds) -> {
            for (long seed : seeds) collect(seed, options, broken);
        });
        assertTrue(broken.isEmpty(), () -> String.join("\n", broken));
    }

    @Test
    void theSameSeedTwiceIsTheSameRun() {
        for (long seed = 1; seed <= 3; seed++) {
            assertEquals(
                    Simulation.run(seed, Options.ALL).traceHash(),
                    Simulation.run(seed, Options.ALL).traceHash());
        }
    }

    /** @return whether a promise was broken */
    private static boolean collect(long seed, Options options, List<String> broken) {
        Report report = Simulation.run(seed, options);
        for (World.Violation violation : report.violations()) {
            broken.add("seed " + seed + ": " + violation.promise() + ": " + violation.text());
        }
        return !report.passed();
    }
}
