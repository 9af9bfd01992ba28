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

    private static final Options CONSENTS = Options.ALL.withConsents(true).withPolls(false);

    private static final Options FEW = Options.ALL.withCrowds(false);

    private static final Options WITHOUT_OPERATIONS = FEW.withOperations(false);
    private static final Options WITHOUT_POLICIES = WITHOUT_OPERATIONS.withPolicies(false);
    private static final Options ONLY_STREAMS = WITHOUT_POLICIES.withPolls(false);

    private static final Options STREAMS_THAT_GO_ON =
            ONLY_STREAMS.withFaults(EnumSet.complementOf(EnumSet.of(Fault.POSITION_LOST, Fault.REDELIVERY)));

    /**
     * Of a hundred fresh seeds of few people so many may break for now (docs/decisions/0016); this number only shrinks.
     * Of those with some twenty people, which {@code ./lockstep simulate} runs, about as many do. A run fails when it
     * breaks more than chance explains at that rate: three standard deviations of a Poisson count, and one.
     */
    private static final int BREAK_OF_HUNDRED = 1;

    /** Each of these broke a promise once, run in this way. */
    private static final Map<Options, List<Long>> ONCE_FAILED = Map.ofEntries(
            Map.entry(
                    STREAMS_THAT_GO_ON,
                    List.of(
                            3L,
                            21L,
                            25L,
                            30L,
                            101L,
                            1029L,
                            1795395730634L,
                            1795395730725L,
                            1795395730773L,
                            1795400000021L)),
            Map.entry(
                    ONLY_STREAMS,
                    List.of(
                            1795400000105L,
                            1795400000122L,
                            1795400000142L,
                            1795407393993L,
                            1795600000309L,
                            1795600000804L)),
            Map.entry(
                    WITHOUT_POLICIES,
                    List.of(
                            1795420000040L,
                            1795500000020L,
                            1795500000109L,
                            1795500000145L,
                            1795500000221L,
                            1795500000224L,
                            1795500000310L,
                            1795500000405L,
                            1795500000612L,
                            1795500000783L,
                            1795800000641L)),
            Map.entry(WITHOUT_OPERATIONS.withPolls(false), List.of(1795700000261L, 1795700000467L)),
            Map.entry(FEW.withPolls(false), List.of(13L, 82L, 1795427513106L, 1795427513115L, 1795600000174L)),
            Map.entry(
                    Options.ALL.withPolls(false),
                    List.of(
                            1795730000229L,
                            1795750000396L,
                            1795750000301L,
                            1795780000140L,
                            1795800000288L,
                            1795800000293L,
                            1795800000346L,
                            1795800000734L)),
            Map.entry(Options.ALL, List.of(1795740000169L)),
            Map.entry(
                    CONSENTS,
                    List.of(
                            1795500000008L,
                            1795500000056L,
                            1795500000088L,
                            1795910000009L,
                            1795920000213L,
                            1795920000246L,
                            1795920000433L,
                            1795920000458L,
                            1795920001201L,
                            1795920001625L,
                            1795920001753L,
                            1795920001875L,
                            1795920001878L,
                            1795920002302L,
                            1795920002518L,
                            1796100000005L,
                            1796500000391L)),
            Map.entry(Options.ALL.withConsents(true), List.of(1795920002120L)),
            Map.entry(FEW, List.of(7345L, 1795600000214L, 1795426862796L, 1795426862930L, 1795427513192L)),
            Map.entry(
                    FEW.withPolicies(false).withPolls(false).withQueues(true),
                    List.of(3L, 9L, 19L, 20L, 24L, 32L, 36L, 37L, 51L, 55L, 59L)),
            Map.entry(
                    WITHOUT_OPERATIONS,
                    List.of(1795412380079L, 1795413006921L, 1795413006923L, 1796000000712L, 1796000000724L)));

    /** As {@link #ONCE_FAILED}, of those that break only with oddities. */
    private static final Map<Options, List<Long>> ONCE_FAILED_ODDLY = Map.ofEntries(
            Map.entry(Options.ALL, List.of(1795499585911L, 1795499585912L, 1795507125467L)),
            Map.entry(FEW.withLeaving(true), List.of(1795472655092L)),
            Map.entry(
                    Options.ALL.withConsents(true),
                    List.of(
                            1798000000022L,
                            1798000000059L,
                            1798000000088L,
                            1798000000159L,
                            1798000000161L,
                            1798000000292L,
                            1798310000217L,
                            1795519264988L)),
            Map.entry(FEW.withQueues(true), List.of(1795463514856L)),
            Map.entry(Options.ALL.withQueues(true), List.of(1795507413458L, 1795507413322L, 1795507413421L)),
            Map.entry(
                    FEW.withPolls(false).withQueues(true),
                    List.of(1795463514933L, 1795457124460L, 1796600000228L, 1796600000463L)),
            Map.entry(
                    CONSENTS, List.of(1796500000256L, 1796500000272L, 1796500000333L, 1797100001667L, 1797200004787L)),
            Map.entry(
                    CONSENTS.withQueues(true),
                    List.of(
                            1797100000069L,
                            1797200000709L,
                            1798310000109L,
                            1798310000150L,
                            1798310000187L,
                            1798310000485L)),
            Map.entry(
                    Options.ALL.withConsents(true).withQueues(true),
                    List.of(
                            1798310000187L,
                            1798310000281L,
                            1798310000402L,
                            1798310000547L,
                            1798320000146L,
                            1798320000238L)),
            Map.entry(Options.ALL.withPolls(false), List.of(1797100001493L, 1797100001633L)),
            Map.entry(FEW, List.of(1796500000014L, 1796500000027L, 1796500000076L, 1796500000205L)));

    @Test
    void hardlyAPromiseIsBrokenInFreshSeeds() {
        fresh(Options.ALL, BUDGET_NANOS);
    }

    @Test
    void norWhereMessagesBetweenMachinesWaitInQueues() {
        fresh(Options.ALL.withQueues(true), BUDGET_NANOS / 2);
    }

    private static void fresh(Options all, long budgetNanos) {
        long first = System.currentTimeMillis();
        long began = System.nanoTime();
        List<String> broken = new ArrayList<>();
        int run = 0;
        int bad = 0;
        while (run < SEEDS && System.nanoTime() - began < budgetNanos) {
            long seed = first + run++;
            Options options = all.withPolls(run % 4 == 0).withCrowds(false);
            if (collect(seed, options, broken)) {
                bad++;
                broken.add("  again: ./lockstep simulate" + options.flags() + " --seed " + seed);
            }
        }
        System.out.println(
                "simulator" + all.flags() + ": " + run + " seeds from " + first + " on, " + bad + " broke a promise");
        broken.forEach(System.out::println);
        double mean = run * BREAK_OF_HUNDRED / 100.0;
        int may = (int) (mean + 3 * Math.sqrt(mean)) + 1;
        assertTrue(bad <= may, () -> String.join("\n", broken));
    }

    @Test
    void seedsThatOnceFailedPass() {
        List<String> broken = new ArrayList<>();
        ONCE_FAILED.forEach((options, seeds) -> {
            for (long seed : seeds) collect(seed, options.withOddities(false), broken);
        });
        ONCE_FAILED_ODDLY.forEach((options, seeds) -> {
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
