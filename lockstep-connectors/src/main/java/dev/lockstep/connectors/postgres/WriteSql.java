package dev.lockstep.connectors.postgres;

import dev.lockstep.connectors.postgres.Mapping.Place;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.model.Write.Cell;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One statement for all writes of a shape: the same kind, the same columns. The rows of a batch are parameters, an
 * array for each column, so that the server plans once; what happens is one transaction in one round trip:
 *
 * <pre>
 * m       our note for the stream                  (updates and deletes: one for all; creates: one before each row)
 * v       the rows of the batch, numbered
 * locked  their locks, taken in the order of keys; rows that others hold are left out
 * u       what is done, where the columns written still hold what we believe
 * </pre>
 */
final class WriteSql {
    private final Table table;
    private final Mapping mapping;
    private final Shape shape;
    private final boolean noted;
    private final List<Attribute> returned;

    /**
     * What writes have in common that one statement serves.
     *
     * @param columns the columns written, or for a delete compared
     * @param natural of a create: the columns of the natural key
     * @param many more than one row
     */
    record Shape(Write.Kind kind, List<Integer> columns, List<Integer> natural, boolean many) {
        static Shape of(Write write) {
            return new Shape(write.kind(), numbers(write.cells()), numbers(write.naturalKey()), false);
        }

        Shape forRows(int rows) {
            return new Shape(kind, columns, natural, rows > 1);
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
        Place place = mapping.place(column);
        if (place == null) throw new IllegalArgumentException("column " + column + " is not there");
        return place;
    }

    String text() {
        return shape.kind() == Write.Kind.CREATE ? create() : change();
    }

    /** Parameters: the note (if noted); key columns; for each column written the new text and the expected one. */
    private String change() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < mapping.key().size(); i++) names.add("k" + i);
        for (int i = 0; i < shape.columns().size(); i++) {
            names.add("n" + i);
            names.add("e" + i);
        }
        StringBuilder sql = new StringBuilder("WITH ");
        if (noted) {
            sql.append("m AS MATERIALIZED (SELECT pg_logical_emit_message(true, '" + Note.PREFIX + "', ?) AS at), ");
        }
        sql.append(rows(names));
        if (shape.many()) {
            sql.append(", locked AS MATERIALIZED (SELECT v.ord FROM v JOIN ")
                    .append(table.sql())
                    .append(" t ON ");
            sql.append(keyMatches("t")).append(" ORDER BY ").append(Sql.join(mapping.key(), key -> column("t", key)));
            sql.append(" FOR UPDATE OF t SKIP LOCKED)");
        }
        boolean deletes = shape.kind() == Write.Kind.DELETE;
        sql.append(", u AS (")
                .append(deletes ? "DELETE FROM " : "UPDATE ")
                .append(table.sql())
                .append(" t ");
        if (!deletes) sql.append("SET ").append(assignments()).append(' ');
        sql.append(deletes ? "USING v" : "FROM v");
        if (shape.many()) sql.append(" JOIN locked l ON l.ord = v.ord");
        sql.append(" WHERE ").append(keyMatches("t")).append(preconditions());
        if (noted) sql.append(" AND (SELECT at FROM m) IS NOT NULL");
        sql.append(" RETURNING v.ord").append(answers("t")).append(") SELECT v.ord, u.ord IS NOT NULL, ");
        sql.append(shape.many() ? "EXISTS (SELECT 1 FROM locked l WHERE l.ord = v.ord)" : "true");
        sql.append(", EXISTS (SELECT 1 FROM ")
                .append(table.sql())
                .append(" x WHERE ")
                .append(keyMatches("x"));
        sql.append(")").append(answerNames("u")).append(" FROM v LEFT JOIN u ON u.ord = v.ord");
        return sql.toString();
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
            all.add(column(of, key) + " = v.k" + i + "::" + key.typeSql());
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
        return all.toString();
    }

    private String answerNames(String of) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < returned.size(); i++)
            all.append(", ").append(of).append(".r").append(i);
        return all.toString();
    }

    /**
     * Parameters: the note of each row (if noted); the text of each column; the text of each column of the natural key.
     * The answers of INSERT do not say which row they are of, so both are counted; a trigger that swallows a row
     * upsets that, and then the whole is refused (a division by zero).
     */
    private String create() {
        List<String> names = new ArrayList<>();
        if (noted) names.add("note");
        for (int i = 0; i < shape.columns().size(); i++) names.add("n" + i);
        for (int i = 0; i < shape.natural().size(); i++) names.add("q" + i);
        String insert =
                "INSERT INTO " + table.sql() + " AS t (" + Sql.join(writtenAttributes(), a -> Sql.quote(a.name()))
                        + ") SELECT " + Sql.join(writtenAttributes(), attribute -> newValue("", attribute))
                        + (noted
                                ? " FROM (SELECT todo.*, pg_logical_emit_message(true, '" + Note.PREFIX
                                        + "', todo.note) AS at FROM todo OFFSET 0) v WHERE v.at IS NOT NULL"
                                : " FROM todo v");
        return "WITH " + rows(names) + ", found AS MATERIALIZED (" + found() + ")"
                + ", todo AS MATERIALIZED (SELECT v.*, row_number() OVER (ORDER BY v.ord) AS num FROM v"
                + " WHERE NOT EXISTS (SELECT 1 FROM found WHERE found.ord = v.ord))"
                + ", u AS (" + insert + " RETURNING true AS made" + answers("t") + ")"
                + ", made AS (SELECT u.*, row_number() OVER () AS num FROM u)"
                + " SELECT v.ord, made.made IS NOT NULL, true, found.ord IS NOT NULL" + answerNames("made")
                + foundNames()
                + " FROM v LEFT JOIN found ON found.ord = v.ord LEFT JOIN todo ON todo.ord = v.ord"
                + " LEFT JOIN made ON made.num = todo.num"
                + " WHERE 1 / (CASE WHEN (SELECT count(*) FROM u) = (SELECT count(*) FROM todo)"
                + " THEN 1 ELSE 0 END) = 1";
    }

    private String foundNames() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < mapping.key().size(); i++) all.append(", found.f").append(i);
        return all.toString();
    }

    private String found() {
        StringBuilder keys = new StringBuilder();
        StringBuilder nulls = new StringBuilder();
        for (int i = 0; i < mapping.key().size(); i++) {
            keys.append(", ")
                    .append(mapping.key().get(i).textSql("t."))
                    .append(" AS f")
                    .append(i);
            nulls.append(", NULL::text AS f").append(i);
        }
        if (shape.natural().isEmpty()) return "SELECT 0::bigint AS ord" + nulls + " WHERE false";
        List<String> looks = new ArrayList<>();
        for (int i = 0; i < shape.natural().size(); i++) {
            looks.add("SELECT v.ord, " + i + " AS turn" + keys + " FROM v JOIN " + table.sql() + " t ON "
                    + NaturalKey.matches(table, place(shape.natural().get(i)), "t", "v.q" + i));
        }
        return "SELECT DISTINCT ON (ord) * FROM (" + String.join(" UNION ALL ", looks) + ") x ORDER BY ord, turn, f0";
    }
}
