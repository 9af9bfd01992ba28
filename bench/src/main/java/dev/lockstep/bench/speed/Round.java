package dev.lockstep.bench.speed;

import dev.lockstep.bench.Report;
import dev.lockstep.bench.speed.Figure.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One pipeline, once through all three kinds of work, on fresh tables. */
final class Round {

    private final Places places;
    private final Workload work;
    private final Pipeline pipeline;
    private final int number;
    private final Report report;
    private final List<Figure> figures = new ArrayList<>();

    Round(Places places, Workload work, Pipeline pipeline, int number, Report report) {
        this.places = places;
        this.work = work;
        this.pipeline = pipeline;
        this.number = number;
        this.report = report;
    }

    private interface Step {
        Map<String, Double> run() throws Exception;
    }

    /** Each kind of work needs the one before: after one that failed there are no more. */
    List<Figure> run() throws Exception {
        places.reset(pipeline.shape());
        try (pipeline) {
            pipeline.prepare();
            boolean all = step(Work.FIRST_COPY, this::firstCopy)
                    && step(Work.CATCH_UP, this::catchUp)
                    && step(Work.DELAY, this::delay);
            if (!all) {
                report.say("  %-10s goes no further in this round".formatted(pipeline.name()));
            }
        }
        return figures;
    }

    private boolean step(Work kind, Step step) throws Exception {
        Map<String, Double> values = Map.of();
        String failure = null;
        try {
            values = step.run();
        } catch (Exception e) {
            failure = (e + "; " + pipeline.said()).replaceAll("\\s+", " ");
        }
        figures.add(new Figure(pipeline.name(), number, kind, values, failure));
        report.say("  %-10s %-10s %s"
                .formatted(pipeline.name(), kind.title, failure == null ? text(values) : "FAIL: " + failure));
        return failure == null;
    }

    private static String text(Map<String, Double> values) {
        var text = new ArrayList<String>();
        values.forEach((name, value) ->
                text.add(String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value) + " " + name));
        return String.join(", ", text);
    }

    private Map<String, Double> firstCopy() throws Exception {
        var values = carry("base", work.rows(), Figure.ROWS);
        // Whoever commits all of it at once shows nothing before, nor does who reads all of it first.
        values.keySet().removeAll(List.of(Figure.START, Figure.AFTER_START));
        return values;
    }

    private Map<String, Double> catchUp() throws Exception {
        // By then what came last is safe on both sides, and nobody is still tidying up.
        Thread.sleep(2000);
        pipeline.stop();
        places.churn("churn");
        return carry("churn", work.changes(), Figure.CHANGES);
    }

    /** Starts the pipeline, and waits until all is there. */
    private Map<String, Double> carry(String tag, int count, String unit) throws Exception {
        var servers = places.processes();
        double serversBefore = Usage.seconds(servers);
        try (var usage = new Usage(pipeline);
                var markers = new Markers(places, work.limitSeconds(), tag)) {
            double ownBefore = usage.ownSeconds(servers);
            long began = System.nanoTime();
            pipeline.start();
            markers.await(pipeline);
            double own = usage.ownSeconds(servers);
            double ofServers = Usage.seconds(servers);
            // All but the comparing itself, which asks the servers for much: it does not count where it agrees at once.
            if (!markers.equal()) {
                own = usage.ownSeconds(servers);
                ofServers = Usage.seconds(servers);
            }
            double seconds = (markers.allAt() - began) / 1e9;
            double startup = (markers.firstAt() - began) / 1e9;
            var values = new LinkedHashMap<String, Double>();
            values.put(unit, count / seconds);
            values.put(Figure.AFTER_START, count / Math.max(0.01, seconds - startup));
            values.put(Figure.SECONDS, seconds);
            values.put(Figure.START, startup);
            values.put(Figure.PROCESSOR, own - ownBefore + ofServers - serversBefore);
            values.put(Figure.OWN_PROCESSOR, own - ownBefore);
            values.put(Figure.MEMORY, usage.peakMb());
            return values;
        }
    }

    private Map<String, Double> delay() throws Exception {
        var servers = places.processes();
        try (var usage = new Usage(pipeline);
                var markers = new Markers(places, 60, "")) {
            double ownBefore = usage.ownSeconds(servers);
            var values = new Delays(places, work).measure();
            values.put(Figure.OWN_PROCESSOR, usage.ownSeconds(servers) - ownBefore);
            values.put(Figure.MEMORY, usage.peakMb());
            markers.equal();
            return values;
        }
    }
}
