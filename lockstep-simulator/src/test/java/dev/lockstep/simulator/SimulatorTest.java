package dev.lockstep.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.simulator.host.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatorTest {
    /** Each of these broke a promise once. */
    private static final long[] ONCE_FAILED = {
        3, 6, 16, 21, 25, 30, 35, 101, 1000, 1029, 1795395730634L, 1795395730725L, 1795395730773L
    };

    private static final int SEEDS = Integer.getInteger("simulator.seeds", 300);
    private static final long BUDGET_NANOS = Long.getLong("simulator.seconds", 40) * 1_000_000_000L;
    /**
     * Platforms that stream. Where a stream loses its position, or shows again what it had shown long ago, seeds still
     * break (docs/decisions/0014): until that is mended these two faults, and platforms that are polled, are run by
     * hand.
     */
    private static final Options STREAMS = Options.ALL
            .withPolls(false)
            .withFaults(EnumSet.complementOf(EnumSet.of(Fault.POSITION_LOST, Fault.REDELIVERY)));

    /** Of a hundred fresh seeds so many may break for now (docs/decisions/0014); this number only shrinks. */
    private static final int BREAK_OF_HUNDRED = 1;

    @Test
    void hardlyAPromiseIsBrokenInFreshSeeds() {
        long first = System.currentTimeMillis();
        long began = System.nanoTime();
        List<String> broken = new ArrayList<>();
        int run = 0;
        int bad = 0;
        while (run < SEEDS && System.nanoTime() - began < BUDGET_NANOS) {
            int before = broken.size();
            collect(first + run++, broken);
            if (broken.size() > before) bad++;
        }
        System.out.println("simulator: " + run + " seeds from " + first + " on, " + bad + " broke a promise");
        broken.forEach(System.out::println);
        int most = Math.max(1, run * BREAK_OF_HUNDRED / 100);
        assertTrue(bad <= most, () -> String.join("\n", broken));
    }

    @Test
    void seedsThatOnceFailedPass() {
        List<String> broken = new ArrayList<>();
        for (long seed : ONCE_FAILED) collect(seed, broken);
        assertTrue(broken.isEmpty(), () -> String.join("\n", broken));
    }

    @Test
    void theSameSeedTwiceIsTheSameRun() {
        for (long seed = 1; seed <= 3; seed++) {
            assertEquals(
                    Simulation.run(seed, STREAMS).traceHash(),
                    Simulation.run(seed, STREAMS).traceHash());
        }
    }

    private static void collect(long seed, List<String> broken) {
        Report report = Simulation.run(seed, STREAMS);
        for (World.Violation violation : report.violations()) {
            broken.add("seed " + seed + ": " + violation.promise() + ": " + violation.text());
        }
        if (!report.passed()) broken.add("  again: ./lockstep simulate --streams-only --seed " + seed);
    }
}
