package dev.lockstep.connectors.postgres;

import dev.lockstep.spi.PlatformException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * Streams from a slot: gives the plug-in's messages, and tells the server what it need not keep.
 *
 * <p>The driver's blocking read gives no turn while nothing comes, so this one only looks. A look waits a millisecond
 * on the socket, or longer when it has been quiet, and wakes at once when something comes, also through TLS.
 */
final class ReplicationSession implements AutoCloseable {
    private static final String SLOT_IN_USE = "55006";
    private static final int STATUS_MILLIS = 250;
    private static final long TURN_NANOS = 250_000_000L;
    /** An interrupt waits for it too. */
    private static final int QUIET_MILLIS = 100;

    private static final long QUIET_NANOS = 1_000_000_000L;

    // Where nothing has come for long: each turn costs the server something as well.
    private static final long REST_NANOS = 10_000_000_000L;
    private static final long REST_TURN_NANOS = 1_000_000_000L;
    private static final int REST_MILLIS = 500;
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final long PAUSE_MILLIS = 100;

    private final PGReplicationStream stream;
    private final PatientSockets.Patience patience;
    private long confirmedLsn;
    private long heardNanos = System.nanoTime();

    private ReplicationSession(PGReplicationStream stream, PatientSockets.Patience patience) {
        this.stream = stream;
        this.patience = patience;
    }

    /**
     * Begins to stream. A slot serves one session: one that a crash of ours left behind is ended here, while a living
     * one (another Lockstep) is left alone.
     *
     * @param connection from {@link Sessions#openReplication}; stays the caller's
     * @param patience the connection's
     */
    static ReplicationSession start(
            Database database, Connection connection, PatientSockets.Patience patience, long fromLsn)
            throws SQLException, InterruptedException {
        long began = System.nanoTime();
        while (true) {
            try {
                PGReplicationStream stream = connection
                        .unwrap(PGConnection.class)
                        .getReplicationAPI()
                        .replicationStream()
                        .logical()
                        .withAutomaticFlush(false)
                        .withSlotName(database.slot())
                        .withStartPosition(LogSequenceNumber.valueOf(fromLsn))
                        .withStatusInterval(STATUS_MILLIS, TimeUnit.MILLISECONDS)
                        .withSlotOption("proto_version", 1)
                        .withSlotOption("publication_names", Sql.quote(database.publication()))
                        .withSlotOption("messages", true)
                        .start();
                return new ReplicationSession(stream, patience);
            } catch (SQLException e) {
                if (!Failures.state(e).equals(SLOT_IN_USE)) throw e;
                if (System.nanoTime() - began > PATIENCE_NANOS) throw inUse(database, e);
                endLeftOver(database);
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    /** Ours answer every second at least: one that has been silent for seconds is dead at its other end. */
    private static void endLeftOver(Database database) throws SQLException, InterruptedException {
        database.sessions().asking(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
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

    /** The next message; null when none comes within a millisecond. */
    @Nullable
    ByteBuffer pending() throws SQLException {
        ByteBuffer message = stream.readPending();
        if (message != null) heardNanos = System.nanoTime();
        else if (stream.isClosed()) throw new SQLException("the server has ended the replication stream", "08006");
        return message;
    }

    /** The next message; null when none came for a moment, or when the thread is interrupted. */
    @Nullable
    ByteBuffer await() throws SQLException {
        long began = System.nanoTime();
        try {
            while (true) {
                ByteBuffer message = pending();
                long now = System.nanoTime();
                boolean rests = now - heardNanos > REST_NANOS;
                if (message != null
                        || now - began > (rests ? REST_TURN_NANOS : TURN_NANOS)
                        || Thread.currentThread().isInterrupted()) return message;
                if (now - heardNanos > QUIET_NANOS) patience.millis(rests ? REST_MILLIS : QUIET_MILLIS);
            }
        } finally {
            patience.none();
        }
    }

    /** Up to here the server's log held nothing but what was given. Only asked between transactions. */
    long receivedLsn() {
        return stream.getLastReceiveLSN().asLong();
    }

    /** The server need not keep its log up to here; it is told within the status interval. */
    void confirm(long lsn) {
        if (lsn - confirmedLsn <= 0) return;
        confirmedLsn = lsn;
        stream.setFlushedLSN(LogSequenceNumber.valueOf(lsn));
        stream.setAppliedLSN(LogSequenceNumber.valueOf(lsn));
    }

    /** The last word to the server: what is confirmed. The connection is closed by its owner. */
    @Override
    public void close() {
        try {
            stream.forceUpdateStatus();
        } catch (SQLException e) {
            // It learns at the next session.
        }
    }
}
