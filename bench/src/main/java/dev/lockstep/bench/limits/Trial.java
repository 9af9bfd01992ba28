package dev.lockstep.bench.limits;

import dev.lockstep.bench.Machine;
import dev.lockstep.bench.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One run of a program: where and when, of what, and every figure.
 *
 * @param program as {@code bench/run} knows it
 * @param at when it began, as ISO-8601
 * @param commit of Lockstep
 * @param machine the processor, cores, memory and system, in words
 * @param settings sizes and durations, by option
 */
public record Trial(
        String program,
        String at,
        String commit,
        String machine,
        Map<String, Integer> settings,
        List<Measure> measures) {

    private static final Path HOME = Path.of(System.getProperty("lockstep.home"));
    private static final Path KEPT = HOME.resolve("bench/results");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * One figure.
     *
     * @param limit how much of it is allowed, or the least of it when {@code least}; null: it is told for orientation
     */
    public record Measure(
            String what,
            double value,
            String unit,
            @Nullable Double limit,
            boolean least) {

        public boolean holds() {
            return limit == null || (least ? value >= limit : value <= limit);
        }

        public String wanted() {
            return limit == null ? "" : (least ? "≥ " : "≤ ") + number(limit) + " " + unit;
        }

        public String told() {
            return number(value) + " " + unit;
        }

        private static String number(double value) {
            return String.format(Locale.ROOT, value == Math.rint(value) || value >= 100 ? "%,.0f" : "%.2f", value);
        }
    }

    static Trial of(String program, Map<String, Integer> settings) throws IOException, InterruptedException {
        return new Trial(
                program,
                Instant.now().toString().substring(0, 19) + "Z",
                Machine.commit(HOME),
                Machine.words(),
                settings,
                new ArrayList<>());
    }

    void tell(Report report, String what, double value, String unit) {
        add(report, new Measure(what, value, unit, null, false));
    }

    void most(Report report, String what, double value, String unit, double limit) {
        add(report, new Measure(what, value, unit, limit, false));
    }

    void least(Report report, String what, double value, String unit, double limit) {
        add(report, new Measure(what, value, unit, limit, true));
    }

    private void add(Report report, Measure measure) {
        measures.add(measure);
        var line = measure.what() + ": " + measure.told();
        if (measure.limit() == null) {
            report.say("      " + line);
        } else {
            report.check(measure.holds(), line + " (" + measure.wanted() + ")");
        }
    }

    /** Writes it into a file of its own. */
    void keep(Report report) throws IOException {
        Files.createDirectories(KEPT);
        var file = KEPT.resolve("limit-" + program + "-" + at.substring(0, 16).replace(":", "") + ".json");
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
        report.say("kept in " + file);
    }

    /** All that were kept, eldest first. */
    public static List<Trial> all() throws IOException {
        try (Stream<Path> files = Files.list(KEPT)) {
            return files.filter(file -> file.getFileName().toString().matches("limit-.*\\.json"))
                    .map(file -> JSON.readValue(file.toFile(), Trial.class))
                    .sorted((one, other) -> one.at.compareTo(other.at))
                    .toList();
        }
    }
}
