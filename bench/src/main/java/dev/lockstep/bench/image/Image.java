package dev.lockstep.bench.image;

import dev.lockstep.bench.Options;
import dev.lockstep.bench.Report;
import dev.lockstep.bench.Server;
import dev.lockstep.bench.image.Container.Running;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** The image of {@code packaging/image}: what it is made of, and a customer kept in step by it, twice. */
public final class Image {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String WORKSPACE = """
            customer:
              email: { type: email, identifies: true }
              name:  { type: name }
            platforms:
              shop: { type: postgres, url: "${SHOP_URL}", table: people, columns: { email: email, name: name } }
              crm:  { type: postgres, url: "${CRM_URL}", table: people, columns: { email: email, name: name } }
            """;

    private final Report report;
    private final Container container;
    private final Server server;
    private final Path workspace;
    private final Path volume;
    private final int port;

    private Image(Report report, Container container, Server server, Path workspace, Path volume)
            throws IOException {
        this.report = report;
        this.container = container;
        this.server = server;
        this.workspace = workspace;
        this.volume = volume;
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            this.port = socket.getLocalPort();
        }
    }

    public static void run(Options options, Report report) throws Exception {
        Path folder = Files.createDirectories(options.folder("image"));
        Path tar = Path.of(options.text(
                        "image",
                        Path.of(System.getProperty("lockstep.home"), "packaging/target/lockstep-image.tar")
                                .toString()))
                .toAbsolutePath();
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        Files.writeString(workspace.resolve("lockstep.yaml"), WORKSPACE);
        try (Server server = Server.start(folder.resolve("postgres"))) {
            Container container = Container.unpack(tar, folder.resolve("image"));
            report.check(true, "every digest and size in it is right: " + Files.size(tar) / 1_000_000 + " MB packed");
            Path volume = folder.resolve("volume");
            container.volume(volume);
            new Image(report, container, server, workspace, volume).tryIt();
        }
    }

    private void tryIt() throws Exception {
        String user = container.config().get("User").asString();
        report.check(user.matches("[1-9]\\d*:[1-9]\\d*"), "it runs as nobody's root: " + user);
        String command = container.config().get("Cmd").toString();
        report.check(command.contains("up") && command.contains("0.0.0.0"), "it listens to the world: " + command);
        for (String database : List.of("shop", "crm")) {
            server.create(database);
            server.execute(database, "create table people (email text primary key, name text)");
        }
        server.execute("shop", "insert into people values ('ada@example.com', 'Ada'), ('bob@example.com', 'Bob')");
        Running version = start("--version");
        report.check(
                version.await(120) == 0 && version.said().contains("lockstep"),
                "--version: " + version.said().strip() + ", after " + version.millis() + " ms");
        Running check = start("check");
        report.check(check.await(120) == 0, "check finds both databases", List.of(check.said()));
        upAndDown("Ada Lovelace");
        Running status = start("status");
        report.check(status.await(120) == 0, "the volume holds what it knows: status", List.of(status.said()));
        upAndDown("Countess Ada");
        report.check(
                server.ask("crm", "select string_agg(name, ',' order by email) from people").equals("Countess Ada,Bob"),
                "nobody is there twice");
    }

    private Running start(String... arguments) throws Exception {
        Map<String, String> urls = Map.of("SHOP_URL", server.url("shop"), "CRM_URL", server.url("crm"));
        return container.start(workspace, volume, urls, List.of(arguments));
    }

    /** As the image starts it, but on loopback; an edit spreads; SIGTERM ends it. */
    private void upAndDown(String name) throws Exception {
        Running up = start("up", "--host", "127.0.0.1", "--port", Integer.toString(port), "--log-json");
        try {
            boolean ready = within(120, up, () -> answer("/health/ready") == 200);
            report.check(ready, "up is ready after " + up.millis() + " ms", List.of(up.said()));
            server.execute("shop", "update people set name = '" + name + "' where email = 'ada@example.com'");
            long began = System.nanoTime();
            String asked = "select name from people where email = 'ada@example.com'";
            boolean spread = within(60, up, () -> server.ask("crm", asked).equals(name));
            long millis = (System.nanoTime() - began) / 1_000_000;
            report.check(spread, "an edit spreads, in " + millis + " ms", List.of(up.said()));
            report.check(answer("/v1/status") == 401, "nobody is told anything without a token");
            report.say("resident: " + up.residentKb() / 1024 + " MB");
        } finally {
            long began = System.nanoTime();
            up.terminate();
            int exit = up.await(60);
            long millis = (System.nanoTime() - began) / 1_000_000;
            report.check(exit == 143 || exit == 0, "SIGTERM ends it with " + exit + ", after " + millis + " ms");
        }
    }

    private static boolean within(int seconds, Running up, Callable<Boolean> truth) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (!truth.call()) {
            if (!up.alive() || System.nanoTime() > end) return false;
            Thread.sleep(20);
        }
        return true;
    }

    private int answer(String path) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }
}
