package dev.lockstep.app.demo;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server of the demo's own: binaries from the class path, data in a folder that stays, so that the second
 * start is quick. Listens on loopback only.
 */
final class DemoPostgres implements AutoCloseable {

    private static final String USER = "postgres";

    private final EmbeddedPostgres server;

    private DemoPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts the server on the data in {@code folder}, which is made when missing.
     *
     * @throws IOException when it does not come up; the server's own words are in {@code postgres.log} beside the data
     */
    static DemoPostgres start(Path folder) throws IOException {
        Files.createDirectories(folder);
        var data = folder.resolve("data");
        stopLeftOver(data);
        discardHalfMade(data);
        var log = folder.resolve("postgres.log").toFile();
        var server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port(folder))
                .setPGStartupWait(Duration.ofSeconds(60))
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log))
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log))
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("wal_level", "logical")
                .setServerConfig("max_replication_slots", "10")
                .setServerConfig("max_wal_senders", "10")
                .setServerConfig("max_connections", "100")
                .setServerConfig("max_slot_wal_keep_size", "2GB")
                .setServerConfig("shared_buffers", "64MB")
                // The embedded server comes without: but what the demo shows should be what a real one does.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        return new DemoPostgres(server);
    }

    /** The URL of one database, as a workspace writes it. */
    String url(String database) {
        return "postgresql://%s@127.0.0.1:%d/%s".formatted(USER, server.getPort(), database);
    }

    /** A connection to one database. */
    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s?user=%s".formatted(server.getPort(), database, USER));
    }

    /** Makes the database when it is missing. Returns whether it was. */
    boolean create(String database) throws SQLException {
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            try (var found = statement.executeQuery("select 1 from pg_database where datname = '" + database + "'")) {
                if (found.next()) {
                    return false;
                }
            }
            statement.execute("create database " + database);
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** The port of last time where it is still free, so that a console or a psql left open finds its way back. */
    private static int port(Path folder) throws IOException {
        var remembered = folder.resolve("port");
        var loopback = InetAddress.getByName("127.0.0.1");
        if (Files.exists(remembered)) {
            int before = Integer.parseInt(Files.readString(remembered).strip());
            try (var socket = new ServerSocket(before, 1, loopback)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // Somebody else has it now: any other will do.
            }
        }
        try (var socket = new ServerSocket(0, 1, loopback)) {
            Files.writeString(remembered, Integer.toString(socket.getLocalPort()));
            return socket.getLocalPort();
        }
    }

    /** A demo that was killed leaves its server running: stop it, but only if it is ours, on this very folder. */
    private static void stopLeftOver(Path data) throws IOException {
        var lock = data.resolve("postmaster.pid");
        var options = data.resolve("postmaster.opts");
        if (!Files.exists(lock) || !Files.exists(options)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(lock).getFirst().strip());
        var process = ProcessHandle.of(pid);
        if (process.isEmpty() || !commandOf(process.get()).contains(data.toString())) {
            // Its process is gone, or the number now belongs to another program: PostgreSQL itself finds that out.
            Files.deleteIfExists(lock);
            return;
        }
        var binary = Path.of(Files.readString(options).split(" ", 2)[0]);
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL's programs refuse to be root; it was started in a user namespace of its own, too.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(binary.resolveSibling("pg_ctl").toString(), "stop", "-w", "-m", "fast"));
        command.addAll(List.of("-D", data.toString()));
        var stop = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            // Gone when its lock is: a process whose parent has died may seem to live on.
            if (!stop.waitFor(30, TimeUnit.SECONDS) || Files.exists(lock)) {
                throw new IOException("A PostgreSQL server of an earlier demo (process " + pid
                        + ") is still running and does not stop: end it, then start the demo again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while stopping the server of an earlier demo", e);
        }
    }

    /** The command line; where the system does not tell, as for processes of others, it is not ours. */
    private static String commandOf(ProcessHandle process) {
        var whole = process.info().commandLine();
        if (whole.isPresent()) {
            return whole.get();
        }
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
        } catch (IOException unknown) {
            return "";
        }
    }

    /** A first start that was killed inside initdb leaves a folder that no server starts on. Nothing is in it yet. */
    private static void discardHalfMade(Path data) throws IOException {
        if (!Files.isDirectory(data)
                || Files.exists(data.resolve("global/pg_control")) && Files.exists(data.resolve("postmaster.opts"))) {
            return;
        }
        Folders.delete(data);
    }
}
