package dev.lockstep.connectors.postgres;

import dev.lockstep.connectors.postgres.SurveyedTable.Found;
import dev.lockstep.connectors.postgres.Table.Index;
import dev.lockstep.spi.PlatformException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks round a database that no workspace names yet: its tables, and a sample of their rows. Reads only; values are
 * the texts that platforms of this database would show.
 */
public final class Survey implements AutoCloseable {
    private static final int TABLES_MOST = 300;
    /** Parts of columns' names that tell tables of people from the hundreds of others that a large system has. */
    private static final String PROMISING = "mail|courriel|correo|phone|tel|mobil|handy|first_?name|last_?name"
            + "|vorname|nachname|prenom|nombre|apellido|cognome|achternaam|birth|city|ville|plz|zip";

    /** Up to here a table is counted; above, the server's own estimate does. */
    private static final long COUNTED_MOST = 200_000;

    private static final int CHARACTERS_MOST = 4000;
    private static final int FETCHED = 1000;
    private static final Pattern CONSTANT =
            Pattern.compile("'((?:[^']|'')*)'(?:::.*)?|(true|false|-?[0-9.]+)(?:::.*)?", Pattern.DOTALL);

    private final String name;
    private final DatabaseUrl url;
    private final Connection connection;

    private Survey(String name, DatabaseUrl url, Connection connection) {
        this.name = name;
        this.url = url;
        this.connection = connection;
    }

