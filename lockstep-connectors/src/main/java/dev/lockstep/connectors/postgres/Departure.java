package dev.lockstep.connectors.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes away what was made on a server for a platform; what others of its database use stays. */
final class Departure {
    private final Connection connection;
    private final String slot;
    private final String publication;
    private final List<String> said = new ArrayList<>();

    Departure(Connection connection, String slot, String publication) {
        this.connection = connection;
        this.slot = slot;
        this.publication = publication;
    }

    /**
     * @param table null when it is gone
     * @param shared other platforms hear of their tables by the same slot and publication
     * @param tableShared one of them is of the same table
     */
    List<String> leave(@Nullable Table table, boolean shared, boolean tableShared) throws SQLException {
        if (shared) {
            if (table != null && !tableShared) dropTable(table);
            said.add("The replication slot " + slot + " stays: other platforms of the workspace use it.");
            return said;
        }
        if (there("SELECT 1 FROM pg_replication_slots WHERE slot_name = ? AND database = current_database()", slot)) {
            try (PreparedStatement statement = connection.prepareStatement("SELECT pg_drop_replication_slot(?)")) {
                statement.setString(1, slot);
                statement.execute();
            }
            said.add("Dropped the replication slot " + slot + ".");
        }
        if (there("SELECT 1 FROM pg_publication WHERE pubname = ?", publication)) {
            execute("DROP PUBLICATION " + Sql.quote(publication));
            said.add("Dropped the publication " + publication + ".");
        }
        return said;
    }

    private void dropTable(Table table) throws SQLException {
        boolean published = there(
                "SELECT 1 FROM pg_publication_tables WHERE pubname = ? AND schemaname = ? AND tablename = ?",
                publication,
                table.schema(),
                table.name());
        if (!published) return;
        execute("ALTER PUBLICATION " + Sql.quote(publication) + " DROP TABLE " + table.sql());
        said.add("Took " + table.name() + " out of the publication " + publication + ".");
    }

    private boolean there(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) statement.setString(i + 1, parameters[i]);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
