package dev.lockstep.connectors.postgres;

import dev.lockstep.spi.PlatformException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * Begins to stream from a slot. A slot serves one session: one that a crash of ours left behind is ended here, while a
 * living one (another Lockstep) is left alone.
 */
final class SlotStart {
    private static final String SLOT_IN_USE = "55006";
    private static final int STATUS_MILLIS = 200;
    private static final long PATIENCE_NANOS = 15_000_000_000L;
    private static final long PAUSE_MILLIS = 100;

    private SlotStart() {}

    static PGReplicationStream start(Database database, Connection connection, long lsn)
            throws SQLException, InterruptedException {
        long began = System.nanoTime();
        while (true) {
            try {
                return connection
                        .unwrap(PGConnection.class)
                        .getReplicationAPI()
                        .replicationStream()
                        .logical()
                        .withAutomaticFlush(false)
                        .withSlotName(database.slot())
                        .withStartPosition(LogSequenceNumber.valueOf(lsn))
                        .withStatusInterval(STATUS_MILLIS, TimeUnit.MILLISECONDS)
                        .withSlotOption("proto_version", 1)
                        .withSlotOption("publication_names", Sql.quote(database.publication()))
                        .withSlotOption("messages", true)
                        .start();
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
}
