package dev.lockstep.connectors.postgres;

import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Observation.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads single rows by key. */
final class Reader {
    private static final int MOST_AT_ONCE = 500;

    private final Table table;
    private final Mapping mapping;
    private final Sessions sessions;

    Reader(Table table, Mapping mapping, Sessions sessions) {
        this.table = table;
        this.mapping = mapping;
        this.sessions = sessions;
    }

    /**
     * What one statement found.
     *
     * @param rows by key, in the order asked for; null: there is none
     */
    record Found(Snapshot snapshot, Map<String, @Nullable String @Nullable []> rows) {}

    /** In parts, each with its own snapshot. */
    List<Found> rows(List<String> keys) throws SQLException, InterruptedException {
        List<Found> all = new ArrayList<>();
        for (int i = 0; i < keys.size(); i += MOST_AT_ONCE) {
            List<String> part = keys.subList(i, Math.min(keys.size(), i + MOST_AT_ONCE));
            all.add(sessions.asking(connection -> rows(connection, part)));
        }
        return all;
    }

    private Found rows(Connection connection, List<String> keys) throws SQLException {
        int parts = mapping.key().size();
        StringBuilder sql = new StringBuilder("SELECT pg_current_snapshot()::text, ");
        sql.append(Types.sql(table, mapping)).append(", v.ord, t.* FROM unnest(");
        sql.append("?::text[]").append(", ?::text[]".repeat(parts - 1)).append(") WITH ORDINALITY AS v(");
        for (int i = 0; i < parts; i++) sql.append('k').append(i).append(", ");
        sql.append("ord) LEFT JOIN LATERAL (SELECT true AS there, ")
                .append(columns())
                .append(" FROM ");
        sql.append(table.sql()).append(" t WHERE ");
        for (int i = 0; i < parts; i++) {
            Attribute key = mapping.key().get(i);
            sql.append(i == 0 ? "" : " AND ").append("t.").append(Sql.quote(key.name()));
            sql.append(" = v.k").append(i).append("::").append(key.typeSql());
        }
        sql.append(") t ON true ORDER BY v.ord");
        Map<String, @Nullable String @Nullable []> rows = new LinkedHashMap<>();
        Snapshot snapshot = new Snapshot(0, new int[0]);
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < parts; i++) {
                int part = i;
                Object[] texts = keys.stream()
                        .map(key -> KeyText.split(key, parts).get(part))
                        .toArray();
                statement.setArray(i + 1, connection.createArrayOf("text", texts));
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    snapshot = Snapshot.parse(row.getString(1));
                    Types.check(row.getString(2), mapping);
                    rows.put(keys.get(row.getInt(3) - 1), row.getBoolean(4) ? slots(row, 5) : null);
                }
            }
        }
        return new Found(snapshot, rows);
    }

    private String columns() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < mapping.slots().size(); i++) {
            all.append(i == 0 ? "" : ", ")
                    .append(mapping.slots().get(i).textSql("t."))
                    .append(" AS s")
                    .append(i);
        }
        return all.toString();
    }

    private @Nullable String[] slots(ResultSet row, int from) throws SQLException {
        @Nullable String[] slots = mapping.emptySlots();
        for (int i = 0; i < slots.length; i++) slots[i] = row.getString(from + i);
        return slots;
    }

    /** @param row null when there is none */
    Observation observation(
            String key, @Nullable String @Nullable [] row, long version, long beganMicros, Origin origin) {
        if (row == null) {
            return new Observation(
                    mapping.platform(),
                    key,
                    null,
                    origin,
                    true,
                    new String[0],
                    version,
                    dev.lockstep.core.model.Stamp.UNDATED,
                    Clock.micros(),
                    beganMicros,
                    0);
        }
        return new Observation(
                mapping.platform(),
                key,
                null,
                origin,
                false,
                mapping.raw(row),
                version,
                mapping.datedMicros(row),
                Clock.micros(),
                beganMicros,
                0);
    }
}
