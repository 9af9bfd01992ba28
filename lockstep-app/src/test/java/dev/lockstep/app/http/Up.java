package dev.lockstep.app.http;

import dev.lockstep.app.Main;
import dev.lockstep.app.cli.Surroundings;
import dev.lockstep.app.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;

/** {@code up} in a folder, as a user starts it, in a thread of its own. */
public final class Up implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final StringWriter err = new StringWriter();
    private final Thread thread;
    private final Path data;
    private volatile Integer code;

    private Up(Path folder, String... more) {
        this.data = folder.resolve(".lockstep");
        List<String> arguments = new ArrayList<>(List.of("up", "--port", "0"));
        arguments.addAll(List.of(more));
        thread = Thread.ofPlatform()
                .start(() -> code = Main.run(
                        new Surroundings(Map.of(), folder, false),
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(err),
                        arguments.toArray(new String[0])));
    }

    /** Started, and everything read and in step. */
    public static Up in(Path folder, String... more) throws Exception {
        Up up = new Up(folder, more);
        await("the server", () -> ServerFile.read(up.data) != null);
        await("readiness", () -> up.get("/health/ready").statusCode() == 200);
        await("everything in step", () -> up.status().at("/consistency").doubleValue() == 1);
        return up;
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(ServerFile.read(data).url() + path))
                .header("Authorization", "Bearer " + Tokens.admin(data))
                .timeout(Duration.ofSeconds(60))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    public JsonNode status() throws IOException, InterruptedException {
        return Json.tree(get("/v1/status").body());
    }

    public JsonNode platform(String name) throws IOException, InterruptedException {
        return Json.tree(get("/v1/platforms/" + name).body());
    }

    /** What it has said on standard error. */
    public String said() {
        return err.toString();
    }

    /** Its exit code; null while it runs. */
    public Integer code() {
        return code;
    }

    /** Waits for something to become true. */
    public static void await(String what, Callable<Boolean> truth) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!truth.call()) {
            if (System.nanoTime() > end) throw new AssertionError("not within a minute: " + what);
            Thread.sleep(50);
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(20_000);
    }
}
