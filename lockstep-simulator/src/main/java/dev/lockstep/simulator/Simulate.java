package dev.lockstep.simulator;

import dev.lockstep.simulator.host.Fault;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Runs many seeds, and says what came of it. */
public final class Simulate {
    private long events;
    private long edits;
    private long writes;
    private long crashes;
    private long virtualMicros;
    private int seeds;
    private final EnumMap<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final EnumMap<Sometimes, Long> sometimes = new EnumMap<>(Sometimes.class);
    private final List<Long> converged = new ArrayList<>();
    private final List<Report> failed = new ArrayList<>();

    private final Options options;

    private Simulate(Options options) {
        this.options = options;
    }

    /** Runs {@code count} seeds from {@code first} on. */
    public static Simulate seeds(long first, int count, Options options) {
        Simulate all = new Simulate(options);
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
        report.faults().forEach((fault, times) -> faults.merge(fault, times, Long::sum));
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
            lines.add("  again: ./lockstep simulate" + options.flags() + " --seed " + report.seed());
        }
        return lines;
    }

    /** Figures of the whole run, by name. */
    public Map<String, Object> figures(double seconds) {
        converged.sort(null);
        TreeMap<String, Object> figures = new TreeMap<>();
        figures.put("seeds", seeds);
        figures.put("messages", options.queued() ? "in queues" : "at once");
        figures.put("failed", failed.size());
        figures.put("events", events);
        figures.put("events_per_second", Math.round(events / Math.max(0.001, seconds)));
        figures.put("edits", edits);
        figures.put("writes", writes);
        figures.put("crashes", crashes);
        figures.put("writes_per_edit", Math.round(100.0 * writes / Math.max(1, edits)) / 100.0);
        figures.put("virtual_years", Math.round(100 * virtualMicros / 31_557.6e9) / 100.0);
        figures.put("converged_p50_seconds", percentile(0.5));
        figures.put("converged_p99_seconds", percentile(0.99));
        for (Fault fault : Fault.values()) {
            long times = faults.getOrDefault(fault, 0L);
            figures.put("fault " + fault.name().toLowerCase(Locale.ROOT), times);
        }
        for (Sometimes what : Sometimes.values()) figures.put("sometimes " + what, sometimes.getOrDefault(what, 0L));
        figures.put("missed", missed());
        return figures;
    }

    /** The faults that never happened, and what was never reached. */
    public List<String> missed() {
        List<String> missed = new ArrayList<>();
        for (Fault fault : options.cut().faults()) {
            if (!faults.containsKey(fault)) missed.add("fault " + fault.name().toLowerCase(Locale.ROOT));
        }
        for (Sometimes what : Sometimes.values()) if (!sometimes.containsKey(what)) missed.add(what.toString());
        return missed;
    }

    private double percentile(double share) {
        if (converged.isEmpty()) return 0;
        return converged.get((int) Math.min(converged.size() - 1, share * converged.size())) / 1e6;
    }
}
