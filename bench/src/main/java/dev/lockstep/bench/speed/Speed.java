package dev.lockstep.bench.speed;

import dev.lockstep.bench.Lockstep;
import dev.lockstep.bench.Machine;
import dev.lockstep.bench.Options;
import dev.lockstep.bench.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code speed}: every pipeline in turn, round after round, on the same servers and data; medians, and ratios to
 * PostgreSQL's own logical replication.
 */
public final class Speed {

    private static final Path HOME = Path.of(System.getProperty("lockstep.home"));
    private static final Path KEPT = HOME.resolve("bench/results");

    private Speed() {}

    public static void run(Options options, Report report) throws Exception {
        boolean brief = options.flag("short");
        var work = new Workload(
                options.number("rows", brief ? 50_000 : 500_000),
                options.number("changes", brief ? 30_000 : 300_000),
                options.number("edits", 200),
                options.number("seconds", brief ? 10 : 30),
                options.number("limit", brief ? 120 : 900));
        int rounds = options.number("rounds", brief ? 1 : 5);
        var names =
                List.of(options.text("pipelines", "native,one-way,three-way").split(","));
        boolean write = options.flag("write");
        var folder = options.folder("speed");
        if (rounds > 0) {
            report.say("in " + folder);
            Lockstep.build();
            if (names.contains("connect")) {
                Connect.fetch(HOME);
            }
            var results = measure(work, rounds, names, folder, report);
            Page.lines(results).forEach(report::say);
            report.say("kept in " + results.keep(KEPT));
        }
        if (write) {
            report.say("written to " + Page.write(HOME.resolve("docs/performance.md"), Results.all(KEPT)));
        }
    }

    private static Results measure(Workload work, int rounds, List<String> names, Path folder, Report report)
            throws Exception {
        var at = Results.now();
        var figures = new ArrayList<Figure>();
        try (var places = new Places(folder, work)) {
            report.say("filled with %,d rows; %,d changes".formatted(work.rows(), work.changes()));
            for (int round = 1; round <= rounds; round++) {
                report.say("round " + round + " of " + rounds + ", load " + Machine.load());
                for (var name : names) {
                    var pipeline = pipeline(name, places, folder.resolve(name + "-" + round));
                    figures.addAll(new Round(places, work, pipeline, round, report).run());
                }
            }
            figures.stream()
                    .filter(figure -> figure.failure() != null)
                    .forEach(figure -> report.check(
                            false,
                            figure.pipeline() + " at its " + figure.work().title + ", round " + figure.round() + ": "
                                    + figure.failure()));
            var versions = Map.of(
                    "PostgreSQL", places.server(0).ask("postgres", "show server_version"),
                    "Java", Runtime.version().toString());
            var pipelines = new LinkedHashMap<String, String>();
            for (var name : names) {
                pipelines.put(name, pipeline(name, places, folder).what());
            }
            return new Results(at, Machine.commit(HOME), Machine.words(), versions, work, rounds, pipelines, figures);
        }
    }

    private static Pipeline pipeline(String name, Places places, Path folder) throws IOException {
        return switch (name) {
            case "native" -> new Native(places);
            case "one-way" -> new OneWay(places, folder);
            case "connect" -> new Connect(places, HOME, folder);
            case "two-way" -> new Mutual(places, Places.TWO_WAY, folder);
            case "three-way" -> new Mutual(places, Places.THREE_WAY, folder);
            default -> throw new IllegalArgumentException("no pipeline is called " + name);
        };
    }
}
