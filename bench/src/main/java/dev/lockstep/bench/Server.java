package dev.lockstep.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A PostgreSQL server of this run's own, on loopback; may be stopped and started again on the same port and data. */
public final class Server implements AutoCloseable {

    private final Path folder;
    private final int port;
    private final Map<String, String> config;
    private EmbeddedPostgres running;

    private Server(Path folder, int port, Map<String, String> config) throws IOException {
        this.folder = folder;
        this.port = port;
        this.config = config;
        running = launch();
    }

    public static Server start(Path folder) throws IOException {
        return start(folder, Map.of());
    }

    /** @param config over what every server here gets, such as {@code wal_level -> replica} */
    public static Server start(Path folder, Map<String, String> config) throws IOException {
        Files.createDirectories(folder);
        var all = new TreeMap<String, String>();
        all.put("listen_addresses", "127.0.0.1");
        all.put("unix_socket_directories", "");
        all.put("wal_level", "logical");
        all.put("fsync", "on");
        // As a server comes; the embedded one turns it off, and its stream then waits for the next flush.
        all.put("synchronous_commit", "on");
        all.put("max_connections", "60");
        all.put("shared_buffers", "128MB");
        all.put("max_wal_size", "2GB");
        // A commit's own time, as the change stream tells it: the ledger's clock.
        all.put("track_commit_timestamp", "on");
        all.putAll(config);
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int free = socket.getLocalPort();
            socket.close();
            return new Server(folder, free, all);
        }
    }

    private EmbeddedPostgres launch() throws IOException {
        var log =
                ProcessBuilder.Redirect.appendTo(folder.resolve("postgres.log").toFile());
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(true)
                .setPort(port)
                .setPGStartupWait(Duration.ofSeconds(180))
                .setErrorRedirector(log)
                .setOutputRedirector(log);
        config.forEach(builder::setServerConfig);
        return builder.start();
    }

    /** Stops it the fast way, as an administrator would, and starts it again. */
    public void restart(long downMs) throws IOException, InterruptedException {
        var process = postmaster();
        running.close();
        // Whoever asked it to stop waits five seconds; it may take longer, for those who still read its log.
        process.ifPresent(one -> one.onExit().join());
        Thread.sleep(downMs);
        running = launch();
    }

    /** Ends it at once, as a crash would: what is in its log is found again at the start. */
    public void crash(long downMs) throws IOException, InterruptedException {
        var process = postmaster();
        if (process.isPresent()) {
            var pid = Long.toString(process.get().pid());
            new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
            process.get().onExit().join();
        }
        restart(downMs);
    }

    private Optional<ProcessHandle> postmaster() throws IOException {
        var file = data().resolve("postmaster.pid");
        return Files.exists(file)
                ? ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(file).getFirst().trim()))
                : Optional.empty();
    }

    /** Ends the sessions of everybody but this program. */
    public void disconnect() throws SQLException {
        execute(
                "postgres",
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name <> 'bench'"
                        + " and backend_type in ('client backend', 'walsender') and pid <> pg_backend_pid()");
    }

    public void create(String database) throws SQLException {
        execute("postgres", "create database " + database);
    }

    public void execute(String database, String sql) throws SQLException {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row, as text. */
    public String ask(String database, String sql) throws SQLException {
        try (var connection = connect(database);
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            return found.next() ? String.valueOf(found.getString(1)) : "";
        }
    }

    public Connection connect(String database) throws SQLException {
        return connect(database, "postgres");
    }

    public Connection connect(String database, String user) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + user
                + "&ApplicationName=bench&reWriteBatchedInserts=true");
    }

    /** As a workspace writes it. */
    public String url(String database) {
        return url(database, "postgres");
    }

    public String url(String database, String userAndPassword) {
        return url(database, userAndPassword, port);
    }

    /** @param by the port of a proxy before it */
    public static String url(String database, String userAndPassword, int by) {
        return "postgresql://" + userAndPassword + "@127.0.0.1:" + by + "/" + database;
    }

    /** Its first process, of which all others are children; the server must be up. */
    public ProcessHandle process() throws IOException {
        return postmaster().orElseThrow();
    }

    public int port() {
        return port;
    }

    public Path data() {
        return folder.resolve("data");
    }

    @Override
    public void close() throws IOException {
        running.close();
    }
}
