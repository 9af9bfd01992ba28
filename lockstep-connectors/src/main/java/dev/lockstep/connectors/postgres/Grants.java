package dev.lockstep.connectors.postgres;

import dev.lockstep.core.lens.Access;
import dev.lockstep.spi.Description.Problem;
import dev.lockstep.spi.PlatformSettings;
import dev.lockstep.spi.PlatformSettings.MappedColumn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which rights on a table our role lacks, and the statements that grant them. */
final class Grants {
    private Grants() {}

    static void check(
            Connection connection,
            PlatformSettings settings,
            Table table,
            List<String> key,
            String role,
            List<Problem> problems)
            throws SQLException {
        String where = "Platform `" + settings.name() + "`: role `" + role + "` ";
        String to = " TO " + Sql.quote(role) + ";";
        if (!holds(connection, "SELECT has_schema_privilege(?, 'USAGE')", table.schema())) {
            problems.add(new Problem(
                    true,
                    where + "may not look into schema `" + table.schema() + "`.",
                    "GRANT USAGE ON SCHEMA " + Sql.quote(table.schema()) + to));
            return;
        }
        Set<String> read = new LinkedHashSet<>(key);
        Set<String> written = new LinkedHashSet<>();
        for (MappedColumn column : settings.columns()) {
            Attribute attribute = table.attribute(column.path().getFirst());
            if (attribute == null || (!column.heard() && !column.written())) continue;
            read.add(attribute.name());
            if (column.written() && !attribute.generated()) written.add(attribute.name());
        }
        if (settings.modified() != null && table.attribute(settings.modified()) != null) read.add(settings.modified());
        columns(connection, table, "SELECT", read, where + "may not read", to, true, problems);
        if (table.rowSecurity()) {
            problems.add(new Problem(
                    false,
                    where + "does not see all rows of " + table.title() + ": its row-level security hides some.",
                    "ALTER ROLE " + Sql.quote(role) + " BYPASSRLS;"));
        }
        if (settings.access() == Access.READ) return;
        columns(connection, table, "UPDATE", written, where + "may not update", to, true, problems);
        columns(connection, table, "INSERT", written, where + "may not create rows with", to, false, problems);
        if (settings.deletes()
                && !holds(connection, "SELECT has_table_privilege(?::oid, 'DELETE')", Long.toString(table.oid()))) {
            problems.add(new Problem(
                    false,
                    where + "may not delete from " + table.title() + ": what `on_delete` or `leave` asks to delete"
                            + " will stay.",
                    "GRANT DELETE ON " + table.sql() + to));
        }
        sequences(connection, table, where, to, problems);
    }

    private static void columns(
            Connection connection,
            Table table,
            String right,
            Set<String> columns,
            String sentence,
            String to,
            boolean fatal,
            List<Problem> problems)
            throws SQLException {
        List<String> missing = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT c FROM unnest(?::text[]) c WHERE NOT has_column_privilege(?::oid, c, ?)")) {
            statement.setArray(1, connection.createArrayOf("text", columns.toArray()));
            statement.setLong(2, table.oid());
            statement.setString(3, right);
            missing.addAll(Catalogue.strings(statement));
        }
        if (missing.isEmpty()) return;
        problems.add(new Problem(
                fatal,
                sentence + " " + Sql.join(missing, name -> "`" + name + "`") + " in " + table.title() + ".",
                "GRANT " + right + " (" + Sql.quoteAll(missing) + ") ON " + table.sql() + to));
    }

    /** A column filled by nextval needs a right of its own; identity columns do not. */
    private static void sequences(Connection connection, Table table, String where, String to, List<Problem> problems)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT DISTINCT s.oid::regclass::text
                FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
                WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
                  AND d.refobjid = ?::oid AND d.deptype = 'a'
                  AND CASE s.relkind WHEN 'S' THEN NOT has_sequence_privilege(s.oid, 'USAGE') ELSE false END
                """)) {
            statement.setLong(1, table.oid());
            for (String sequence : Catalogue.strings(statement)) {
                problems.add(new Problem(
                        false,
                        where + "may not draw numbers from " + sequence + ": rows cannot be created.",
                        "GRANT USAGE ON SEQUENCE " + sequence + to));
            }
        }
    }

    private static boolean holds(Connection connection, String question, String subject) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, subject);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
