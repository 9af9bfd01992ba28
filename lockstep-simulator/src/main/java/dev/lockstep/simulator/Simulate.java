package dev.lockstep.simulator;

import dev.lockstep.simulator.host.Fault;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs many seeds, or one with a readable trace, and says what came of it. */
public final class Simulate {
    private long events;
    private long edits;
    private long writes;
    private long crashes;
    private long virtualMicros;
    private int seeds;
    private final TreeMap<String, Long> faults = new TreeMap<>();
    private final TreeMap<String, Long> sometimes = new TreeMap<>();
    private final List<Long> converged = new ArrayList<>();
    private final List<Report> failed = new ArrayList<>();

    private Simulate() {}

    /** Runs {@code count} seeds from {@code first} on. */
    public static Simulate seeds(long first, int count, Options options) {
        Simulate all = new Simulate();
        for (int i = 0; i < count; i++) all.add(Simulation.run(first + i, options));
        return all;
    }

    private void add(Report report) {
        seeds++;
        events += report.events();
        edits += report.edits();
        writes += report.writes();
        crashes += report.crashes();
        virtualMicros += report.virtualMicros();
        converged.add(report.convergedMicros());
        for (Map.Entry<Fault, Long> fault : report.faults().entrySet()) {
            faults.merge(fault.getKey().name(), fault.getValue(), Long::sum);
        }
        report.sometimes().forEach((what, times) -> sometimes.merge(what, times, Long::sum));
        if (!report.passed()) failed.add(report);
    }

    /** The seeds in which a promise was broken. */
    public List<Report> failed() {
        return failed;
    }

    /** For each broken promise the seed, what was found, and the command that shows it again. */
    public List<String> failures() {
        List<String> lines = new ArrayList<>();
        for (Report report : failed) {
            for (World.Violation violation : report.violations()) {
                lines.add("seed " + report.seed() + ": " + violation.promise() + ": " + violation.text());
            }
            lines.add("  again: ./lockstep simulate --seed " + report.seed());
        }
        return lines;
    }

    /** Figures of the whole run, by name. */
    public Map<String, Object> figures(double seconds) {
        converged.sort(null);
        TreeMap<String, Object> figures = new TreeMap<>();
        figures.put("seeds", seeds);
        figures.put("failed", failed.size());
        figures.put("events", events);
        figures.put("events_per_second", Math.round(events / Math.max(0.001, seconds)));
        figures.put("edits", edits);
        figures.put("writes", writes);
        figures.put("crashes", crashes);
        figures.put("virtual_days", Math.round(virtualMicros / 86.4e9));
        figures.put("converged_p50_seconds", percentile(0.5));
        figures.put("converged_p99_seconds", percentile(0.99));
        faults.forEach((fault, times) -> figures.put("fault " + fault.toLowerCase(java.util.Locale.ROOT), times));
        sometimes.forEach((what, times) -> figures.put("sometimes " + what, times));
        return figures;
    }

    private double percentile(double share) {
        if (converged.isEmpty()) return 0;
        return converged.get((int) Math.min(converged.size() - 1, share * converged.size())) / 1e6;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out));
    }

    /**
     * The command: {@code --seeds N} fresh ones, {@code --from S} the first of them, {@code --seed S} one with its
     * trace, {@code --streams-only}, {@code --json}.
     *
     * @return 0 when no promise was broken, else 1
     */
    public static int run(String[] arguments, PrintStream out) {
        int count = 1000;
        long first = System.nanoTime() & 0xffff_ffffL;
        boolean json = false;
        Long one = null;
        Options options = Options.ALL;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seeds" -> count = Integer.parseInt(arguments[++i]);
                case "--from" -> first = Long.parseLong(arguments[++i]);
                case "--seed" -> one = Long.parseLong(arguments[++i]);
                case "--streams-only" -> options = options.withPolls(false);
                case "--json" -> json = true;
                default -> {
                    out.println("Unknown option `" + arguments[i] + "`: try --seeds N, --seed S, --from S or --json.");
                    return 2;
                }
            }
        }
        if (one != null) return one(one, options, out);
        long began = System.nanoTime();
        Simulate all = seeds(first, count, options);
        Map<String, Object> figures = all.figures((System.nanoTime() - began) / 1e9);
        if (json) out.println(json(figures));
        else figures.forEach((name, value) -> out.println("%-45s %s".formatted(name, value)));
        all.failures().forEach(out::println);
        return all.failed().isEmpty() ? 0 : 1;
    }

    private static int one(long seed, Options options, PrintStream out) {
        Report report = Simulation.run(seed, options.withTrace(out::println));
        out.println(
                "seed " + seed + ": " + report.events() + " events, " + report.edits() + " edits, " + report.writes()
                        + " writes, " + report.crashes() + " crashes, trace " + Long.toHexString(report.traceHash()));
        for (World.Violation violation : report.violations()) {
            out.println(violation.promise() + ": " + violation.text());
        }
        return report.passed() ? 0 : 1;
    }

    private static String json(Map<String, Object> figures) {
        StringBuilder json = new StringBuilder("{");
        figures.forEach((name, value) -> {
            if (json.length() > 1) json.append(", ");
            json.append('"').append(name).append("\": ").append(value);
        });
        return json.append('}').toString();
    }
}
