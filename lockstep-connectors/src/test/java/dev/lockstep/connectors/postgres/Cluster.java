package dev.lockstep.connectors.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL server on this machine's loopback, that can be restarted; each test makes its own database. */
final class Cluster implements AutoCloseable {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable Cluster shared;

    private final Path folder;
    private final int port;
    private final Map<String, String> settings = new HashMap<>();
    private final @Nullable String version;
    private EmbeddedPostgres server;

    /** One for all test classes of a run, with logical replication on. */
    static synchronized Cluster shared() throws IOException {
        if (shared == null) {
            shared = new Cluster(null, Map.of());
            Cluster toClose = shared;
            Runtime.getRuntime().addShutdownHook(new Thread(toClose::close));
        }
        return shared;
    }

    /** @param version of the binaries, `14.24.0`; null: those on the class path */
    Cluster(@Nullable String version, Map<String, String> more) throws IOException {
        this.version = version;
        folder = Files.createTempDirectory("lockstep-postgres");
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        settings.put("wal_level", "logical");
        settings.put("max_replication_slots", "40");
        settings.put("max_wal_senders", "40");
        settings.put("max_connections", "150");
        settings.put("fsync", "off");
        settings.put("synchronous_commit", "on");
        settings.put("full_page_writes", "off");
        settings.put("listen_addresses", "127.0.0.1");
        settings.putAll(more);
        server = start();
    }

    private EmbeddedPostgres start() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(60));
        if (version != null) builder.setPgBinaryResolver(new Binaries(version));
        settings.forEach(builder::setServerConfig);
        return builder.start();
    }

    void set(String name, String value) {
        settings.put(name, value);
    }

    void restart() throws IOException {
        server.close();
        server = start();
    }

    void stop() throws IOException {
        server.close();
    }

    void begin() throws IOException {
        server = start();
    }

    int port() {
        return port;
    }

    /** A new empty database; answers its name. */
    String newDatabase() throws SQLException {
        String name = "db" + DATABASES.incrementAndGet();
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return name;
    }

    String url(String database) {
        return url(database, "postgres", "");
    }

    String url(String database, String user, String password) {
        return "postgresql://" + user + ":" + password + "@127.0.0.1:" + port + "/" + database;
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", "");
    }

    void sql(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) statement.execute(sql);
        }
    }

    /** The rows of a query, each as its columns' texts joined by {@code |}. */
    List<String> rows(String database, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) columns.add(row.getString(i));
                rows.add(String.join("|", columns.stream().map(String::valueOf).toList()));
            }
        }
        return rows;
    }

    String value(String database, String query) throws SQLException {
        return rows(database, query).getFirst();
    }

    @Override
    public void close() {
        try {
            server.close();
            Path data = folder.resolve("data");
            if (Files.exists(data)) org.apache.commons.io.FileUtils.deleteQuietly(folder.toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
