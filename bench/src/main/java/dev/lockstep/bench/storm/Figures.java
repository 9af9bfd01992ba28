package dev.lockstep.bench.storm;

import dev.lockstep.bench.Lockstep;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What {@code /metrics} says, scraped every few seconds as Prometheus would, and the process's memory beside it. */
final class Figures {

    private static final List<String> NAMES = List.of("lag_ms", "pending", "down", "errors", "retained_bytes");
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final String url;
    private final Lockstep.Running running;
    private final List<Scrape> scrapes = new ArrayList<>();

    /** @param values by {@code lag_ms two} and the like */
    record Scrape(long nanos, long residentKb, Map<String, Double> values) {
        double of(String name, String platform) {
            return values.getOrDefault(name + " " + platform, Double.NaN);
        }
    }

    Figures(int port, Lockstep.Running running) {
        this.url = "http://127.0.0.1:" + port + "/metrics";
        this.running = running;
    }

    /** One scrape; one that fails is none. */
    Scrape scrape() throws InterruptedException {
        var values = new HashMap<String, Double>();
        try {
            var request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            CLIENT.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .forEach(line -> take(line, values));
        } catch (IOException notUp) {
            // Told by the checks: nothing was scraped.
        }
        var scrape = new Scrape(System.nanoTime(), running.residentKb(), values);
        scrapes.add(scrape);
        return scrape;
    }

    private static void take(String line, Map<String, Double> values) {
        if (line.startsWith("lockstep_halted ")) {
            values.put("halted", Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)));
        }
        for (var name : NAMES) {
            var start = "lockstep_" + name + "{platform=\"";
            if (line.startsWith(start)) {
                var platform = line.substring(start.length(), line.indexOf('"', start.length()));
                values.put(name + " " + platform, Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)));
            }
        }
    }

    private List<Scrape> between(long fromNanos, long toNanos) {
        return scrapes.stream()
                .filter(one -> one.nanos() >= fromNanos && one.nanos() <= toNanos)
                .toList();
    }

    double most(String name, String platform, long fromNanos, long toNanos) {
        return between(fromNanos, toNanos).stream()
                .mapToDouble(one -> one.of(name, platform))
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(Double.NaN);
    }

    double median(String name, String platform, long fromNanos, long toNanos) {
        var all = between(fromNanos, toNanos).stream()
                .mapToDouble(one -> one.of(name, platform))
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return all.length == 0 ? Double.NaN : all[all.length / 2];
    }

    long mostResidentMb(long fromNanos, long toNanos) {
        return between(fromNanos, toNanos).stream()
                        .mapToLong(Scrape::residentKb)
                        .max()
                        .orElse(0)
                / 1024;
    }

    /** The share of scrapes of which this is true. */
    double share(long fromNanos, long toNanos, Predicate<Scrape> truth) {
        var all = between(fromNanos, toNanos);
        return all.isEmpty() ? 0 : (double) all.stream().filter(truth).count() / all.size();
    }
}
