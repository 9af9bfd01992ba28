package dev.lockstep.bench.speed;

import dev.lockstep.bench.limits.Tables;
import dev.lockstep.bench.limits.Trial;
import dev.lockstep.bench.speed.Figure.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The figures as people read them: on the screen, and as {@code docs/performance.md}. */
final class Page {

    private static final String HEAD = """
            # How fast it is, beside others

            Written by `bench/run speed --write` from the runs that are kept in `bench/results`: every figure is as it
            came. All pipelines take turns, round after round, on the same PostgreSQL servers (as `wal_level = logical`
            wants it, `fsync` and `synchronous_commit` on, everything on one machine), with the same table of a key and
            ten columns and the same changes. Figures are medians; × is the median of each round's own ratio to
            PostgreSQL's logical replication, which does less (one way, one shape, no rules) and is the practical limit.
            The figures themselves drift with the machine: compare only within a table. A small run is mostly start-up
            and the warming up of the JVMs, which a large one spreads over more.

            - **First copy**: into empty tables, from the command that starts the pipeline.
            - **Catch-up**: changes made while the pipeline was stopped: 80 % updates, 15 % inserts, 5 % deletes, 1 to
              10 in a transaction, each of another row. From the command that starts it again; start-up, until the
              first change is there, is inside, and given apart.
            - **Delay**: from the moment a commit has returned until the change is committed elsewhere.
            - Both first end when the last row is there *and* checksums over all columns agree everywhere; where they
              do not, or not in time, the table says FAIL and gives no figure.
            - **Two-way, three-way**: tables with keys of their own, made from one; two are edited. 5 % of the changes edit
              a phone, 1 % give a row another's address or one of two rows with one address another, and each change
              leads to a write on all others. Rows of one person on one platform keep their own address and phone,
              so of these 1 % the two are not compared.
              It is compared with replication that goes one way, to one table.
            - **Processor** counts the pipeline and all servers, in seconds for the whole of it; **memory** is the most
              that its own processes held at once: for replication, those of the subscription.
            """;

    private Page() {}

    /** Medians and ratios, a line each. */
    static List<String> lines(Results results) {
        var lines = new ArrayList<String>();
        for (var work : Work.values()) {
            for (var name : results.pipelines().keySet()) {
                lines.add("%-10s  %-10s %9s %-9s × %-6s %s processor, %s"
                        .formatted(
                                work.title,
                                name,
                                text(results, name, work, work.by),
                                work.by,
                                ratio(results.ratio(name, work)),
                                work == Work.DELAY ? "–" : text(results, name, work, Figure.PROCESSOR) + " s",
                                text(results, name, work, Figure.MEMORY) + " MB"));
            }
        }
        return lines;
    }

    /** The newest run of each size, the largest first; then a line for each run there was. */
    static Path write(Path file, List<Results> all) throws IOException {
        var newest = new TreeMap<Integer, Results>(Comparator.reverseOrder());
        all.forEach(results -> newest.put(results.workload().rows(), results));
        var text = new StringBuilder(HEAD);
        newest.values().forEach(results -> table(results, text));
        text.append(Tables.of(Trial.all()));
        text.append("\n## All runs\n\nEach figure is ×, as above; for the delay, less is better.\n\n");
        text.append("| when | commit | rows | rounds | pipeline | first copy | catch-up | delay |\n");
        text.append("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for (var results : all.reversed()) {
            results.pipelines().keySet().stream()
                    .skip(1)
                    .forEach(name -> text.append("| %s | `%s` | %,d | %d | %s | %s |\n"
                            .formatted(
                                    results.at(),
                                    results.commit(),
                                    results.workload().rows(),
                                    results.rounds(),
                                    name,
                                    List.of(Work.values()).stream()
                                            .map(work -> ratio(results.ratio(name, work)))
                                            .collect(Collectors.joining(" | ")))));
        }
        Files.writeString(file, text.toString());
        return file;
    }

    private static void table(Results results, StringBuilder text) {
        var work = results.workload();
        text.append("\n## %,d rows, %,d changes, %d changes a second\n\n"
                .formatted(work.rows(), work.changes(), work.perSecond()));
        text.append("%s; %s; Lockstep `%s`; %s; medians of %d %s.\n\n"
                .formatted(
                        results.at().substring(0, 10),
                        results.machine(),
                        results.commit(),
                        results.versions().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(entry -> entry.getKey() + " " + entry.getValue())
                                .collect(Collectors.joining(", ")),
                        results.rounds(),
                        results.rounds() == 1 ? "round" : "rounds"));
        text.append("| | first copy, rows/s | × | processor | catch-up, changes/s | × | start-up | after it | processor"
                + " | delay p50 / p99 | × | memory |\n");
        text.append("| --- ".repeat(12)).append("|\n");
        results.pipelines().forEach((name, what) -> {
            var cells = List.of(
                    what,
                    text(results, name, Work.FIRST_COPY, Figure.ROWS),
                    ratio(results.ratio(name, Work.FIRST_COPY)),
                    text(results, name, Work.FIRST_COPY, Figure.PROCESSOR) + " s",
                    text(results, name, Work.CATCH_UP, Figure.CHANGES),
                    ratio(results.ratio(name, Work.CATCH_UP)),
                    text(results, name, Work.CATCH_UP, Figure.START) + " s",
                    text(results, name, Work.CATCH_UP, Figure.AFTER_START) + "/s",
                    text(results, name, Work.CATCH_UP, Figure.PROCESSOR) + " s",
                    text(results, name, Work.DELAY, Figure.HALF) + " / " + text(results, name, Work.DELAY, Figure.MOST)
                            + " ms",
                    ratio(results.ratio(name, Work.DELAY)),
                    most(results, name) + " MB");
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        });
        failures(results, text);
    }

    private static void failures(Results results, StringBuilder text) {
        results.figures().stream()
                .filter(figure -> figure.failure() != null)
                .forEach(figure -> text.append("\nFAIL: %s at its %s, round %d.\n"
                        .formatted(figure.pipeline(), figure.work().title, figure.round())));
    }

    private static String most(Results results, String name) {
        return List.of(Work.values()).stream()
                .map(work -> results.median(name, work, Figure.MEMORY))
                .filter(OptionalDouble::isPresent)
                .max(Comparator.comparing(OptionalDouble::getAsDouble))
                .map(Page::text)
                .orElse("–");
    }

    private static String text(Results results, String name, Work work, String figure) {
        return text(results.median(name, work, figure));
    }

    private static String text(OptionalDouble value) {
        return value.isEmpty()
                ? "FAIL"
                : String.format(Locale.ROOT, value.getAsDouble() < 100 ? "%.1f" : "%,.0f", value.getAsDouble());
    }

    private static String ratio(OptionalDouble value) {
        if (value.isEmpty()) {
            return "–";
        }
        double number = value.getAsDouble();
        return String.format(Locale.ROOT, number < 0.0995 ? "%.3f" : number < 9.95 ? "%.2f" : "%.0f", number);
    }
}
