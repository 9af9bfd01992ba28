package dev.lockstep.connectors.postgres;

import dev.lockstep.spi.PlatformException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyDual;

/**
 * Streams from a slot: gives the plug-in's messages, answers the server's calls, and tells it what it need not keep.
 *
 * <p>The driver's own replication stream blocks for as long as nothing comes, and a driver's connection cannot be waited
 * on with a limit; so this one looks, and rests in between: half a millisecond while changes come, a little more when
 * it is quiet.
 */
final class ReplicationSession implements AutoCloseable {
    private static final String SLOT_IN_USE = "55006";
    private static final long TURN_NANOS = 250_000_000L;
    private static final long REST_NANOS = 500_000L;
    private static final long REST_QUIET_NANOS = 2_000_000L;
    private static final long QUIET_NANOS = 1_000_000_000L;

    /** The server is asked for a sign of life when it has been silent for this long, and given up after that. */
    private static final long ASK_NANOS = 5_000_000_000L;

    private static final long GIVE_UP_NANOS = 40_000_000_000L;
    private static final long STATUS_NANOS = 250_000_000L;
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final long PAUSE_MILLIS = 100;
    private static final int STATUS_BYTES = 34;

    private final CopyDual copy;
    private long receivedLsn;
    private long confirmedLsn;
    private long statusNanos;
    private long heardNanos;
    private long askedNanos;

    private ReplicationSession(CopyDual copy, long fromLsn) {
        this.copy = copy;
        this.receivedLsn = fromLsn;
        this.statusNanos = this.heardNanos = this.askedNanos = System.nanoTime();
    }

    /**
     * Begins to stream. A slot serves one session: one that a crash of ours left behind is ended here, while a living
     * one (another Lockstep) is left alone.
     *
     * @param connection from {@link Sessions#openReplication}; stays the caller's
     */
    static ReplicationSession start(Database database, Connection connection, long fromLsn)
            throws SQLException, InterruptedException {
        String sql = "START_REPLICATION SLOT " + Sql.quote(database.slot()) + " LOGICAL " + Position.lsnText(fromLsn)
                + " (proto_version '1', publication_names '"
                + Sql.quote(database.publication()).replace("'", "''") + "', messages 'true')";
        long began = System.nanoTime();
        while (true) {
            try {
                CopyDual copy = connection.unwrap(PGConnection.class).getCopyAPI().copyDual(sql);
                return new ReplicationSession(copy, fromLsn);
            } catch (SQLException e) {
                if (!Failures.state(e).equals(SLOT_IN_USE)) throw e;
                if (System.nanoTime() - began > PATIENCE_NANOS) throw inUse(database, e);
                endLeftOver(database);
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    /** Ours answer several times a second: one that has been silent for seconds is dead at its other end. */
    private static void endLeftOver(Database database) throws SQLException, InterruptedException {
        database.sessions().asking(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    """
                    SELECT pg_terminate_backend(s.active_pid)
                    FROM pg_replication_slots s JOIN pg_stat_replication r ON r.pid = s.active_pid
                    WHERE s.slot_name = ? AND r.usename = current_user
                      AND clock_timestamp() - COALESCE(r.reply_time, r.backend_start) > interval '5 s'
                    """)) {
                statement.setString(1, database.slot());
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next();
                }
            }
        });
    }

    private static PlatformException inUse(Database database, SQLException e) {
        return new PlatformException(
                "Another program is streaming from the replication slot `" + database.slot() + "` at "
                        + database.url().hosts() + ": " + Failures.words(e) + ".",
                "Stop the other Lockstep; or give this workspace a slot of its own: slot: NAME",
                false,
                e);
    }

    /** A message that is already here, or null. */
    @Nullable ByteBuffer pending() throws SQLException {
        while (true) {
            long now = System.nanoTime();
            if (now - statusNanos > STATUS_NANOS) tellStatus(now);
            byte[] bytes = copy.readFromCopy(false);
            if (bytes == null) {
                if (copy.isActive()) return null;
                throw new SQLException("the server has ended the replication stream", "08006");
            }
            heardNanos = now;
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            if (buffer.get() != 'k') {
                buffer.position(1 + 3 * Long.BYTES);
                return buffer;
            }
            receivedLsn = Math.max(receivedLsn, buffer.getLong());
            buffer.getLong();
            if (buffer.get() != 0) sendStatus(false);
        }
    }

    /** The next message; null when none came for a moment, or when the thread is interrupted. */
    @Nullable ByteBuffer await() throws SQLException {
        long began = System.nanoTime();
        while (true) {
            ByteBuffer message = pending();
            long now = System.nanoTime();
            if (message != null || now - began > TURN_NANOS || Thread.currentThread().isInterrupted()) return message;
            LockSupport.parkNanos(now - heardNanos < QUIET_NANOS ? REST_NANOS : REST_QUIET_NANOS);
        }
    }

    private void tellStatus(long now) throws SQLException {
        if (now - heardNanos > GIVE_UP_NANOS) throw new SQLException("the server has fallen silent", "08006");
        boolean ask = now - askedNanos > ASK_NANOS;
        if (ask) askedNanos = now;
        sendStatus(ask);
    }

    /** So far the server's log held nothing but what was given. Only asked between transactions. */
    long receivedLsn() {
        return receivedLsn;
    }

    /** The server need not keep its log up to here. */
    void confirm(long lsn) {
        if (lsn - confirmedLsn > 0) confirmedLsn = lsn;
    }

    private void sendStatus(boolean ask) throws SQLException {
        ByteBuffer status = ByteBuffer.allocate(STATUS_BYTES);
        status.put((byte) 'r')
                .putLong(Math.max(receivedLsn, confirmedLsn))
                .putLong(confirmedLsn)
                .putLong(confirmedLsn)
                .putLong(Clock.micros() - PgOutput.EPOCH_MICROS)
                .put((byte) (ask ? 1 : 0));
        copy.writeToCopy(status.array(), 0, STATUS_BYTES);
        copy.flushCopy();
        statusNanos = System.nanoTime();
    }

    /** The last word to the server: what is confirmed. The connection is closed by its owner. */
    @Override
    public void close() {
        try {
            if (copy.isActive()) sendStatus(false);
        } catch (SQLException e) {
            // It learns at the next session.
        }
    }
}
