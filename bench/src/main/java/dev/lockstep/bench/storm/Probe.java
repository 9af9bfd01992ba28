package dev.lockstep.bench.storm;

import dev.lockstep.bench.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells when Lockstep works again: an edit that was made just after the kill has arrived on both other servers, behind
 * all that waited before it, and the API says that it is ready.
 */
final class Probe implements AutoCloseable {

    private static final String TAG = "probe";
    private static final int TRIES = 1000;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final List<Server> servers;
    private final Ledger ledger;
    private final HttpRequest ready;
    private final @Nullable Connection[] connections = new Connection[Platforms.COUNT];

    Probe(List<Server> servers, Ledger ledger, int port) {
        this.servers = servers;
        this.ledger = ledger;
        this.ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
    }

    /** Before the first sync. */
    void create() throws SQLException {
        var person = Storm.person(0);
        person.put(What.EMAIL, "probe@storm.example");
        try (var connection = servers.getFirst().connect("storm")) {
            Platforms.insert(connection, 0, TAG, person);
        }
        ledger.known(TAG, person);
    }

    /** Makes an edit now; a server that is down is passed over. */
    String edit(int platform) {
        for (int tries = 0; tries < TRIES; tries++) {
            int at = (platform + tries) % Platforms.COUNT;
            long number = ledger.number();
            var value = "P%08d".formatted(number);
            ledger.add(List.of(new Ledger.Edit(at, TAG, What.NAME, value, number)));
            try {
                var connection = connection(at);
                connection.setAutoCommit(false);
                boolean there = Platforms.edit(connection, at, TAG, What.NAME, value);
                if (there) {
                    Platforms.mark(connection, number);
                }
                connection.commit();
                connection.setAutoCommit(true);
                if (there) {
                    return value;
                }
            } catch (SQLException down) {
                close(at);
            }
            rest(tries < Platforms.COUNT ? 0 : 50);
        }
        throw new IllegalStateException("no server takes an edit");
    }

    /** Waits until it works, at most so long; false when it does not, or is no longer alive. */
    boolean await(String value, BooleanSupplier alive, long limitMs) {
        long until = System.nanoTime() + limitMs * 1_000_000;
        while (alive.getAsBoolean() && System.nanoTime() < until) {
            if (arrived(value) && ready()) {
                return true;
            }
            rest(10);
        }
        return false;
    }

    private boolean arrived(String value) {
        for (int platform = Platforms.COUNT - 1; platform >= 0; platform--) {
            try {
                if (!value.equals(Platforms.name(connection(platform), platform, TAG))) {
                    return false;
                }
            } catch (SQLException down) {
                close(platform);
                return false;
            }
        }
        return true;
    }

    private boolean ready() {
        try {
            return CLIENT.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notUp) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void rest(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Connection connection(int platform) throws SQLException {
        var open = connections[platform];
        if (open == null) {
            open = servers.get(platform).connect("storm");
            connections[platform] = open;
        }
        return open;
    }

    private void close(int platform) {
        var open = connections[platform];
        connections[platform] = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (SQLException gone) {
            // It was no longer open.
        }
    }

    @Override
    public void close() {
        for (int platform = 0; platform < Platforms.COUNT; platform++) {
            close(platform);
        }
    }
}
