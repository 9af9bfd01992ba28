package dev.lockstep.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.app.Main;
import dev.lockstep.app.cli.Surroundings;
import dev.lockstep.app.cli.TwoDatabases;
import dev.lockstep.app.cli.TwoDatabases.Run;
import dev.lockstep.app.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A real server over two real databases. */
class ServerTest {
    @TempDir
    static Path folder;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static TwoDatabases databases;
    private static Thread server;
    private static String url;
    private static String token;

    /** {@code up}, as a user starts it, in a thread that is interrupted in the end. */
    @BeforeAll
    static void start() throws Exception {
        databases = TwoDatabases.in(folder);
        databases.execute("crm", "alter table people drop constraint people_last_check");
        server = Thread.ofPlatform()
                .start(() -> Main.run(
                        new Surroundings(Map.of(), folder, false),
                        new PrintWriter(Writer.nullWriter()),
                        new PrintWriter(System.err),
                        "up",
                        "--port",
                        "0"));
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (ServerFile.read(data()) == null && System.nanoTime() < until) Thread.sleep(50);
        url = ServerFile.read(data()).url();
        token = Tokens.admin(data());
        while (ask("/health/ready").statusCode() != 200 && System.nanoTime() < until) Thread.sleep(50);
        while (status().at("/consistency").doubleValue() < 1 && System.nanoTime() < until) Thread.sleep(50);
    }

    @AfterAll
    static void stop() throws Exception {
        server.interrupt();
        server.join(20_000);
        databases.close();
    }

    private static Path data() {
        return folder.resolve(".lockstep");
    }

    private static HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + token));
    }

    private static HttpResponse<String> order(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode status() throws IOException, InterruptedException {
        return Json.tree(ask("/v1/status").body());
    }

    @Test
    void statusIsThatOfTheCommand() throws Exception {
        JsonNode status = status();

        assertThat(status.get("customers").intValue()).isEqualTo(3);
        assertThat(Json.tree(databases.run("status", "--json").out())
                        .get("customers")
                        .intValue())
                .isEqualTo(3);
        assertThat(status.at("/platforms/0/state").stringValue()).isEqualTo("running");
    }

    @Test
    void aCustomerIsFoundByIdByIdentifierAndInTheList() throws Exception {
        JsonNode byField =
                Json.tree(ask("/v1/customers/by/email/ada%40example.com").body());

        String id = byField.get("id").stringValue();
        assertThat(byField.at("/fields/email/value").stringValue()).isEqualTo("ada@example.com");
        assertThat(Json.tree(ask("/v1/customers/" + id.replace(":", "%3A")).body())
                        .get("id")
                        .stringValue())
                .isEqualTo(id);
        assertThat(Json.tree(ask("/v1/customers?q=ada&limit=5").body())
                        .get("customers")
                        .size())
                .isEqualTo(1);
        HttpResponse<String> missing = ask("/v1/customers/by/email/nobody%40example.com");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(Json.tree(missing.body()).get("status").intValue()).isEqualTo(404);
    }

    @Test
    void nothingIsToldWithoutAToken() throws Exception {
        for (String path : new String[] {"/v1/status", "/v1/customers", "/v1/changes", "/v1/plan"}) {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url + path)));
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(answer.body()).doesNotContain("ada");
        }
        HttpRequest.Builder wrong = HttpRequest.newBuilder(URI.create(url + "/v1/status"))
                .header("Authorization", "Bearer " + token.substring(1) + "x");
        assertThat(send(wrong).statusCode()).isEqualTo(401);
    }

    @Test
    void onlyTheOwnerMayReadTheTokens() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data().resolve("tokens"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aPageElsewhereCannotReachItUnderItsOwnName() throws Exception {
        assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    private static String raw(String request) throws IOException {
        URI uri = URI.create(url);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(64), StandardCharsets.UTF_8);
        }
    }

    @Test
    void thePageLoadsNothingFromElsewhere() throws Exception {
        HttpResponse<String> page = send(HttpRequest.newBuilder(URI.create(url + "/")));

        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'");
        assertThat(page.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(page.body())
                .contains("<title>Lockstep</title>")
                .doesNotContain("http://")
                .doesNotContain("https://");
        for (String file : new String[] {"/status.css", "/status.js", "/icon.svg"}) {
            assertThat(send(HttpRequest.newBuilder(URI.create(url + file))).statusCode())
                    .as(file)
                    .isEqualTo(200);
        }
    }

    @Test
    void aBodyThatIsTooLargeOrNoJsonIsRefused() throws Exception {
        assertThat(order("/v1/failed/retry", "{").statusCode()).isEqualTo(400);
        assertThat(order("/v1/failed/retry", "[]").statusCode()).isEqualTo(400);
        assertThat(order("/v1/failed/retry", "{\"platform\": 1}").statusCode()).isEqualTo(400);
        assertThat(order("/v1/customers/1/merge", "{}").statusCode()).isEqualTo(400);
        try {
            assertThat(order("/v1/failed/retry", "\"" + "x".repeat(2 << 20) + "\"")
                            .statusCode())
                    .isIn(400, 413);
        } catch (IOException hungUp) {
            // It need not wait for all of what it has refused.
            assertThat(ask("/v1/status").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aChangeIsFollowedAsItSpreads() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        RemoteEngine remote = RemoteEngine.find(data());
        try (remote;
                var following = remote.follow(event -> {
                    if (event.kind().equals("wrote") && "Zed".equals(event.after())) written.countDown();
                })) {
            Thread.sleep(300);
            databases.execute("shop", "update customers set given_name = 'Zed' where id = 2");
            assertThat(written.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(databases.value("crm", "select first from people where mail = 'bob@example.com'"))
                .isEqualTo("Zed");
    }

    @Test
    void commandsGoThroughTheServer() {
        assertThat(databases.run("sync").code()).isZero();
        assertThat(databases.run("plan", "--json").out().strip()).isEqualTo("[]");
        assertThat(databases.run("verify").code()).isZero();
        Run failed = databases.run("failed");
        assertThat(failed.out()).isEqualTo("Nothing has failed.\n");
        assertThat(databases.run("customer", "cyd@example.com").out()).contains("crm cyd@example.com");
        assertThat(databases.run("pause", "crm").code()).isZero();
        assertThat(databases.run("resume", "crm").code()).isZero();
        assertThat(databases.run("pause", "cmr").err()).startsWith("There is no platform `cmr`.");
    }

    @Test
    void aSecondServerOnTheFolderIsRefusedNamingTheFirst() {
        Run second = databases.run("up", "--port", "0");

        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err())
                .contains("lockstep up")
                .contains(Long.toString(ProcessHandle.current().pid()));
    }

    @Test
    void openApiNamesEveryRoute() throws Exception {
        JsonNode api = Json.tree(
                send(HttpRequest.newBuilder(URI.create(url + "/openapi.json"))).body());

        assertThat(api.get("openapi").stringValue()).isEqualTo("3.1.0");
        assertThat(api.get("paths").propertyNames())
                .contains(
                        "/v1/status", "/v1/customers/{id}", "/v1/customers/by/{field}/{value}", "/v1/plan", "/metrics");
    }

    @Test
    void figuresForPrometheusHoldNoPersonalData() throws Exception {
        HttpResponse<String> metrics = send(HttpRequest.newBuilder(URI.create(url + "/metrics")));

        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body()).contains("lockstep_").doesNotContain("@example.com");
    }
}