    /**
     * @param name what errors call the database
     * @param url in libpq's or JDBC's form
     * @throws PlatformException when it cannot be reached
     */
    public static Survey of(String name, String url) {
        DatabaseUrl parsed = DatabaseUrl.parse(name, url);
        try (Sessions sessions = new Sessions(parsed, "lockstep_init", 1)) {
            Connection connection = sessions.openLong();
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET default_transaction_read_only TO on; SET statement_timeout TO '60s'");
            }
            connection.setAutoCommit(false);
            return new Survey(name, parsed, connection);
        } catch (SQLException e) {
            throw Failures.explain(name, parsed, e);
        }
    }

    /** The database's own name. */
    public static String databaseOf(String url) {
        return DatabaseUrl.parse("init", url).database();
    }

    /** Its tables, those of PostgreSQL itself left out: at most 300, those with names for people's data first. */
    public List<SurveyedTable> tables() {
        try {
            List<SurveyedTable> tables = new ArrayList<>();
            for (String written : tableNames()) {
                Table table = Catalogue.table(connection, Sql.nameParts(written));
                if (table != null) tables.add(surveyed(written, table));
            }
            return tables;
        } catch (SQLException e) {
            throw Failures.explain(name, url, e);
        }
    }

    private List<String> tableNames() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
                  AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
                  AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
                ORDER BY (SELECT count(*) FROM pg_attribute a
                          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attname ~* ?) DESC,
                         c.reltuples DESC, 1
                LIMIT ?
                """)) {
            statement.setString(1, PROMISING);
            statement.setInt(2, TABLES_MOST);
            return Catalogue.strings(statement);
        }
    }

    private SurveyedTable surveyed(String written, Table table) throws SQLException {
        List<String> key = table.primaryKey();
        boolean primary = !key.isEmpty();
        for (Index index : table.indexes()) {
            boolean plain = index.unique() && !index.lowered() && required(table, index.columns());
            if (key.isEmpty() && plain) key = index.columns();
        }
        Map<String, String> defaults = defaults(table.oid());
        Map<String, String> references = references(table.oid());
        List<Found> columns = new ArrayList<>();
        for (Attribute attribute : table.attributes()) {
            columns.add(new Found(
                    attribute.name(),
                    attribute.kind(),
                    attribute.typeName(),
                    constant(defaults.get(attribute.name())),
                    table.isUnique(attribute.name()),
                    attribute.generated(),
                    references.get(attribute.name())));
        }
        return new SurveyedTable(written, table.name(), key, primary, rows(table), updatable(table), columns);
    }

    /** A null tells no rows apart. */
    private static boolean required(Table table, List<String> columns) {
        return !columns.isEmpty()
                && columns.stream().map(table::attribute).allMatch(one -> one != null && one.required());
    }

    private Map<String, String> defaults(long oid) throws SQLException {
        Map<String, String> defaults = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT a.attname, pg_get_expr(d.adbin, d.adrelid)
                FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
                WHERE d.adrelid = ?::oid AND a.attgenerated = ''
                """)) {
            statement.setLong(1, oid);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) defaults.put(row.getString(1), row.getString(2));
            }
        }
        return defaults;
    }

    /** By column, the table it points at. */
    private Map<String, String> references(long oid) throws SQLException {
        Map<String, String> references = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT a.attname, quote_ident(n.nspname) || '.' || quote_ident(t.relname)
                FROM pg_constraint c
                  JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
                  JOIN pg_class t ON t.oid = c.confrelid
                  JOIN pg_namespace n ON n.oid = t.relnamespace
                WHERE c.conrelid = ?::oid AND c.contype = 'f'
                """)) {
            statement.setLong(1, oid);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) references.put(row.getString(1), row.getString(2));
            }
        }
        return references;
    }

    /** {@code 'N'::bpchar -> N}, {@code false -> false}, {@code now() ->} nothing. */
    private static @Nullable String constant(@Nullable String expression) {
        if (expression == null) return null;
        Matcher matcher = CONSTANT.matcher(expression);
        if (!matcher.matches()) return null;
        return matcher.group(1) != null ? matcher.group(1).replace("''", "'") : matcher.group(2);
    }

    private long rows(Table table) throws SQLException {
        if (table.estimate() > COUNTED_MOST) return table.estimate();
        try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM " + table.sql());
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private boolean updatable(Table table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT has_table_privilege(?::oid, 'UPDATE') OR has_any_column_privilege(?::oid, 'UPDATE')")) {
            statement.setLong(1, table.oid());
            statement.setLong(2, table.oid());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Up to {@code most} of its rows, spread over a large table; each a text or null per column. */
    public List<List<@Nullable String>> sample(SurveyedTable table, int most) {
        String from = table.name();
        if (table.rows() > 4L * most) {
            double percent = Math.min(100, 200.0 * most / table.rows());
            from += String.format(Locale.ROOT, " TABLESAMPLE SYSTEM (%.6f) REPEATABLE (1)", percent);
        }
        String columns = Sql.join(table.columns(), column -> text(column.name()));
        String sql = "SELECT " + columns + " FROM " + from + " LIMIT " + most;
        List<List<@Nullable String>> rows = new ArrayList<>();
        each(sql, row -> {
            List<@Nullable String> values = new ArrayList<>(table.columns().size());
            for (int i = 0; i < table.columns().size(); i++) values.add(row.getString(i + 1));
            rows.add(values);
        });
        return rows;
    }

    private static String text(String column) {
        return "left(" + Sql.quote(column) + "::text, " + CHARACTERS_MOST + ")";
    }

    /**
     * Every value of one column that is not null.
     *
     * @param path the column's name, and below it names inside its JSON
     */
    public void values(SurveyedTable table, List<String> path, Consumer<String> to) {
        List<String> inside = path.subList(1, path.size());
        String column =
                Sql.quote(path.getFirst()) + (inside.isEmpty() ? "::text" : "::jsonb #>> " + Sql.textArray(inside));
        each("SELECT " + column + " FROM " + table.name(), row -> {
            String value = row.getString(1);
            if (value != null) to.accept(value);
        });
    }

    /** What is done with each row. */
    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private void each(String sql, Row taking) {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCHED);
            try (ResultSet row = statement.executeQuery(sql)) {
                while (row.next()) taking.take(row);
            }
        } catch (SQLException e) {
            throw Failures.explain(name, url, e);
        }
    }

    @Override
    public void close() {
        Sessions.closeQuietly(connection);
    }
}
