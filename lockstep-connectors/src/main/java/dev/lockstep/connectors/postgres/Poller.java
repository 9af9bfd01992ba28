package dev.lockstep.connectors.postgres;

import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Observation.Origin;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.spi.Inbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Looks for rows by their time of change. What is committed late carries an earlier time than what was seen before it,
 * so each look goes back a little; a row seen twice says nothing new. Deletions leave no trace.
 */
final class Poller {
    /**
     * A transaction open for longer than this, that sets the time at its start, may be missed until the next full read.
     */
    private static final long OVERLAP_MICROS = 60_000_000;

    private static final int PAGE = 5000;

    private final Table table;
    private final Mapping mapping;

    Poller(Table table, Mapping mapping) {
        this.table = table;
        this.mapping = mapping;
    }

    /** The server's time: where a look that begins now will have come to. */
    static long serverMicros(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT clock_timestamp()::text")) {
            row.next();
            return Mapping.micros(row.getString(1));
        }
    }

    /** Rows changed since then, in the order of their times. */
    void changedSince(Connection connection, long sinceMicros, Inbox inbox) throws SQLException, InterruptedException {
        String columns = Sql.join(mapping.slots(), attribute -> attribute.textSql("t."));
        Attribute modified = mapping.modified();
        String sql = "SELECT " + columns + " FROM " + table.sql() + " t WHERE t." + Sql.quote(modified.name())
                + " >= ?::timestamptz::" + modified.typeSql() + " ORDER BY t." + Sql.quote(modified.name());
        long began = Clock.micros();
        connection.setAutoCommit(false);
        Types.hold(connection, table, mapping);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(PAGE);
            statement.setString(1, Mapping.timeText(sinceMicros - OVERLAP_MICROS));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (Thread.interrupted()) throw new InterruptedException();
                    @Nullable String[] slots = mapping.emptySlots();
                    for (int i = 0; i < slots.length; i++) slots[i] = row.getString(i + 1);
                    String key = mapping.key(slots);
                    if (key != null) inbox.observe(seen(key, slots, began));
                }
            }
        }
        connection.commit();
    }

    private Observation seen(String key, @Nullable String[] slots, long beganMicros) {
        return new Observation(
                mapping.platform(),
                key,
                null,
                Origin.POLL,
                false,
                mapping.raw(slots),
                0,
                mapping.datedMicros(slots),
                Clock.micros(),
                beganMicros,
                0);
    }

    /** A position, read back; {@link Stamp#UNDATED} when it is none of a poll's. */
    static long micros(@Nullable String position) {
        return position == null || !position.startsWith("polled ")
                ? Stamp.UNDATED
                : Long.parseLong(position.substring("polled ".length()));
    }

    static String position(long micros) {
        return "polled " + micros;
    }
}
