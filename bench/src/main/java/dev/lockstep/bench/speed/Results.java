package dev.lockstep.bench.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One run: where and when, of what, and every figure.
 *
 * @param at when it began, as ISO-8601
 * @param commit of Lockstep
 * @param machine the processor, cores, memory and system, in words
 * @param versions by product
 * @param pipelines what each is, by name; the first is what others are compared with
 */
record Results(
        String at,
        String commit,
        String machine,
        Map<String, String> versions,
        Workload workload,
        int rounds,
        Map<String, String> pipelines,
        List<Figure> figures) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Writes it into a file of its own. */
    Path keep(Path folder) throws IOException {
        Files.createDirectories(folder);
        var file = folder.resolve("speed-" + at.substring(0, 16).replace(":", "") + "-" + workload.rows() + ".json");
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
        return file;
    }

    /** All that were kept, eldest first. */
    static List<Results> all(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("speed-.*\\.json"))
                    .sorted()
                    .map(file -> JSON.readValue(file.toFile(), Results.class))
                    .toList();
        }
    }

    /** The median of a figure over the rounds; none when it failed in any of them. */
    OptionalDouble median(String pipeline, Figure.Work work, String name) {
        return median(of(pipeline, work).stream()
                .map(figure -> figure.values().getOrDefault(name, Double.NaN))
                .toList());
    }

    /** The median of each round's own ratio to the first pipeline. */
    OptionalDouble ratio(String pipeline, Figure.Work work) {
        var first = of(pipelines.keySet().iterator().next(), work);
        return median(of(pipeline, work).stream()
                .map(figure -> figure.values().getOrDefault(work.by, Double.NaN)
                        / first.stream()
                                .filter(other -> other.round() == figure.round())
                                .map(other -> other.values().getOrDefault(work.by, Double.NaN))
                                .findFirst()
                                .orElse(Double.NaN))
                .toList());
    }

    List<Figure> of(String pipeline, Figure.Work work) {
        return figures.stream()
                .filter(figure -> figure.pipeline().equals(pipeline) && figure.work() == work)
                .toList();
    }

    private OptionalDouble median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        if (sorted.size() < rounds || sorted.stream().anyMatch(value -> value.isNaN())) {
            return OptionalDouble.empty();
        }
        int half = sorted.size() / 2;
        return OptionalDouble.of(
                sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2);
    }

    static String now() {
        return Instant.now().toString().substring(0, 19) + "Z";
    }
}
