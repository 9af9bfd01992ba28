package dev.lockstep.connectors.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.postgresql.PGConnection;

/**
 * Opens connections to one database, and keeps a few for short statements. Every session writes values in the same
 * form (UTC, ISO dates, shortest exact floats), whoever owns the database and however it is set up: a text that one
 * session reads is the text that another compares.
 */
final class Sessions implements AutoCloseable {
    /** Fixed for replication sessions too: the stream's texts come from these. */
    private static final String SAME_TEXT = "SET TimeZone TO 'UTC'; SET DateStyle TO 'ISO, MDY';"
            + " SET IntervalStyle TO 'postgres'; SET extra_float_digits TO 1; SET bytea_output TO 'hex'";

    /** We never make the application wait: give up on a lock soon, and never hold one for long. */
    private static final String POLITE = "; SET lock_timeout TO '2s'; SET statement_timeout TO '10s';"
            + " SET idle_in_transaction_session_timeout TO '10s'";

    private final DatabaseUrl url;
    private final String applicationName;
    private final Semaphore permits;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Set<Integer> live = new HashSet<>();
    private volatile boolean closed;

    /** @param most connections kept and open at once for short statements */
    Sessions(DatabaseUrl url, String applicationName, int most) {
        this.url = url;
        this.applicationName = applicationName;
        this.permits = new Semaphore(most);
    }

    /** Statements on a kept session. */
    interface Work<T> {
        T on(Connection connection) throws SQLException, InterruptedException;
    }

    /**
     * Runs short statements, each a transaction of its own, on a kept connection.
     *
     * @throws NoSession when none could be opened: then nothing was sent
     */
    <T> T with(Work<T> work) throws SQLException, InterruptedException {
        permits.acquire();
        try {
            Connection connection = taken();
            boolean sound = false;
            try {
                T result = work.on(connection);
                sound = true;
                return result;
            } catch (SQLException e) {
                sound = !Failures.endsSession(e);
                throw e;
            } finally {
                giveBack(connection, sound);
            }
        } finally {
            permits.release();
        }
    }

    private Connection taken() throws NoSession {
        synchronized (this) {
            Connection kept = idle.pollFirst();
            if (kept != null) return kept;
        }
        try {
            Connection opened = open(POLITE, new Properties());
            synchronized (this) {
                live.add(pid(opened));
            }
            return opened;
        } catch (SQLException e) {
            throw new NoSession(e);
        }
    }

    private void giveBack(Connection connection, boolean sound) {
        synchronized (this) {
            if (sound && !closed && !isClosed(connection)) {
                idle.addFirst(connection);
                return;
            }
            live.remove(pidOrZero(connection));
        }
        closeQuietly(connection);
    }

    /** The server's process numbers of the kept sessions, those in use included. */
    synchronized Integer[] livePids() {
        return live.toArray(new Integer[0]);
    }

    /** Statements made ready there may be stale (the table has changed): start with fresh sessions. */
    void refresh() {
        Deque<Connection> old;
        synchronized (this) {
            old = new ArrayDeque<>(idle);
            idle.clear();
            for (Connection connection : old) live.remove(pidOrZero(connection));
        }
        old.forEach(Sessions::closeQuietly);
    }

    /** A session of its own for a long read, without time limits; the caller closes it. */
    Connection openLong() throws SQLException {
        return open("; SET statement_timeout TO 0; SET idle_in_transaction_session_timeout TO 0", new Properties());
    }

    /** A session that speaks the replication protocol; the caller closes it. */
    Connection openReplication() throws SQLException {
        Properties more = new Properties();
        more.setProperty("replication", "database");
        more.setProperty("preferQueryMode", "simple");
        more.setProperty("assumeMinServerVersion", "14");
        return open("", more);
    }

    private Connection open(String settings, Properties more) throws SQLException {
        if (closed) throw new SQLException("closed", "08003");
        Properties properties = url.properties(applicationName);
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("preparedStatementCacheQueries", "512");
        properties.setProperty("binaryTransfer", "false");
        more.stringPropertyNames().forEach(name -> properties.setProperty(name, more.getProperty(name)));
        Connection connection = DriverManager.getConnection(url.jdbcUrl(), properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SAME_TEXT + settings);
        } catch (SQLException e) {
            closeQuietly(connection);
            throw e;
        }
        return connection;
    }

    @Override
    public void close() {
        closed = true;
        refresh();
    }

    static int pid(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    private static int pidOrZero(Connection connection) {
        try {
            return pid(connection);
        } catch (SQLException e) {
            return 0;
        }
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is gone either way.
        }
    }

    /** No session could be opened: nothing was sent. */
    static final class NoSession extends SQLException {
        private static final long serialVersionUID = 1;

        NoSession(SQLException cause) {
            super(cause.getMessage(), cause.getSQLState(), cause);
        }
    }
}
