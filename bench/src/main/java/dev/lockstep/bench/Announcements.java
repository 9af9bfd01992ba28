package dev.lockstep.bench;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** When changes are committed: a trigger tells by NOTIFY, with the number in what was written. */
public final class Announcements implements AutoCloseable {

    /** Is told of each. */
    public interface Hearing {
        void heard(int number, long nanos);
    }

    private final Thread thread;
    private volatile boolean over;

    /** Listens with {@code connection}, which it closes at its end. */
    public Announcements(Connection connection, String name, Hearing hearing) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("listen arrived");
        }
        thread = Thread.ofPlatform().name("listens-" + name).start(() -> listen(connection, hearing));
    }

    /** Has updates of {@code column} told, those to something that is {@code like} this. */
    public static String trigger(String table, String column, String like) {
        return """
                create or replace function announce() returns trigger language plpgsql as
                  'begin perform pg_notify(''arrived'', new.%2$s); return null; end';
                create or replace trigger announce after update on %1$s for each row
                  when (new.%2$s like '%3$s' and old.%2$s is distinct from new.%2$s) execute function announce();
                -- What replicates natively is quiet otherwise.
                alter table %1$s enable always trigger announce
                """.formatted(table, column, like);
    }

    private void listen(Connection connection, Hearing hearing) {
        try (connection) {
            var postgres = connection.unwrap(PGConnection.class);
            while (!over) {
                var notifications = postgres.getNotifications(200);
                long now = System.nanoTime();
                for (var notification : notifications) {
                    hearing.heard(
                            Integer.parseInt(notification.getParameter().replaceAll("\\D", "")), now);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a listener stops: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
