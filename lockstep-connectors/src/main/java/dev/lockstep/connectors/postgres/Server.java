package dev.lockstep.connectors.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What the server and our role there can do.
 *
 * @param version as people say it: {@code 17.10}
 * @param number to compare: {@code 170010}
 * @param mayReplicate our role may open replication sessions
 * @param standby it takes no writes
 * @param slotBytes how much of its log it keeps for our slot
 */
record Server(
        String version,
        int number,
        String walLevel,
        boolean mayReplicate,
        boolean standby,
        int slotsMax,
        int slotsUsed,
        boolean slotExists,
        long slotBytes,
        String role,
        String database,
        boolean mayCreateInDatabase) {

    static Server look(Connection connection, String slot) throws SQLException {
        String sql = """
                SELECT current_setting('server_version'), current_setting('server_version_num')::int,
                       current_setting('wal_level'),
                       EXISTS (SELECT 1 FROM pg_roles r WHERE r.rolname = current_user
                                 AND (r.rolsuper OR r.rolreplication))
                         OR EXISTS (SELECT 1 FROM pg_roles r WHERE r.rolname = 'rds_replication'
                                      AND pg_has_role(current_user, r.oid, 'MEMBER')),
                       pg_is_in_recovery(), current_setting('max_replication_slots')::int,
                       (SELECT count(*)::int FROM pg_replication_slots),
                       EXISTS (SELECT 1 FROM pg_replication_slots
                               WHERE slot_name = ? AND database = current_database()),
                       CASE WHEN pg_is_in_recovery() THEN 0
                         ELSE (SELECT COALESCE(max(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)), 0)::bigint
                               FROM pg_replication_slots
                               WHERE slot_name = ? AND database = current_database()) END,
                       current_user, current_database(),
                       has_database_privilege(current_database(), 'CREATE')
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, slot);
            statement.setString(2, slot);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Server(
                        row.getString(1).split(" ")[0],
                        row.getInt(2),
                        row.getString(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getInt(6),
                        row.getInt(7),
                        row.getBoolean(8),
                        row.getLong(9),
                        row.getString(10),
                        row.getString(11),
                        row.getBoolean(12));
            }
        }
    }

    /** Where the server's log ends now; 0 on a standby, which streams nothing. */
    static long logEnd(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT CASE WHEN NOT pg_is_in_recovery() THEN pg_current_wal_lsn()::text END")) {
            row.next();
            String end = row.getString(1);
            return end == null ? 0 : Position.lsn(end);
        }
    }

    /** The identity and the time-line of the server at the other end of a replication session, and where its log is. */
    static Position identify(Connection replication) throws SQLException {
        try (Statement statement = replication.createStatement();
                ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
            row.next();
            return new Position(Position.lsn(row.getString(3)), row.getString(1), row.getInt(2));
        }
    }
}
