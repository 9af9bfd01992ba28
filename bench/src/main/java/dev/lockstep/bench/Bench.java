package dev.lockstep.bench;

import dev.lockstep.bench.errors.Errors;
import dev.lockstep.bench.guard.Guard;
import dev.lockstep.bench.image.Image;
import dev.lockstep.bench.latency.Latency;
import dev.lockstep.bench.limits.Growth;
import dev.lockstep.bench.limits.Idle;
import dev.lockstep.bench.limits.Query;
import dev.lockstep.bench.limits.Stalled;
import dev.lockstep.bench.million.Million;
import dev.lockstep.bench.shapes.ThreeShapes;
import dev.lockstep.bench.speed.Speed;
import dev.lockstep.bench.storm.Hour;
import dev.lockstep.bench.storm.Storm;
import dev.lockstep.bench.storm.Torture;
import java.util.Arrays;

/** The table of contents: one program each. */
public final class Bench {

    private Bench() {}

    public static void main(String[] args) throws Exception {
        try {
            var options = new Options(Arrays.asList(args).subList(1, args.length));
            var report = new Report();
            run(args[0], options, report);
            options.refuseUnused();
            System.exit(report.close() ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static void run(String program, Options options, Report report) throws Exception {
        switch (program) {
            case "shapes" -> ThreeShapes.run(options, report);
            case "storm" -> Storm.run(options, report);
            case "torture" -> Torture.run(options, report);
            case "hour" -> Hour.run(options, report);
            case "latency" -> Latency.run(options, report);
            case "speed" -> Speed.run(options, report);
            case "growth" -> Growth.run(options, report);
            case "idle" -> Idle.run(options, report);
            case "query" -> Query.run(options, report);
            case "stalled" -> Stalled.run(options, report);
            case "million" -> Million.run(options, report);
            case "errors" -> Errors.run(options, report);
            case "guard" -> Guard.run(options, report);
            case "image" -> Image.run(options, report);
            default ->
                throw new IllegalArgumentException("There is no program '" + program + "': bench/README.md lists them.");
        }
    }
}
