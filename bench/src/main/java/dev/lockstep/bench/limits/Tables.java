package dev.lockstep.bench.limits;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The newest run of each program as a table, for {@code docs/performance.md}. */
public final class Tables {

    private static final Map<String, String> TITLES = new LinkedHashMap<>();

    static {
        TITLES.put("query", """
                Questions while changes flow

                `bench/run query`: a customer by identifier, over HTTP, at an even rate on 32 connections; each question
                counts from the moment it was due, also while it waits for its connection. Everybody is on three
                platforms, two of which are edited.
                """);
        TITLES.put("stalled", """
                A platform that stalls

                `bench/run stalled`: four platforms, two of them edited, the same few people again and again. Behind
                proxies, the third stalls (nothing passes, and no connection ends) and the fourth answers late. The time
                is from a commit on one of the first two until it is committed on the other.
                """);
        TITLES.put("growth", """
                Many customers

                `bench/run growth`: the engine on platforms that hold no more than a number of each customer, three
                platforms a customer; the same edits among few and among many. Each edit is two writes.
                """);
        TITLES.put("idle", """
                Idle

                `bench/run idle`: `up` while nobody edits anything, after it has read everybody, and after a restart.
                """);
    }

    private Tables() {}

    public static String of(List<Trial> all) {
        var newest = new TreeMap<String, Trial>();
        all.forEach(trial -> newest.put(trial.program(), trial));
        var text = new StringBuilder();
        TITLES.forEach((program, title) -> {
            if (newest.containsKey(program)) {
                table(newest.get(program), title, text);
            }
        });
        return text.toString();
    }

    private static void table(Trial trial, String title, StringBuilder text) {
        text.append("\n## ").append(title);
        text.append("\n%s; %s; Lockstep `%s`; %s.\n\n"
                .formatted(
                        trial.at().substring(0, 10),
                        trial.machine(),
                        trial.commit(),
                        trial.settings().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(entry -> "%s %,d".formatted(entry.getKey(), entry.getValue()))
                                .collect(Collectors.joining(", "))));
        text.append("| | | wanted | |\n| --- | --- | --- | --- |\n");
        for (var measure : trial.measures()) {
            text.append("| %s | %s | %s | %s |\n"
                    .formatted(
                            measure.what(),
                            measure.told(),
                            measure.wanted(),
                            measure.limit() == null ? "" : measure.holds() ? "holds" : "does not hold"));
        }
    }
}
