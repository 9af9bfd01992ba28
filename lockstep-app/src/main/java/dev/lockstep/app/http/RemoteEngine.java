package dev.lockstep.app.http;

import dev.lockstep.app.json.Json;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.EngineException;
import dev.lockstep.engine.Progress;
import dev.lockstep.engine.view.ApprovalView;
import dev.lockstep.engine.view.BackupView;
import dev.lockstep.engine.view.ChangeEvent;
import dev.lockstep.engine.view.CustomerView;
import dev.lockstep.engine.view.FailedView;
import dev.lockstep.engine.view.ForgetView;
import dev.lockstep.engine.view.PlanView;
import dev.lockstep.engine.view.ReviewView;
import dev.lockstep.engine.view.StatusView;
import dev.lockstep.engine.view.SyncView;
import dev.lockstep.engine.view.VerifyView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The engine of a running server, reached over its HTTP API. */
public final class RemoteEngine implements Engine {
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String url;
    private final String token;

    private RemoteEngine(String url, String token) {
        this.url = url;
        this.token = token;
    }

    /** The server that has this data folder open; null when none does. */
    public static @Nullable RemoteEngine find(Path dataFolder) {
        ServerFile.Owner owner = ServerFile.read(dataFolder);
        String token = owner == null ? null : Tokens.admin(dataFolder);
        if (owner == null || token == null) return null;
        RemoteEngine engine = new RemoteEngine(owner.url(), token);
        return engine.alive() ? engine : null;
    }

