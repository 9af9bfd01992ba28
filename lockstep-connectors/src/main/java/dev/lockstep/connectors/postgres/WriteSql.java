package dev.lockstep.connectors.postgres;

import dev.lockstep.connectors.postgres.Mapping.Place;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.model.Write.Cell;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One statement for all writes of a shape: the same kind, the same columns. The rows of a batch are parameters, an
 * array for each column, so that the server plans once; what happens is one transaction in one round trip:
 *
 * <pre>
 * m       our note for the stream                  (updates and deletes: one for all; creates: one before each row)
 * v       the rows of the batch, numbered
 * locked  those of them whose row is there and held by nobody else, now locked
 * u       what is done, where the columns written still hold what we believe
 * </pre>
 *
 * The server cannot know how many rows an array holds, and a plan outlives the size that a table had when it was made.
 * So nothing here leaves it a choice that is wrong for some number: keys are compared by {@code = ANY (ARRAY[…])},
 * which an index serves and a hash of the whole table does not, and what belongs together is put together by number
 * here, not by a join there.
 */
final class WriteSql {
    /** What became of a row, in the second column of each answer. */
    static final int DONE = 1;

    static final int CHANGED = 2;
    static final int LOCKED = 3;
    static final int MISSING = 4;

    private final Table table;
    private final Mapping mapping;
    private final Shape shape;
    private final boolean noted;
    private final List<Attribute> returned;

    /**
     * What writes have in common that one statement serves.
     *
     * @param columns the columns written, or for a delete compared
     * @param many more than one row
     * @param keyed creates that say under which key
     */
    record Shape(Write.Kind kind, List<Integer> columns, boolean many, boolean keyed) {
        static Shape of(Write write) {
            return new Shape(write.kind(), numbers(write.cells()), false, isKeyed(write));
        }

        static boolean isKeyed(Write write) {
            return write.kind() == Write.Kind.CREATE && write.key() != null;
        }

        /** Creates are padded with nulls, so that together they write the columns that any of them does. */
        static Shape of(List<Write> writes) {
            Write first = writes.getFirst();
            boolean many = writes.size() > 1;
            if (first.kind() != Write.Kind.CREATE || !many) {
                return new Shape(first.kind(), numbers(first.cells()), many, isKeyed(first));
            }
            TreeSet<Integer> columns = new TreeSet<>();
            for (Write write : writes) for (Cell cell : write.cells()) columns.add(cell.column());
            return new Shape(first.kind(), List.copyOf(columns), true, isKeyed(first));
        }

        private static List<Integer> numbers(List<Cell> cells) {
            return cells.stream().map(Cell::column).toList();
        }
    }

    /** @param noted the platform streams: our rows are announced, and receipts need show only what was written */
    WriteSql(Table table, Mapping mapping, Shape shape, boolean noted) {
        this.table = table;
        this.mapping = mapping;
        this.shape = shape;
        this.noted = noted;
        Set<Attribute> shown = new LinkedHashSet<>(mapping.key());
        if (noted) {
            for (int column : shape.columns()) shown.add(place(column).attribute());
        } else {
            shown.addAll(mapping.slots());
        }
        this.returned = List.copyOf(shown);
    }

    /** The columns that each answer shows, after its fixed ones. */
    List<Attribute> returned() {
        return returned;
    }

    private Place place(int column) {
        return mapping.placeThere(column);
    }

    String text() {
        return shape.kind() == Write.Kind.CREATE ? create() : change();
    }

