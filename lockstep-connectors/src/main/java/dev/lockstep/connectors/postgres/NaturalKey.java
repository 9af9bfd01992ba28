package dev.lockstep.connectors.postgres;

import dev.lockstep.connectors.postgres.Mapping.Place;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.model.Write.Cell;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * Finds the records that creates would make once more: a statement for all of a batch, for each column (or key) that
 * they are looked up by. Text is compared without regard to case where the table has an index for that, or none at
 * all; with a plain index, the value as it is and in lower case, since a look-up must not read the whole table.
 */
final class NaturalKey {
    private final Table table;
    private final Mapping mapping;

    NaturalKey(Table table, Mapping mapping) {
        this.table = table;
        this.mapping = mapping;
    }

    /** Of one create what is looked up with one statement, and which of its attempts it is. */
    private record Wanted(long write, int turn, List<@Nullable String> values) {}

    /** A record that was found at that attempt. */
    private record Found(int turn, String key) {}

    /** In parts in which no two creates share a value that they are looked up by. */
    List<List<Write>> apart(List<Write> creates) {
        Map<List<String>, Integer> uses = new HashMap<>();
        List<List<Write>> parts = new ArrayList<>();
        for (Write create : creates) {
            int part = 0;
            for (List<Cell> look : looks(create)) {
                List<String> values = new ArrayList<>();
                for (Cell cell : look) {
                    values.add(cell.column() + " " + String.valueOf(cell.raw()).toLowerCase(Locale.ROOT));
                }
                part = Math.max(part, uses.merge(values, 1, Integer::sum) - 1);
            }
            while (parts.size() <= part) parts.add(new ArrayList<>());
            parts.get(part).add(create);
        }
        return parts;
    }

    /** By the ids of those creates whose record is there: its key. The first part of a natural key that finds wins. */
    Map<Long, String> keys(Connection connection, List<Write> creates) throws SQLException {
        Map<List<Integer>, List<Wanted>> looks = new LinkedHashMap<>();
        for (Write create : creates) {
            int turn = 0;
            for (List<Cell> look : looks(create)) {
                List<@Nullable String> values = new ArrayList<>();
                for (Cell cell : look) values.add(cell.raw());
                looks.computeIfAbsent(look.stream().map(Cell::column).toList(), columns -> new ArrayList<>())
                        .add(new Wanted(create.id(), turn++, values));
            }
        }
        Map<Long, Found> found = new HashMap<>();
        for (Map.Entry<List<Integer>, List<Wanted>> look : looks.entrySet()) {
            find(connection, look.getKey(), look.getValue(), found);
        }
        Map<Long, String> keys = new HashMap<>();
        found.forEach((write, at) -> keys.put(write, at.key()));
        return keys;
    }

    /** What a create is looked up by, one after the other. A key of several columns names a record as a whole only. */
    private List<List<Cell>> looks(Write create) {
        List<Cell> cells = create.naturalKey().stream()
                .filter(cell -> mapping.place(cell.column()) != null)
                .toList();
        boolean wholeKey = cells.size() > 1
                && cells.size() == mapping.key().size()
                && cells.stream()
                        .map(cell -> mapping.placeThere(cell.column()))
                        .allMatch(place -> place.path().isEmpty() && mapping.isKey(place.attribute()));
        return wholeKey ? List.of(cells) : cells.stream().map(List::of).toList();
    }

    private void find(Connection connection, List<Integer> columns, List<Wanted> wanted, Map<Long, Found> found)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql(columns))) {
            // Planned each time, for the table as it is now: a plan from when it was small could read it for each.
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            for (int i = 0; i < columns.size(); i++) {
                int at = i;
                Object[] texts =
                        wanted.stream().map(one -> one.values().get(at)).toArray();
                statement.setArray(i + 1, connection.createArrayOf("text", texts));
            }
            statement.execute();
            statement.getMoreResults();
            try (ResultSet row = statement.getResultSet()) {
                while (row.next()) {
                    Wanted one = wanted.get(row.getInt(1) - 1);
                    List<@Nullable String> parts = new ArrayList<>();
                    for (int i = 0; i < mapping.key().size(); i++) parts.add(row.getString(2 + i));
                    Found here = new Found(one.turn(), KeyText.join(parts));
                    found.merge(one.write(), here, (a, b) -> a.turn() <= b.turn() ? a : b);
                }
            }
        }
    }

    private String sql(List<Integer> columns) {
        List<String> names = new ArrayList<>();
        List<String> matches = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            names.add("q" + i);
            matches.add(matches(mapping.placeThere(columns.get(i)), "v.q" + i));
        }
        StringBuilder keys = new StringBuilder();
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < mapping.key().size(); i++) {
            keys.append(", ").append(mapping.key().get(i).textSql("t."));
            order.append(", ").append(2 + i);
        }
        boolean served = columns.stream().anyMatch(column -> isServed(mapping.placeThere(column)));
        String match = String.join(" AND ", matches);
        // Where an index serves it is asked once for each, whatever the server thinks of a table that was just filled.
        // Where none does, the table is read once; kept from that, the server would read it once for each.
        String there = served
                ? " CROSS JOIN LATERAL (SELECT t.* FROM " + table.sql() + " t WHERE " + match + " OFFSET 0) t"
                : " JOIN " + table.sql() + " t ON " + match;
        String look = "SELECT DISTINCT ON (v.ord) v.ord" + keys + " FROM unnest("
                + Sql.join(names, name -> "?::text[]") + ") WITH ORDINALITY AS v(" + String.join(", ", names) + ", ord)"
                + there + " ORDER BY v.ord" + order;
        return "SET enable_seqscan TO " + (served ? "off; " : "on; ") + look + "; SET enable_seqscan TO off";
    }

    /** Some index finds the rows that hold a value there. */
    private boolean isServed(Place place) {
        Attribute attribute = place.attribute();
        if (!place.path().isEmpty()) return false;
        return table.hasIndexOn(attribute.name(), false)
                || isCased(attribute) && table.hasIndexOn(attribute.name(), true);
    }

    /** Text that is compared without regard to case only where we ask for that. */
    private static boolean isCased(Attribute attribute) {
        return attribute.isText() && !attribute.isCaseless();
    }

    /** @param value an expression of type text */
    private String matches(Place place, String value) {
        Attribute attribute = place.attribute();
        String column = "t." + Sql.quote(attribute.name());
        if (!place.path().isEmpty()) {
            return "lower(" + column + " #>> " + Sql.textArray(place.path()) + ") = lower(" + value + ")";
        }
        if (!isCased(attribute)) return column + " = " + value + "::" + attribute.typeSql();
        if (!table.hasIndexOn(attribute.name(), true) && table.hasIndexOn(attribute.name(), false)) {
            String type = attribute.typeSql();
            return column + " = ANY (ARRAY[" + value + "::" + type + ", lower(" + value + ")::" + type + "])";
        }
        return "lower(" + column + ") = lower(" + value + ")";
    }

    /** The statement that makes the index which a look-up by this column lacks; null when it has one. */
    static @Nullable String missingIndex(Table table, Attribute attribute) {
        if (table.hasIndexOn(attribute.name(), false) || table.hasIndexOn(attribute.name(), true)) return null;
        String column = Sql.quote(attribute.name());
        // On a partitioned table an index cannot be made beside its use.
        return "CREATE INDEX " + (table.kind() == 'r' ? "CONCURRENTLY " : "") + "ON " + table.sql() + " ("
                + (isCased(attribute) ? "lower(" + column + ")" : column) + ");";
    }
}