    private boolean alive() {
        try {
            HttpRequest request =
                    request("/health/live").timeout(Duration.ofSeconds(5)).build();
            int answer = client.send(request, BodyHandlers.discarding()).statusCode();
            // One that works no more says itself why.
            return answer == 200 || answer == 503;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void start(Set<String> without, Progress progress) {
        throw new EngineException("The server runs already.", "");
    }

    @Override
    public SyncView sync(SyncRequest request, Progress progress) throws InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("without", request.without());
        body.put("limit", request.limit());
        if (request.customer() != null) body.put("customer", request.customer());
        return Json.read(post("/v1/sync", body), SyncView.class);
    }

    @Override
    public PlanView plan(SyncRequest request, Consumer<PlanView.PlannedWrite> each, Progress progress)
            throws InterruptedException {
        StringBuilder query = new StringBuilder("?limit=" + request.limit());
        request.without().forEach(name -> query.append("&without=").append(encoded(name)));
        if (request.customer() != null) query.append("&customer=").append(encoded(request.customer()));
        return PlanReader.read(opened("/v1/plan" + query), each);
    }

    @Override
    public VerifyView verify(boolean repair, Progress progress) throws InterruptedException {
        return Json.read(post("/v1/verify", Map.of("repair", repair)), VerifyView.class);
    }

    @Override
    public StatusView status() {
        return Json.read(get("/v1/status"), StatusView.class);
    }

    @Override
    public @Nullable CustomerView customer(String idOrIdentifier, int history) {
        return maybe("/v1/customers/" + encoded(idOrIdentifier) + "?history=" + history);
    }

    @Override
    public @Nullable CustomerView customerBy(String field, String value, int history) {
        return maybe("/v1/customers/by/" + encoded(field) + "/" + encoded(value) + "?history=" + history);
    }

    @Override
    public CustomerView.Page customers(
            @Nullable String query,
            @Nullable String platform,
            @Nullable String state,
            int limit,
            @Nullable String after) {
        StringBuilder path = new StringBuilder("/v1/customers?limit=" + limit);
        Map<String, @Nullable String> parameters = new LinkedHashMap<>();
        parameters.put("q", query);
        parameters.put("platform", platform);
        parameters.put("state", state);
        parameters.put("after", after);
        parameters.forEach((name, value) -> {
            if (value != null) path.append('&').append(name).append('=').append(encoded(value));
        });
        return Json.read(get(path.toString()), CustomerView.Page.class);
    }

    @Override
    public CustomerView merge(String one, String other) {
        return Json.read(order("/v1/customers/" + encoded(one) + "/merge", Map.of("other", other)), CustomerView.class);
    }

    @Override
    public CustomerView split(String customer, String record) {
        String path = "/v1/customers/" + encoded(customer) + "/split";
        return Json.read(order(path, Map.of("record", record)), CustomerView.class);
    }

    @Override
    public List<FailedView> failed(@Nullable String platform, int limit) {
        String path = "/v1/failed?limit=" + limit + (platform == null ? "" : "&platform=" + encoded(platform));
        return List.of(Json.read(get(path), FailedView[].class));
    }

    @Override
    public long retryFailed(List<String> ids, @Nullable String platform) {
        return order("/v1/failed/retry", chosen(ids, platform)).get("retried").longValue();
    }

    @Override
    public long dropFailed(List<String> ids, @Nullable String platform) {
        return order("/v1/failed/drop", chosen(ids, platform)).get("dropped").longValue();
    }

    private static Map<String, Object> chosen(List<String> ids, @Nullable String platform) {
        return platform == null ? Map.of("ids", ids) : Map.of("ids", ids, "platform", platform);
    }

    @Override
    public List<ApprovalView> approvals() {
        return List.of(Json.read(get("/v1/approvals"), ApprovalView[].class));
    }

    @Override
    public BackupView backup(Path file) {
        String path = file.toAbsolutePath().normalize().toString();
        return Json.read(order("/v1/backup", Map.of("file", path)), BackupView.class);
    }

    @Override
    public ForgetView forget(String platform) {
        throw new EngineException("A running server works with it.", "Stop the server, forget, and start it again.");
    }

    @Override
    public List<ReviewView> reviews(int limit) {
        return List.of(Json.read(get("/v1/review?limit=" + limit), ReviewView[].class));
    }

    @Override
    public void answer(String id, boolean ours) {
        order("/v1/review/" + encoded(id), Map.of("answer", ours ? "ours" : "theirs"));
    }

    @Override
    public void approve(String id) {
        order("/v1/approvals/" + encoded(id), Map.of());
    }

    @Override
    public ApprovalView reject(String id) {
        return Json.read(order("/v1/approvals/" + encoded(id), Map.of("reject", true)), ApprovalView.class);
    }

    @Override
    public void pause(@Nullable String platform) {
        order(platform == null ? "/v1/pause" : "/v1/platforms/" + encoded(platform) + "/pause", Map.of());
    }

    @Override
    public void resume(@Nullable String platform) {
        order(platform == null ? "/v1/resume" : "/v1/platforms/" + encoded(platform) + "/resume", Map.of());
    }

    @Override
    public void resync(String platform) {
        order("/v1/platforms/" + encoded(platform) + "/resync", Map.of());
    }

    @Override
    public Following follow(Consumer<ChangeEvent> follower) {
        return follow(follower, () -> {});
    }

    /** The same, told when the server ends. */
    public Following follow(Consumer<ChangeEvent> follower, Runnable ended) {
        Stream<String> lines;
        try {
            lines = new BufferedReader(new InputStreamReader(opened("/v1/changes"), StandardCharsets.UTF_8)).lines();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Stopped.", "");
        }
        Thread reading = Thread.ofVirtual().start(() -> {
            try (lines) {
                lines.filter(line -> line.startsWith("data:"))
                        .forEach(line -> follower.accept(Json.read(line.substring(5), ChangeEvent.class)));
            } catch (UncheckedIOException e) {
                // The server has gone, or nobody follows any more.
            } finally {
                ended.run();
            }
        });
        return () -> {
            lines.close();
            reading.interrupt();
        };
    }

    /** The server goes on. */
    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + token);
    }

    private JsonNode get(String path) {
        return parsed(answered(request(path).build(), BodyHandlers.ofString()));
    }

    private @Nullable CustomerView maybe(String path) {
        try {
            HttpResponse<String> response = client.send(request(path).build(), BodyHandlers.ofString());
            if (response.statusCode() == 404) return null;
            return Json.read(parsed(checked(response, response.body())), CustomerView.class);
        } catch (IOException e) {
            throw gone();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Stopped.", "");
        }
    }

    private JsonNode order(String path, Map<String, ?> body) {
        return parsed(answered(
                request(path)
                        .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                        .build(),
                BodyHandlers.ofString()));
    }

    private JsonNode post(String path, Map<String, ?> body) throws InterruptedException {
        JsonNode node = order(path, body);
        if (Thread.interrupted()) throw new InterruptedException();
        return node;
    }

    private InputStream opened(String path) throws InterruptedException {
        try {
            HttpResponse<InputStream> response = client.send(request(path).build(), BodyHandlers.ofInputStream());
            if (response.statusCode() / 100 != 2) {
                checked(response, new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
            }
            return response.body();
        } catch (IOException e) {
            throw gone();
        }
    }

    private String answered(HttpRequest request, HttpResponse.BodyHandler<String> body) {
        try {
            HttpResponse<String> response = client.send(request, body);
            return checked(response, response.body());
        } catch (IOException e) {
            throw gone();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Stopped.", "");
        }
    }

    private static String checked(HttpResponse<?> response, String body) {
        if (response.statusCode() / 100 == 2) return body;
        try {
            JsonNode problem = Json.tree(body);
            throw new EngineException(
                    problem.path("detail").asString("The server refuses."),
                    problem.path("remedy").asString(""));
        } catch (JacksonException e) {
            throw new EngineException("The server answers " + response.statusCode() + ".", "");
        }
    }

    private static JsonNode parsed(String body) {
        return Json.tree(body);
    }

    private EngineException gone() {
        return new EngineException("The server at " + url + " does not answer.", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
