package dev.lockstep.connectors.postgres;

import dev.lockstep.connectors.postgres.Table.Index;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the server's catalogue. */
final class Catalogue {
    private static final String TABLE = """
            SELECT c.oid, n.nspname, c.relname, c.relkind, c.relreplident, c.reltuples::bigint,
                   pg_get_userbyid(c.relowner), pg_has_role(c.relowner, 'USAGE'), row_security_active(c.oid),
                   ARRAY(SELECT a.attname::text FROM pg_index i
                           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey::int2[])
                         WHERE i.indrelid = c.oid
                           AND CASE c.relreplident WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident
                               ELSE false END)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname = ?
              AND CASE WHEN ?::text IS NULL THEN pg_table_is_visible(c.oid) ELSE n.nspname = ? END
            """;

    private static final String ATTRIBUTES = """
            WITH RECURSIVE beneath AS (
                SELECT a.attnum, a.atttypid AS typ, a.atttypmod AS typmod, a.attnotnull AS required
                FROM pg_attribute a WHERE a.attrelid = ?::oid AND a.attnum > 0 AND NOT a.attisdropped
                UNION ALL
                SELECT b.attnum, t.typbasetype, CASE WHEN b.typmod < 0 THEN t.typtypmod ELSE b.typmod END,
                       b.required OR t.typnotnull
                FROM beneath b JOIN pg_type t ON t.oid = b.typ WHERE t.typtype = 'd')
            SELECT a.attname, a.atttypid::bigint, quote_ident(n.nspname) || '.' || quote_ident(t.typname),
                   format_type(a.atttypid, a.atttypmod), bt.typname, bt.typcategory,
                   CASE WHEN bt.typname IN ('varchar', 'bpchar') AND b.typmod > 4 THEN b.typmod - 4 ELSE 0 END,
                   b.required, a.atthasdef OR a.attidentity <> '' OR t.typdefault IS NOT NULL,
                   a.attgenerated <> '' OR a.attidentity = 'a', a.attgenerated <> ''
            FROM pg_attribute a
              JOIN pg_type t ON t.oid = a.atttypid JOIN pg_namespace n ON n.oid = t.typnamespace
              JOIN beneath b ON b.attnum = a.attnum JOIN pg_type bt ON bt.oid = b.typ AND bt.typtype <> 'd'
            WHERE a.attrelid = ?::oid ORDER BY a.attnum
            """;

    private static final String INDEXES = """
            SELECT ic.relname, i.indisprimary, i.indisunique AND i.indimmediate,
                   ARRAY(SELECT a.attname::text FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(num, place)
                           JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num
                         WHERE k.place <= i.indnkeyatts ORDER BY k.place),
                   pg_get_expr(i.indexprs, i.indrelid)
            FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid
            WHERE i.indrelid = ?::oid AND i.indisvalid AND i.indpred IS NULL
            ORDER BY i.indisprimary DESC, ic.relname
            """;

    private Catalogue() {}

    /** The table of that name, or null. */
    static @Nullable Table table(Connection connection, List<String> name) throws SQLException {
        String schema = name.size() > 1 ? name.get(name.size() - 2) : null;
        try (PreparedStatement statement = connection.prepareStatement(TABLE)) {
            statement.setString(1, name.getLast());
            statement.setString(2, schema);
            statement.setString(3, schema);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) return null;
                long oid = row.getLong(1);
                return new Table(
                        oid,
                        row.getString(2),
                        row.getString(3),
                        row.getString(4).charAt(0),
                        row.getString(5).charAt(0),
                        attributes(connection, oid),
                        indexes(connection, oid),
                        texts(row.getArray(10)),
                        row.getString(7),
                        row.getBoolean(8),
                        row.getBoolean(9),
                        row.getLong(6));
            }
        }
    }

    private static List<Attribute> attributes(Connection connection, long oid) throws SQLException {
        List<Attribute> attributes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(ATTRIBUTES)) {
            statement.setLong(1, oid);
            statement.setLong(2, oid);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    attributes.add(new Attribute(
                            row.getString(1),
                            (int) row.getLong(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6).charAt(0),
                            row.getInt(7),
                            row.getBoolean(8),
                            row.getBoolean(9),
                            row.getBoolean(10),
                            row.getBoolean(11)));
                }
            }
        }
        return attributes;
    }

    private static List<Index> indexes(Connection connection, long oid) throws SQLException {
        List<Index> indexes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(INDEXES)) {
            statement.setLong(1, oid);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String expression = row.getString(5);
                    List<String> columns = texts(row.getArray(4));
                    if (expression == null) {
                        indexes.add(new Index(row.getString(1), row.getBoolean(2), row.getBoolean(3), columns, false));
                    } else if (columns.isEmpty()) {
                        addLowered(indexes, row.getString(1), row.getBoolean(3), expression);
                    }
                }
            }
        }
        return indexes;
    }

    /** {@code lower((email)::text)} and {@code lower(email)}: serves a look-up without regard to case. */
    private static void addLowered(List<Index> indexes, String name, boolean unique, String expression) {
        String inner = expression.replaceFirst("^lower\\((.*)\\)$", "$1").replaceFirst("^\\((.*)\\)::text$", "$1");
        if (inner.equals(expression)) return;
        List<String> column = Sql.nameParts(inner);
        if (column.size() == 1) indexes.add(new Index(name, false, unique, column, true));
    }

    /** Tables that somebody may have meant, as they are written in a workspace. */
    static List<String> tableNames(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT CASE WHEN n.nspname = 'public' THEN '' ELSE quote_ident(n.nspname) || '.' END
                       || quote_ident(c.relname)
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
                ORDER BY 1 LIMIT 500
                """)) {
            return strings(statement);
        }
    }

    static List<String> strings(PreparedStatement statement) throws SQLException {
        List<String> all = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) all.add(row.getString(1));
        }
        return all;
    }

    private static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
