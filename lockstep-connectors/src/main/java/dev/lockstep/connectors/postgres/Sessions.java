package dev.lockstep.connectors.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
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
            // Our statements take arrays whose length no planner knows, on tables that grow beneath a kept plan: an
            // index is right whatever their size, and planning again each time would not tell more.
            + " SET plan_cache_mode TO 'force_generic_plan'; SET enable_seqscan TO off; SET jit TO off;"
            + " SET idle_in_transaction_session_timeout TO '10s'"
            // What we call written must outlive a crash of the server, and reach the stream at once.
            + "; SELECT set_config('synchronous_commit', 'local', false)"
            + " WHERE current_setting('synchronous_commit') = 'off'";

    /** Kept for longer without use, a session is tried before it is trusted with a write. */
    private static final long DOUBTFUL_NANOS = 2_000_000_000L;

    private final DatabaseUrl url;
    private final String applicationName;
    private final Semaphore permits;
    private final Deque<Kept> idle = new ArrayDeque<>();
    /** With the server's process of each: a broken session does not tell it any more. */
    private final Map<Connection, Integer> live = new IdentityHashMap<>();

    private final ReentrantReadWriteLock opening = new ReentrantReadWriteLock();
    private int opened;
    private volatile boolean closed;

    private record Kept(Connection connection, long sinceNanos) {}

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
     * Runs short statements that may be run twice: a kept session that turns out to be broken is replaced by a new one.
     *
     * @throws NoSession when none could be opened
     */
    <T> T asking(Work<T> work) throws SQLException, InterruptedException {
        int opened = openedCount();
        try {
            return with(work);
        } catch (SQLException e) {
            boolean kept = openedCount() == opened;
            if (e instanceof NoSession || !kept || !Failures.endsSession(e)) throw e;
            return with(work);
        }
    }

    /**
     * Runs short statements, each a transaction of its own, on a kept session.
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
        try {
            for (Kept kept = next(); kept != null; kept = next()) {
                boolean fresh = System.nanoTime() - kept.sinceNanos() < DOUBTFUL_NANOS;
                if (fresh || kept.connection().isValid(2)) return kept.connection();
                forget(kept.connection());
            }
            return opened();
        } catch (SQLException e) {
            throw new NoSession(e);
        }
    }

    private Connection opened() throws SQLException {
        opening.readLock().lock();
        try {
            Connection connection = open(POLITE, new Properties());
            synchronized (this) {
                live.put(connection, connection.unwrap(PGConnection.class).getBackendPID());
                opened++;
            }
            return connection;
        } finally {
            opening.readLock().unlock();
        }
    }

    private synchronized @Nullable Kept next() {
        return idle.pollFirst();
    }

    private synchronized int openedCount() {
        return opened;
    }

    private void giveBack(Connection connection, boolean sound) {
        synchronized (this) {
            if (sound && !closed && !isClosed(connection)) {
                idle.addFirst(new Kept(connection, System.nanoTime()));
                return;
            }
        }
        forget(connection);
        // What broke one has often broken all.
        if (!sound) refresh();
    }

    private void forget(Connection connection) {
        synchronized (this) {
            live.remove(connection);
        }
        closeQuietly(connection);
    }

    /** Those of these server processes that serve no session we hold; also right for sessions just being opened. */
    List<Integer> strange(List<Integer> pids) {
        opening.writeLock().lock();
        try {
            synchronized (this) {
                Set<Integer> held = Set.copyOf(live.values());
                return pids.stream().filter(pid -> !held.contains(pid)).toList();
            }
        } finally {
            opening.writeLock().unlock();
        }
    }

    /** Statements made ready there may be stale (the table has changed): start with fresh sessions. */
    void refresh() {
        for (Kept kept = next(); kept != null; kept = next()) forget(kept.connection());
    }

    /** A session of its own for a long read, without time limits; the caller closes it. */
    Connection openLong() throws SQLException {
        return open("; SET statement_timeout TO 0; SET idle_in_transaction_session_timeout TO 0", new Properties());
    }

    /** A session that speaks the replication protocol; the caller closes it. */
    Connection openReplication() throws SQLException {
        return openReplication(new Properties());
    }

    /** As {@link #openReplication()}, for a stream whose looks wait as long as is said by {@code patience}. */
    Connection openReplication(PatientSockets.Patience patience) throws SQLException {
        Properties more = new Properties();
        more.setProperty("socketFactory", PatientSockets.class.getName());
        more.setProperty("socketFactoryArg", patience.name());
        return openReplication(more);
    }

    private Connection openReplication(Properties more) throws SQLException {
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
