package dev.lockstep.connectors.postgres;

import dev.lockstep.spi.Connector;
import dev.lockstep.spi.Platform;
import dev.lockstep.spi.PlatformSettings;
import dev.lockstep.spi.Spec;
import dev.lockstep.spi.Spec.Option;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** PostgreSQL tables. Platforms of one database and role share a slot, a publication and a replication session. */
public final class PostgresConnector implements Connector {
    private static final Spec SPEC = new Spec(
            "postgres",
            "Connects a table of a PostgreSQL database (14 to 18), both ways: changes are streamed as they are"
                    + " committed, and writes never overwrite what was not seen.",
            List.of(
                    new Option(
                            "url",
                            true,
                            null,
                            "Where the database is, in libpq's or JDBC's form:"
                                    + " `postgresql://USER:PASSWORD@HOST:5432/DATABASE?sslmode=require`.",
                            true),
                    new Option(
                            "table",
                            true,
                            null,
                            "The table as in SQL: `public.customers`, `\"Odd Schema\".\"Odd Name\"`.",
                            false),
                    new Option(
                            "slot",
                            false,
                            "lockstep_WORKSPACE_DATABASE_USER",
                            "The replication slot, made when missing; shared by all platforms of the database.",
                            false),
                    new Option(
                            "publication",
                            false,
                            "lockstep_WORKSPACE_USER",
                            "The publication, made when missing; shared by all platforms of the database.",
                            false)),
            """
            shop:
              type: postgres
              url: ${SHOP_URL}
              table: public.customers
              columns:
                email: email
                given_name: first_name
            """,
            List.of(
                    "The key is the primary key unless `key` names other columns with a unique index. A key of several"
                            + " columns is shown as their texts joined by `|`.",
                    "Streaming needs wal_level = logical, the replication right, and a free slot; `lockstep check`"
                            + " prints the statements for what is missing. It keeps the server's log until what it"
                            + " shows is durable here.",
                    "Without these, a table that has a `modified` column is polled: changes are seen later, and"
                            + " deletions only when the whole table is read.",
                    "Writes are conditional: a column that somebody has changed meanwhile is not overwritten. Locks are"
                            + " waited for no longer than 2 s, a statement may take 10 s.",
                    "A create looks up its natural key first; only a unique index on the table keeps somebody else from"
                            + " making the same row at the same moment.",
                    "An index on what creates are looked up by (`lower(email)`) spares the server reading the"
                            + " whole table for each batch of them; `lockstep check` names the ones that a large"
                            + " table lacks."));

    private final Map<String, Database> databases = new HashMap<>();

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public Platform open(PlatformSettings settings) {
        DatabaseUrl url = DatabaseUrl.parse(settings.name(), settings.options().get("url"));
        Names names = new Names(url);
        String slot = names.slot(settings);
        String publication = names.publication(settings);
        String identity = url + " " + slot + " " + publication;
        synchronized (databases) {
            Database database = databases.computeIfAbsent(
                    identity, any -> new Database(url, slot, publication, Names.application(settings, "read")));
            return new PostgresPlatform(settings, database, this);
        }
    }

    void left(PostgresPlatform platform) {
        synchronized (databases) {
            if (platform.database().leave(platform)) databases.values().remove(platform.database());
        }
    }

    @Override
    public void close() {
        synchronized (databases) {
            databases.values().forEach(database -> database.sessions().close());
            databases.clear();
        }
    }
}
