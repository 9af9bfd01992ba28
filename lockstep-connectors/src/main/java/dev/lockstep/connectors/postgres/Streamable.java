package dev.lockstep.connectors.postgres;

import dev.lockstep.spi.Description.Problem;
import dev.lockstep.spi.PlatformSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a table's changes can be streamed, and what keeps them from it. */
final class Streamable {
    private static final int OLDEST = 140000;

    private final Connection connection;
    private final PlatformSettings settings;
    private final Server server;
    private final Table table;
    private final List<String> key;
    private final String slot;
    private final String publication;

    Streamable(
            Connection connection,
            PlatformSettings settings,
            Server server,
            Table table,
            List<String> key,
            Names names) {
        this.connection = connection;
        this.settings = settings;
        this.server = server;
        this.table = table;
        this.key = key;
        this.slot = names.slot(settings);
        this.publication = names.publication(settings);
    }

    private record Obstacle(String sentence, String remedy) {}

    /**
     * Whether nothing is in the way. What is, is added to the problems: a limit when the table can be polled instead,
     * else fatal.
     */
    boolean streams(List<Problem> problems, boolean polls) throws SQLException {
        List<Obstacle> obstacles = find();
        if (obstacles.isEmpty()) return true;
        String instead = polls
                ? " So it is polled by `" + settings.modified() + "`: changes are seen later, deletions and"
                        + " changes that leave that column alone only when the whole table is read."
                : " It has no `modified` column to poll by instead.";
        problems.add(new Problem(
                !polls,
                "Platform `" + settings.name() + "`: its changes cannot be streamed, for "
                        + obstacles.stream().map(Obstacle::sentence).collect(Collectors.joining("; and ")) + "."
                        + instead,
                obstacles.stream().map(Obstacle::remedy).collect(Collectors.joining("\n"))));
        return false;
    }

    /** All that is in the way: whoever mends it wants to ask the database's owner once. */
    private List<Obstacle> find() throws SQLException {
        if (server.number() < OLDEST) {
            return List.of(
                    new Obstacle("PostgreSQL " + server.version() + " is older than 14", "Upgrade to PostgreSQL 14."));
        }
        if (table.kind() != 'r' && table.kind() != 'p') {
            return List.of(new Obstacle(table.title() + " is not a table", "Name the table itself."));
        }
        if (server.standby()) {
            return List.of(new Obstacle("the server is a standby", "Name the primary in `url`."));
        }
        List<Obstacle> found = new ArrayList<>();
        if (!server.walLevel().equals("logical")) {
            found.add(new Obstacle(
                    "the server's wal_level is `" + server.walLevel() + "`",
                    "ALTER SYSTEM SET wal_level = 'logical'; then restart PostgreSQL"));
        }
        if (!server.mayReplicate()) {
            found.add(new Obstacle(
                    "role `" + server.role() + "` lacks the replication right",
                    "ALTER ROLE " + Sql.quote(server.role()) + " REPLICATION; (on Amazon RDS: GRANT rds_replication TO "
                            + Sql.quote(server.role()) + ";)"));
        }
        if (!server.slotExists() && server.slotsUsed() >= server.slotsMax()) {
            found.add(new Obstacle(
                    "the server has no free replication slot (" + server.slotsUsed() + " of " + server.slotsMax()
                            + " are in use)",
                    "SELECT pg_drop_replication_slot('…'); for one that is not needed, or ALTER SYSTEM SET"
                            + " max_replication_slots = " + (server.slotsMax() + 4) + "; then restart PostgreSQL"));
        }
        Obstacle identity = identity();
        if (identity != null) found.add(identity);
        Obstacle publication = publication();
        if (publication != null) found.add(publication);
        return found;
    }

    /**
     * Updates and deletions must show the key. Where they cannot, publishing the table would even make the
     * application's own updates fail.
     */
    private @Nullable Obstacle identity() {
        if (table.identity() == 'f' || (!key.isEmpty() && table.identityKey().containsAll(key))) return null;
        Table.Index unique = table.uniqueOver(key);
        boolean primary = unique != null && unique.primary();
        boolean required = key.stream().allMatch(name -> {
            Attribute attribute = table.attribute(name);
            return attribute != null && attribute.required();
        });
        String how =
                primary ? "DEFAULT" : unique != null && required ? "USING INDEX " + Sql.quote(unique.name()) : "FULL";
        return new Obstacle(
                "changes of " + table.title() + " do not show its key (" + String.join(", ", key) + ")",
                "ALTER TABLE " + table.sql() + " REPLICA IDENTITY " + how + ";");
    }

    private @Nullable Obstacle publication() throws SQLException {
        String create = "CREATE PUBLICATION " + Sql.quote(publication) + " FOR TABLE " + table.sql()
                + " WITH (publish_via_partition_root = true);";
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT pg_has_role(p.pubowner, 'USAGE'), p.pubinsert AND p.pubupdate AND p.pubdelete AND p.pubtruncate,
                       EXISTS (SELECT 1 FROM pg_publication_tables t
                               WHERE t.pubname = p.pubname AND t.schemaname = ? AND t.tablename = ?)
                FROM pg_publication p WHERE p.pubname = ?
                """)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.name());
            statement.setString(3, publication);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) return table.owned() && server.mayCreateInDatabase() ? null : notMade(create);
                if (!row.getBoolean(2)) {
                    return new Obstacle(
                            "publication `" + publication + "` does not publish every kind of change",
                            "ALTER PUBLICATION " + Sql.quote(publication)
                                    + " SET (publish = 'insert, update, delete, truncate');");
                }
                if (row.getBoolean(3) || (row.getBoolean(1) && table.owned())) return null;
                return new Obstacle(
                        "table " + table.title() + " is not in publication `" + publication + "`, and role `"
                                + server.role() + "` may not add it",
                        "As the owner `" + table.owner() + "`: ALTER PUBLICATION " + Sql.quote(publication)
                                + " ADD TABLE " + table.sql() + ";");
            }
        }
    }

    private Obstacle notMade(String create) {
        if (table.owned()) {
            return new Obstacle(
                    "role `" + server.role() + "` may not make a publication in database `" + server.database() + "`",
                    "GRANT CREATE ON DATABASE " + Sql.quote(server.database()) + " TO " + Sql.quote(server.role())
                            + ";");
        }
        return new Obstacle(
                "there is no publication `" + publication + "`, and only the owner of " + table.title()
                        + " can make it",
                "As the owner `" + table.owner() + "`: " + create);
    }
}