    /**
     * Parameters: the note (if noted); key columns; for each column written the new text and the expected one. Answers
     * a row for each of the batch: its number, what became of it, what it shows now.
     */
    private String change() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < mapping.key().size(); i++) names.add("k" + i);
        for (int i = 0; i < shape.columns().size(); i++) {
            names.add("n" + i);
            names.add("e" + i);
        }
        boolean deletes = shape.kind() == Write.Kind.DELETE;
        String from = shape.many() ? "locked" : "v";
        StringBuilder sql = new StringBuilder("WITH ");
        if (noted) {
            sql.append("m AS MATERIALIZED (SELECT pg_logical_emit_message(true, '" + Note.PREFIX + "', ?) AS at), ");
        }
        sql.append(rows(names));
        if (shape.many()) {
            sql.append(", locked AS MATERIALIZED (SELECT v.* FROM v JOIN ")
                    .append(table.sql())
                    .append(" t ON ");
            sql.append(keyMatches("t")).append(" FOR ").append(lock()).append(" OF t SKIP LOCKED)");
        }
        sql.append(", u AS (")
                .append(deletes ? "DELETE FROM " : "UPDATE ")
                .append(table.sql())
                .append(" t ");
        if (!deletes) sql.append("SET ").append(assignments()).append(' ');
        sql.append(deletes ? "USING " : "FROM ").append(from).append(" v WHERE ");
        sql.append(keyMatches("t")).append(preconditions());
        if (noted) sql.append(" AND (SELECT at FROM m) IS NOT NULL");
        sql.append(" RETURNING v.ord, " + DONE + " AS became").append(answers("t"));
        sql.append(") SELECT u.* FROM u");
        String there = "EXISTS (SELECT 1 FROM " + table.sql() + " x WHERE " + keyMatches("x") + ")";
        if (shape.many()) {
            sql.append(" UNION ALL SELECT v.ord, " + CHANGED).append(nulls());
            sql.append(" FROM locked v WHERE v.ord NOT IN (SELECT ord FROM u)");
        }
        sql.append(" UNION ALL SELECT v.ord, CASE WHEN ").append(there).append(" THEN ");
        sql.append(shape.many() ? LOCKED : CHANGED).append(" ELSE " + MISSING + " END");
        sql.append(nulls()).append(" FROM v WHERE v.ord NOT IN (SELECT ord FROM ");
        return sql.append(shape.many() ? "locked" : "u").append(')').toString();
    }

    /** No stronger than the change needs: rows of other tables that refer to ours can be made meanwhile. */
    private String lock() {
        if (shape.kind() == Write.Kind.DELETE) return "UPDATE";
        boolean referred = writtenAttributes().stream()
                .anyMatch(attribute -> table.indexes().stream()
                        .anyMatch(index -> index.unique() && index.columns().contains(attribute.name())));
        return referred ? "UPDATE" : "NO KEY UPDATE";
    }

    private static String rows(List<String> names) {
        return "v AS MATERIALIZED (SELECT * FROM unnest(" + Sql.join(names, name -> "?::text[]")
                + ") WITH ORDINALITY AS v(" + String.join(", ", names) + ", ord))";
    }

    private static String column(String of, Attribute attribute) {
        return of + "." + Sql.quote(attribute.name());
    }

    private String keyMatches(String of) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < mapping.key().size(); i++) {
            Attribute key = mapping.key().get(i);
            all.add(column(of, key) + " = ANY (ARRAY[v.k" + i + "::" + key.typeSql() + "])");
        }
        return String.join(" AND ", all);
    }

    private String preconditions() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < shape.columns().size(); i++) {
            all.append(" AND ").append(shown("t", place(shape.columns().get(i))));
            all.append(" IS NOT DISTINCT FROM v.e").append(i);
        }
        return all.toString();
    }

    /** What a mapped column shows, as text. */
    private static String shown(String of, Place place) {
        return place.path().isEmpty()
                ? place.attribute().textSql(of + ".")
                : "(" + column(of, place.attribute()) + " #>> " + Sql.textArray(place.path()) + ")";
    }

    private String assignments() {
        return Sql.join(
                writtenAttributes(), attribute -> Sql.quote(attribute.name()) + " = " + newValue("t", attribute));
    }

    private List<Attribute> writtenAttributes() {
        Set<Attribute> written = new LinkedHashSet<>();
        for (int column : shape.columns()) written.add(place(column).attribute());
        return List.copyOf(written);
    }

    /** @param of the row that holds the present value; empty for a new row */
    private String newValue(String of, Attribute attribute) {
        JsonSql json = new JsonSql(of.isEmpty() ? "NULL::jsonb" : column(of, attribute) + "::jsonb");
        for (int i = 0; i < shape.columns().size(); i++) {
            Place place = place(shape.columns().get(i));
            if (!place.attribute().equals(attribute)) continue;
            if (place.path().isEmpty()) return "v.n" + i + "::" + attribute.typeSql();
            json.set(place.path(), "v.n" + i, place.type());
        }
        return "(" + json.text() + ")::" + attribute.typeSql();
    }

    private String answers(String of) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < returned.size(); i++) {
            all.append(", ")
                    .append(returned.get(i).textSql(of + "."))
                    .append(" AS r")
                    .append(i);
        }
        if (!noted) all.append(", ").append(Types.sql(table, mapping)).append(" AS types");
        return all.toString();
    }

    private String nulls() {
        return ", NULL::text".repeat(returned.size() + (noted ? 0 : 1));
    }

    /**
     * Parameters: the note of each row (if noted); key columns (if keyed); the text of each column. The answers of
     * INSERT do not say which row they are of, so they are counted; a trigger that swallows a row upsets that, and then
     * the whole is refused (a division by zero).
     */
    private String create() {
        List<String> names = new ArrayList<>();
        if (noted) names.add("note");
        List<String> into = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; shape.keyed() && i < mapping.key().size(); i++) {
            Attribute key = mapping.key().get(i);
            names.add("k" + i);
            if (writtenAttributes().contains(key)) continue;
            into.add(Sql.quote(key.name()));
            values.add("v.k" + i + "::" + key.typeSql());
        }
        for (int i = 0; i < shape.columns().size(); i++) names.add("n" + i);
        for (Attribute attribute : writtenAttributes()) {
            into.add(Sql.quote(attribute.name()));
            values.add(newValue("", attribute));
        }
        String insert = "INSERT INTO " + table.sql() + " AS t (" + String.join(", ", into) + ")"
                + (shape.keyed() ? " OVERRIDING SYSTEM VALUE" : "") + " SELECT " + String.join(", ", values)
                + (noted
                        ? " FROM (SELECT v.*, pg_logical_emit_message(true, '" + Note.PREFIX
                                + "', v.note) AS at FROM v OFFSET 0) v WHERE v.at IS NOT NULL"
                        : " FROM v");
        return "WITH " + rows(names) + ", u AS (" + insert + " RETURNING " + DONE + " AS became" + answers("t") + ")"
                + " SELECT row_number() OVER (), u.* FROM u"
                + " WHERE 1 / (CASE WHEN (SELECT count(*) FROM u) = (SELECT count(*) FROM v) THEN 1 ELSE 0 END) = 1";
    }
}
