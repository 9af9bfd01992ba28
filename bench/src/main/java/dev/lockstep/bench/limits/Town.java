package dev.lockstep.bench.limits;

import dev.lockstep.bench.CustomersWorkspace;
import java.util.stream.IntStream;
import dev.lockstep.bench.Lockstep;
import dev.lockstep.bench.Report;
import dev.lockstep.bench.Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Servers with a table of ten columns each, everybody on all of them under keys of their own, and a workspace. */
final class Town implements AutoCloseable {

    private static final String DATABASE = "town";
    private static final String FILL = """
            insert into customers (email, phone, first_name, last_name, country, city, birth_date, opt_in, updated_at,
              notes)
            select 'user' || i || '@customers.example', '+1212' || 2000000 + i, 'First' || i %% 997, 'Last' || i,
              (array['GB','DE','ES','FR','JP','NG','IT','CZ','BR','US'])[1 + i / 3 %% 10], 'City' || i %% 5000,
              date '1940-01-01' + (i::bigint * 31 %% 25000)::int, i %% 3 = 0,
              timestamptz '2024-01-01 00:00:00+00' + i * interval '1 second', md5(i::text) || md5((i + 1)::text)
            from generate_series(1, %d) i
            """;

    private final List<Server> servers = new ArrayList<>();
    private final int people;
    private final Path workspace;
    private final int port;

    Town(Path folder, int places, int people) throws IOException, SQLException {
        this.people = people;
        this.workspace = folder.resolve("workspace");
        for (int place = 0; place < places; place++) {
            var server = Server.start(folder.resolve("postgres" + place));
            servers.add(server);
            server.create(DATABASE);
            server.execute(DATABASE, CustomersWorkspace.TABLE);
            server.execute(DATABASE, FILL.formatted(people));
            server.execute(DATABASE, CustomersWorkspace.INDEXES);
            server.execute(DATABASE, "vacuum freeze analyze customers");
        }
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
    }

    /** Its workspace, with each platform {@code place0} and so on by a port of its server, or of a proxy before it. */
    Lockstep lockstep(IntUnaryOperator ports) throws IOException {
        var urls = IntStream.range(0, servers.size())
                .mapToObj(place -> Server.url(DATABASE, "postgres", ports.applyAsInt(place)))
                .toList();
        return Lockstep.in(workspace, CustomersWorkspace.mutual(urls));
    }

    /** By the servers' own ports. */
    Lockstep lockstep() throws IOException {
        return lockstep(place -> servers.get(place).port());
    }

    /** Starts {@code up}, and waits until it is ready; how long that took, in seconds. */
    Started up(Lockstep lockstep, int limitSeconds, Report report) throws IOException, InterruptedException {
        long began = System.nanoTime();
        var running = lockstep.start("up", "--port", Integer.toString(port));
        while (!ready()) {
            if (!running.alive() || System.nanoTime() - began > limitSeconds * 1_000_000_000L) {
                throw new IllegalStateException("up is not ready in time: " + running.err());
            }
            Thread.sleep(10);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        report.say("up is ready after %.1f s".formatted(seconds));
        return new Started(running, seconds);
    }

    record Started(Lockstep.Running running, double seconds) {}

    private boolean ready() {
        HttpURLConnection asked = null;
        try {
            asked = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/health/ready")
                    .toURL()
                    .openConnection();
            asked.setConnectTimeout(1000);
            asked.setReadTimeout(5000);
            return asked.getResponseCode() == 200;
        } catch (IOException notUp) {
            return false;
        } finally {
            // Else each of a thousand questions would keep its connection, and the server its buffers.
            if (asked != null) {
                asked.disconnect();
            }
        }
    }

    /** A figure of {@code /metrics}; not a number when it is not told. */
    double metric(String name, String platform) throws IOException {
        var start = name + "{platform=\"" + platform + "\"";
        try (var lines = new BufferedReader(new InputStreamReader(
                URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream(), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> line.startsWith(start))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }

    /** Whoever bears it may ask anything. */
    String token() throws IOException {
        for (var line : Files.readAllLines(workspace.resolve(".lockstep/tokens"))) {
            if (line.startsWith("admin ")) {
                return line.substring("admin ".length()).strip();
            }
        }
        throw new IllegalStateException("no admin's token");
    }

    int port() {
        return port;
    }

    int people() {
        return people;
    }

    int places() {
        return servers.size();
    }

    Server server(int place) {
        return servers.get(place);
    }

    Path dataFolder() {
        return workspace.resolve(".lockstep");
    }

    Connection connect(int place) throws SQLException {
        return servers.get(place).connect(DATABASE);
    }

    void execute(int place, String sql) throws SQLException {
        servers.get(place).execute(DATABASE, sql);
    }

    String ask(int place, String sql) throws SQLException {
        return servers.get(place).ask(DATABASE, sql);
    }

    @Override
    public void close() throws IOException {
        for (var server : servers) {
            server.close();
        }
    }
}
