package dev.lockstep.bench.limits;

import dev.lockstep.bench.Lockstep;
import dev.lockstep.bench.Options;
import dev.lockstep.bench.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code idle}: what {@code up} costs while nobody edits anything, after it has read everybody, and after a restart. */
public final class Idle {

    private Idle() {}

    public static void run(Options options, Report report) throws Exception {
        int people = options.number("people", 100_000);
        int places = options.number("platforms", 2);
        int rest = options.number("rest", 60);
        int seconds = options.number("seconds", 60);
        var folder = options.folder("idle");
        report.say("in " + folder);
        Lockstep.build();
        var trial = Trial.of("idle", Map.of("people", people, "platforms", places, "rest", rest, "seconds", seconds));
        try (var town = new Town(folder, places, people)) {
            var lockstep = town.lockstep();
            var first = town.up(lockstep, 1800, report).running();
            Edits.spread(town, 0, "all is read", 1800);
            report.say("everybody is read; it held " + first.residentKb() / 1024 + " MB");
            look(first, "after everybody was read", rest, seconds, trial, report);
            first.stop(30_000);
            // The first start after the build is not warm.
            town.up(lockstep, 600, report).running().stop(30_000);
            var again = town.up(lockstep, 600, report);
            trial.most(report, "a start, until it is ready", again.seconds(), "s", 3);
            look(again.running(), "after a restart", rest, seconds, trial, report);
            again.running().stop(30_000);
        }
        trial.keep(report);
    }

    private static void look(Lockstep.Running running, String when, int rest, int seconds, Trial trial, Report report)
            throws Exception {
        Thread.sleep(rest * 1000L);
        double before = running.processorSeconds();
        Thread.sleep(seconds * 1000L);
        double share = 100 * (running.processorSeconds() - before) / seconds;
        trial.most(report, "processor, idle, " + when, share, "% of a core", 1);
        trial.most(report, "resident memory, idle, " + when, running.residentKb() / 1024.0, "MB", 250);
        Files.readAllLines(Path.of("/proc/" + running.handle().pid() + "/status")).stream()
                .filter(line -> line.startsWith("Rss") || line.startsWith("Threads"))
                .forEach(line -> report.say("        " + line.replaceAll("\\s+", " ")));
    }
}
