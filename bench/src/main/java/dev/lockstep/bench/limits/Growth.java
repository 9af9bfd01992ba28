package dev.lockstep.bench.limits;

import dev.lockstep.bench.Options;
import dev.lockstep.bench.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code growth}: the engine's own measurement ({@code EngineSpeedTest}) with few customers and with many. It is the one
 * program here that does not go through {@code ./lockstep}: rows for millions on three servers would measure those.
 */
public final class Growth {

    private static final Path HOME = Path.of(System.getProperty("lockstep.home"));
    private static final Pattern ROUND =
            Pattern.compile("engine: round \\d+, .*: [\\d.,]+ s, ([\\d.,]+) a second; each ([\\d.,]+) us.*");
    private static final Pattern SIGHT = Pattern.compile("engine: first sight of .*: ([\\d.,]+) s, .*");
    private static final Pattern FOLDER = Pattern.compile("engine: ([\\d.,]+) bytes of data folder a customer");
    private static final Pattern READY = Pattern.compile("engine: ready again after ([\\d.,]+) s");
    private static final Pattern STEP = Pattern.compile("engine: in step again after ([\\d.,]+) s");
    private static final Pattern MEMORY =
            Pattern.compile("engine: ([\\d.,]+) MB resident at most, ([\\d.,]+) MB of it the platforms' own");

    private Growth() {}

    public static void run(Options options, Report report) throws Exception {
        int few = options.number("few", 100_000);
        int many = options.number("people", 1_000_000);
        int edits = options.number("changes", 100_000);
        int rounds = options.number("rounds", 3);
        int heapMb = options.number("heap", 768);
        var trial = Trial.of(
                "growth", Map.of("few", few, "people", many, "changes", edits, "rounds", rounds, "heap", heapMb));
        var little = new Growth.Engine(few, edits, rounds, heapMb, report);
        var much = new Growth.Engine(many, edits, rounds, heapMb, report);
        trial.tell(report, "few customers, edits a second", little.median(ROUND), "a second");
        trial.tell(report, "many customers, edits a second", much.median(ROUND), "a second");
        trial.least(report, "many, of few", much.median(ROUND) / little.median(ROUND), "times", 0.8);
        trial.tell(report, "many, first sight of all of them", much.median(SIGHT), "s");
        trial.tell(report, "few, data folder", little.last(FOLDER, 1), "bytes a customer");
        trial.tell(report, "many, data folder", much.last(FOLDER, 1), "bytes a customer");
        // What the platforms hold beside it is theirs: in truth they are elsewhere.
        trial.most(report, "many, resident memory", much.last(MEMORY, 1) - much.last(MEMORY, 2), "MB", 2048);
        trial.most(report, "many, a start, until it is ready", much.median(READY), "s", 15);
        trial.tell(report, "many, a start, until an edit is everywhere", much.median(STEP), "s");
        trial.keep(report);
    }

    /** One run of the measurement, in a process of its own. */
    private static final class Engine {
        private final List<String> lines = new ArrayList<>();

        Engine(int customers, int edits, int rounds, int heapMb, Report report)
                throws IOException, InterruptedException {
            var process = new ProcessBuilder(
                            HOME.resolve("mvnw").toString(),
                            "-q",
                            "-o",
                            "-Dfast",
                            "-pl",
                            "lockstep-engine",
                            "-am",
                            "test",
                            "-Dtest=EngineSpeedTest",
                            "-Dsurefire.failIfNoSpecifiedTests=false",
                            "-Dtest.jvm.options=--sun-misc-unsafe-memory-access=allow -Xmx"
                                    + (heapMb + 30L * customers / 1_000_000) + "m -XX:+UseG1GC",
                            "-Dtest.seconds=20000",
                            "-Dspeed.customers=" + customers,
                            "-Dspeed.edits=" + edits,
                            "-Dspeed.rounds=" + rounds)
                    .directory(HOME.toFile())
                    .redirectErrorStream(true)
                    .start();
            try (var out = process.inputReader(StandardCharsets.UTF_8)) {
                out.lines().filter(line -> line.startsWith("engine: ")).forEach(line -> {
                    report.say("        " + line);
                    lines.add(line);
                });
            }
            report.check(process.waitFor() == 0, "%,d customers in step throughout".formatted(customers));
        }

        double median(Pattern pattern) {
            var values = values(pattern, 1);
            return values.isEmpty()
                    ? Double.NaN
                    : values.stream().sorted().toList().get(values.size() / 2);
        }

        double last(Pattern pattern, int group) {
            var values = values(pattern, group);
            return values.isEmpty() ? Double.NaN : values.getLast();
        }

        private List<Double> values(Pattern pattern, int group) {
            return lines.stream()
                    .map(pattern::matcher)
                    .filter(java.util.regex.Matcher::matches)
                    .map(matcher -> Double.parseDouble(matcher.group(group).replace(",", "")))
                    .toList();
        }
    }
}
