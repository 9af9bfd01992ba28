package dev.lockstep.bench.limits;

import dev.lockstep.bench.Lockstep;
import dev.lockstep.bench.Options;
import dev.lockstep.bench.Proxy;
import dev.lockstep.bench.Report;
import java.util.Map;

/**
 * {@code stalled}: four platforms, two of which are edited; behind proxies, the third stalls (nothing passes, and no
 * connection ends) and the fourth is slow. What that means for the first two, for memory, and for what waits.
 */
public final class Stalled {

    private static final int PLACES = 4;
    private static final String STALLED = "place2";

    private final Town town;
    private final Lockstep.Running running;
    private final Carried carried;
    private final Proxy stalls;
    private final Proxy slow;
    private final Trial trial;
    private final Report report;

    private Stalled(
            Town town,
            Lockstep.Running running,
            Carried carried,
            Proxy stalls,
            Proxy slow,
            Trial trial,
            Report report) {
        this.town = town;
        this.running = running;
        this.carried = carried;
        this.stalls = stalls;
        this.slow = slow;
        this.trial = trial;
        this.report = report;
    }

    public static void run(Options options, Report report) throws Exception {
        int people = options.number("people", 10_000);
        int hot = options.number("edited", 1000);
        int perSecond = options.number("changes", 200);
        int seconds = options.number("seconds", 60);
        int rounds = options.number("rounds", 1);
        int warmUp = options.number("warm-up", 30);
        int delayMs = options.number("delay", 10);
        if (hot * 4 > people || hot < 40) {
            throw new IllegalArgumentException("--edited is 40 at least, and a quarter of --people at most");
        }
        var folder = options.folder("stalled");
        report.say("in " + folder);
        Lockstep.build();
        var trial = Trial.of(
                "stalled",
                Map.of(
                        "people", people,
                        "edited", hot,
                        "changes", perSecond,
                        "seconds", seconds,
                        "rounds", rounds,
                        "delay", delayMs));
        try (var town = new Town(folder, PLACES, people);
                var stalls = new Proxy(town.server(2).port());
                var slow = new Proxy(town.server(3).port())) {
            var lockstep = town.lockstep(
                    place -> place < 2 ? town.server(place).port() : place == 2 ? stalls.port() : slow.port());
            var running = town.up(lockstep, 900, report).running();
            Edits.spread(town, 0, "all is read", 900);
            try (var carried = new Carried(town, hot, perSecond)) {
                carried.begin();
                Thread.sleep(warmUp * 1000L);
                var stalled = new Stalled(town, running, carried, stalls, slow, trial, report);
                for (int round = 1; round <= rounds; round++) {
                    stalled.round(round, seconds, delayMs, hot);
                }
            }
            running.stop(30_000);
        }
        trial.keep(report);
    }

    private void round(int round, int seconds, int delayMs, int hot) throws Exception {
        var name = "round " + round + ", ";
        var before = phase(Math.max(10, seconds / 4));
        trial.tell(report, name + "all well, p50", before.times.ms(0.5), "ms");
        trial.tell(report, name + "all well, p99", before.times.ms(0.99), "ms");
        double residentMb = running.residentKb() / 1024.0;
        slow.delay(delayMs);
        stalls.stick(true);
        var during = phase(seconds);
        double waiting = town.metric("lockstep_pending", STALLED);
        double grownMb = running.residentKb() / 1024.0 - residentMb;
        stalls.stick(false);
        slow.delay(0);
        long released = System.nanoTime();
        trial.most(report, name + "stalled, p50", during.times.ms(0.5), "ms", 5);
        trial.most(report, name + "stalled, p99", during.times.ms(0.99), "ms", 25);
        trial.most(report, name + "stalled, never seen", during.missing, "edits", during.edits / 100.0);
        trial.tell(report, name + "edits while stalled", during.edits, "edits");
        // Those who move are a tenth as many again.
        trial.most(report, name + "records that wait", waiting, "records", hot * 2.2);
        trial.most(report, name + "resident memory, grown by", grownMb, "MB", 50);
        Edits.spread(town, 0, "round " + round, 600);
        while (town.metric("lockstep_pending", STALLED) > hot / 20.0) {
            Thread.sleep(100);
        }
        trial.tell(report, name + "caught up after", (System.nanoTime() - released) / 1e9, "s");
    }

    private record Phase(Times times, int edits, int missing) {}

    private Phase phase(int seconds) throws InterruptedException {
        int first = carried.edits();
        Thread.sleep(seconds * 1000L);
        int last = carried.edits();
        var times = carried.between(first, last);
        report.say("to the other: " + times);
        return new Phase(times, last - first, carried.missing(first, last));
    }
}
