package dev.lockstep.connectors.postgres;

import dev.lockstep.core.lens.Access;
import dev.lockstep.core.lens.ColumnKind;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.spi.Capabilities;
import dev.lockstep.spi.Description;
import dev.lockstep.spi.Description.FoundColumn;
import dev.lockstep.spi.Description.Problem;
import dev.lockstep.spi.PlatformSettings;
import dev.lockstep.spi.PlatformSettings.MappedColumn;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a platform was found to be, and all that stands in its way, each with the statement that mends it.
 *
 * @param table null when there is none of that name
 * @param mapping null when there is no table, or no key
 * @param streams its changes come by the replication stream
 */
record Inspection(
        Server server, @Nullable Table table, @Nullable Mapping mapping, boolean streams, Description description) {
    /** A server that keeps its clock by NTP is no further off than this; commit times come from its clock. */
    private static final long CLOCK_BOUND_MICROS = 1_000_000;

    private static final int BATCH = 1000;
    private static final int WRITERS = 2;

    /** Rows from which on reading a whole table takes tens of milliseconds. */
    private static final long LARGE = 50_000;

    static Inspection of(Connection connection, PlatformSettings settings, Names names) throws SQLException {
        return new Looking(connection, settings, names).look();
    }

    /** One look at a platform: collects the problems on its way. */
    private static final class Looking {
        private final Connection connection;
        private final PlatformSettings settings;
        private final Names names;
        private final List<Problem> problems = new ArrayList<>();
        private final String where;

        Looking(Connection connection, PlatformSettings settings, Names names) {
            this.connection = connection;
            this.settings = settings;
            this.names = names;
            this.where = "Platform `" + settings.name() + "`: ";
        }

        Inspection look() throws SQLException {
            Server server = Server.look(connection, names.slot(settings));
            Table table = table();
            if (table == null) return result(server, null, null, false);
            List<String> key = key(table);
            Mapping mapping = key.isEmpty() ? null : new Mapping(settings, table, key);
            columns(table);
            if (mapping != null) lookUps(table, mapping);
            boolean polls = polls(table);
            Grants.check(connection, settings, table, key, server.role(), problems);
            boolean heard = settings.access() != Access.WRITE;
            boolean streams = mapping != null
                    && heard
                    && new Streamable(connection, settings, server, table, key, names).streams(problems, polls);
            return result(server, table, mapping, streams);
        }

        private @Nullable Table table() throws SQLException {
            String written = settings.options().getOrDefault("table", "");
            if (written.isBlank()) {
                fatal("it has no `table`.", "table: SCHEMA.TABLE");
                return null;
            }
            Table table = Catalogue.table(connection, Sql.nameParts(written));
            if (table == null) {
                List<String> there = Catalogue.tableNames(connection);
                fatal(
                        "there is no table `" + written + "` in database `" + connection.getCatalog() + "`. "
                                + Nearest.hint(written, there),
                        "Correct `table`; names with capitals or odd signs are written in double quotes.");
            }
            return table;
        }

        private List<String> key(Table table) {
            List<String> key = settings.key();
            if (key.isEmpty()) {
                key = table.primaryKey();
                if (key.isEmpty()) {
                    fatal(
                            "table " + table.title() + " has no primary key, and the platform names no `key`.",
                            "ALTER TABLE " + table.sql() + " ADD PRIMARY KEY (…); or name columns that tell rows"
                                    + " apart as the platform's `key`.");
                }
                return key;
            }
            for (String column : key) {
                if (table.attribute(column) == null) {
                    fatal(
                            "its key `" + column + "` is no column of " + table.title() + ". "
                                    + Nearest.hint(column, table.columnNames()),
                            "Correct `key`.");
                    return List.of();
                }
            }
            if (table.uniqueOver(key) == null && (table.kind() == 'r' || table.kind() == 'p')) {
                fatal(
                        "nothing keeps its key (" + String.join(", ", key) + ") unique in " + table.title() + ".",
                        "CREATE UNIQUE INDEX ON " + table.sql() + " (" + Sql.quoteAll(key) + ");");
            }
            return key;
        }

        private void columns(Table table) {
            for (MappedColumn column : settings.columns()) {
                if (!column.heard() && !column.written()) continue;
                String name = column.path().getFirst();
                Attribute attribute = table.attribute(name);
                if (attribute == null) {
                    fatal(
                            column,
                            "table " + table.title() + " has no column `" + name + "`. "
                                    + Nearest.hint(name, table.columnNames()),
                            "Correct the name under `columns`, or add the column: ALTER TABLE " + table.sql()
                                    + " ADD COLUMN " + Sql.quote(name) + " text;");
                } else if (column.path().size() > 1 && !attribute.isJson()) {
                    fatal(
                            column,
                            "column `" + name + "` of " + table.title() + " is of type " + attribute.typeName()
                                    + ", so `" + String.join(".", column.path()) + "` leads nowhere.",
                            "Map the column itself; a dot that belongs to a name is written `\\.`.");
                } else if (attribute.stored() && column.heard()) {
                    limit("column `" + name + "` is computed by the server, and its changes show only when the whole"
                            + " table is read.");
                }
            }
        }

        /** Each batch of creates reads the whole of a table that cannot be asked for their natural keys. */
        private void lookUps(Table table, Mapping mapping) {
            if (table.estimate() < LARGE || mapping.keyIsWritten(settings.columns())) return;
            for (MappedColumn column : settings.columns()) {
                Attribute attribute = table.attribute(column.path().getFirst());
                // Whether an index is on just this path into a document is more than the catalogue tells.
                if (!column.sought() || attribute == null || column.path().size() > 1) continue;
                String remedy = NaturalKey.missingIndex(table, attribute);
                if (remedy == null) continue;
                String sentence = "column `" + attribute.name() + "` of " + table.title()
                        + " has no index, so every look for a record before one is made reads the whole table.";
                problems.add(new Problem(false, where + sentence, remedy));
            }
        }

        private boolean polls(Table table) {
            if (settings.modified() == null) return false;
            Attribute modified = table.attribute(settings.modified());
            if (modified == null) {
                fatal(
                        "its `modified` column `" + settings.modified() + "` is no column of " + table.title() + ". "
                                + Nearest.hint(settings.modified(), table.columnNames()),
                        "Correct `modified`, or leave it out.");
                return false;
            }
            ColumnKind kind = modified.kind();
            boolean time = kind == ColumnKind.TIMESTAMP || kind == ColumnKind.TIMESTAMPTZ || kind == ColumnKind.DATE;
            if (!time) {
                fatal(
                        "its `modified` column `" + modified.name() + "` is of type " + modified.typeName()
                                + ", not a time.",
                        "Name a column of type timestamptz, timestamp or date.");
            }
            return time;
        }

        private Inspection result(Server server, @Nullable Table table, @Nullable Mapping mapping, boolean streams) {
            problems.sort(Comparator.comparing((Problem problem) -> !problem.fatal()));
            boolean polls = !streams && mapping != null && mapping.hasModified();
            boolean reads = mapping != null;
            boolean writes = reads && settings.access() != Access.READ && !server.standby();
            Capabilities capabilities = new Capabilities(
                    streams, polls, reads, writes, streams, true, streams, BATCH, WRITERS, CLOCK_BOUND_MICROS);
            Description description = new Description(
                    capabilities,
                    found(table, mapping),
                    table == null ? -1 : table.estimate(),
                    "PostgreSQL " + server.version(),
                    List.copyOf(problems));
            return new Inspection(server, table, mapping, streams, description);
        }

        private List<@Nullable FoundColumn> found(@Nullable Table table, @Nullable Mapping mapping) {
            int width = settings.columns().stream()
                            .mapToInt(MappedColumn::number)
                            .max()
                            .orElse(-1)
                    + 1;
            List<@Nullable FoundColumn> found = new ArrayList<>();
            for (int i = 0; i < width; i++) found.add(null);
            if (table == null) return found;
            for (MappedColumn column : settings.columns()) {
                Attribute attribute = table.attribute(column.path().getFirst());
                if (attribute == null) continue;
                boolean whole = column.path().size() == 1;
                found.set(
                        column.number(),
                        new FoundColumn(
                                whole ? attribute.kind() : inside(column.type()),
                                whole && mapping != null && mapping.isKey(attribute),
                                whole && table.isUnique(attribute.name()),
                                whole && attribute.required(),
                                attribute.generated(),
                                whole && attribute.hasDefault(),
                                whole ? attribute.maxLength() : 0,
                                attribute.typeName()));
            }
            return found;
        }

        /** Inside a document scalars travel as plain text, and only lists and documents as JSON. */
        private static ColumnKind inside(@Nullable FieldType type) {
            return type == FieldType.SET || type == FieldType.JSON ? ColumnKind.JSON : ColumnKind.TEXT;
        }

        private void fatal(String sentence, String remedy) {
            problems.add(new Problem(true, where + sentence.strip(), remedy));
        }

        /** The other columns can be worked with. */
        private void fatal(MappedColumn column, String sentence, String remedy) {
            problems.add(new Problem(column.number(), true, where + sentence.strip(), remedy));
        }

        private void limit(String sentence) {
            problems.add(new Problem(false, where + sentence, ""));
        }
    }
}
