package dev.lockstep.app.http;

import dev.lockstep.app.json.Json;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.EngineException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP API and the status page of a running engine. */
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final long BODY_MOST = 1 << 20;
    private static final int CONNECTIONS_MOST = 2000;

    /** No page elsewhere may show, script or style this one, and it loads nothing from elsewhere. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final List<Header> EVERYWHERE = List.of(
            HeaderValues.create("X-Content-Type-Options", "nosniff"),
            HeaderValues.create("Referrer-Policy", "no-referrer"),
            HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"));

    private static final Map<String, String> PAGE = Map.of(
            "/", "text/html; charset=utf-8",
            "/status.css", "text/css; charset=utf-8",
            "/status.js", "text/javascript; charset=utf-8",
            "/icon.svg", "image/svg+xml");

    private final WebServer server;
    private final Changes changes;
    private final Tokens tokens;
    private final String host;

    private Server(WebServer server, Changes changes, Tokens tokens, String host) {
        this.server = server;
        this.changes = changes;
        this.tokens = tokens;
        this.host = host;
    }

    /**
     * Listens until closed; the engine stays open.
     *
     * @param port 0: any that is free
     * @param dataFolder where the tokens are kept
     * @throws EngineException when the address cannot be had
     */
    public static Server start(Engine engine, PrometheusMeterRegistry meters, String host, int port, Path dataFolder) {
        Tokens tokens = Tokens.in(dataFolder);
        Changes changes = new Changes(engine);
        List<Route> routes = new Routes(engine, meters, changes).all();
        Gate gate = new Gate(tokens, Gate.isLoopback(host));
        WebServer server = WebServer.builder()
                .host(host)
                .port(port)
                .maxPayloadSize(BODY_MOST)
                .maxTcpConnections(CONNECTIONS_MOST)
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofMillis(500))
                .routing(routing -> route(routing, gate, routes))
                .build();
        try {
            server.start();
        } catch (RuntimeException e) {
            throw new EngineException(
                    "Cannot listen on " + host + ", port " + port + ": it is in use, or not of this machine.",
                    "lockstep up --port " + (port + 1));
        }
        return new Server(server, changes, tokens, host);
    }

    private static void route(HttpRouting.Builder routing, Gate gate, List<Route> routes) {
        routing.addFilter((chain, request, response) -> {
            for (Header header : EVERYWHERE) response.header(header);
            gate.checkHost(request);
            chain.proceed();
        });
        for (Route route : routes) {
            routing.route(Method.create(route.method()), route.path(), (request, response) -> {
                if (route.role() != null) gate.checkRole(request, route.role());
                answer(response, route.answer().of(request, response));
            });
        }
        Map<String, Object> openApi = OpenApi.of(routes);
        routing.get("/openapi.json", (request, response) -> answer(response, openApi));
        PAGE.forEach((path, type) -> routing.get(path, (request, response) -> page(response, path, type)));
        routing.any((request, response) -> {
            throw Problem.notFound("There is nothing at this address: see /openapi.json.");
        });
        routing.error(Problem.class, (request, response, problem) -> problem.send(response));
        routing.error(
                EngineException.class,
                (request, response, e) ->
                        new Problem(Status.CONFLICT_409, String.valueOf(e.getMessage()), e.remedy()).send(response));
        routing.error(Exception.class, Server::unexpected);
    }

    private static void answer(ServerResponse response, @Nullable Object value) {
        if (value == null) return;
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(Json.bytes(value));
    }

    private static void page(ServerResponse response, String path, String type) throws IOException {
        String file = path.equals("/") ? "/status.html" : path;
        try (InputStream in = Server.class.getResourceAsStream("/page" + file)) {
            if (in == null) throw Problem.notFound("There is no such file.");
            response.header(HeaderNames.CONTENT_TYPE, type);
            response.header(HeaderNames.create("Content-Security-Policy"), CONTENT_SECURITY_POLICY);
            response.send(in.readAllBytes());
        }
    }

    /** What went wrong in detail is for the log: it may name what the asker may not see. */
    private static void unexpected(ServerRequest request, ServerResponse response, Exception e) {
        LOG.warn("{} {} failed: {}", request.prologue().method(), request.path().path(), e.toString());
        if (response.isSent()) return;
        new Problem(Status.INTERNAL_SERVER_ERROR_500, "Something unexpected went wrong; the log says what.", "")
                .send(response);
    }

    /** {@code http://127.0.0.1:8080}. */
    public String url() {
        return Gate.url(host, server.port());
    }

    /** The status page, with the admin's token in the part that browsers never send. */
    public String signInLink() {
        return url() + "/#token=" + tokens.admin();
    }

    @Override
    public void close() {
        changes.close();
        server.stop();
    }
}
