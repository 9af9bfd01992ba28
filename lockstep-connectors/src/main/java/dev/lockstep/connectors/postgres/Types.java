package dev.lockstep.connectors.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Whether a table's columns are still what they were when its mapping was made: asked in the same breath as rows are
 * read, so that no text of a column that has become another is taken for a value of it. A column that is gone is an
 * error of the server's own.
 */
final class Types {
    private Types() {}

    /** An expression that shows the types of the columns mapped, as {@link Mapping#types} does. */
    static String sql(Table table, Mapping mapping) {
        return "(SELECT concat_ws(','" + types(mapping) + ") FROM (SELECT 1) one LEFT JOIN (SELECT "
                + Sql.join(mapping.slots(), attribute -> Sql.quote(attribute.name())) + " FROM " + table.sql()
                + " LIMIT 0) x ON true)";
    }

    private static String types(Mapping mapping) {
        StringBuilder all = new StringBuilder();
        for (Attribute attribute : mapping.slots()) {
            all.append(", pg_typeof(x.").append(Sql.quote(attribute.name())).append(")::oid");
        }
        return all.toString();
    }

    /** In a transaction: the table keeps this shape until that ends. */
    static void hold(Connection connection, Table table, Mapping mapping) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + sql(table, mapping))) {
            row.next();
            check(row.getString(1), mapping);
        }
    }

    static void check(String types, Mapping mapping) throws SQLException {
        if (!types.equals(mapping.types())) throw new SQLException("the table's columns have just changed", "42804");
    }
}
