package dev.lockstep.connectors.postgres;

import dev.lockstep.spi.PlatformException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database that one or more platforms live in: they share its slot, its publication and one stream of changes. */
final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final AtomicLong SNAPSHOTS = new AtomicLong();

    private final DatabaseUrl url;
    private final String slot;
    private final String publication;
    private final Sessions sessions;
    private final ChangeStream stream;
    private final ReentrantLock making = new ReentrantLock();
    private final List<PostgresPlatform> platforms = new CopyOnWriteArrayList<>();

    Database(DatabaseUrl url, String slot, String publication, String applicationName) {
        this.url = url;
        this.slot = slot;
        this.publication = publication;
        this.sessions = new Sessions(url, applicationName, 2);
        this.stream = new ChangeStream(this);
    }

    DatabaseUrl url() {
        return url;
    }

    String slot() {
        return slot;
    }

    String publication() {
        return publication;
    }

    Sessions sessions() {
        return sessions;
    }

    ChangeStream stream() {
        return stream;
    }

    void enter(PostgresPlatform platform) {
        platforms.add(platform);
    }

    /** Who else lives here. */
    List<PostgresPlatform> others(PostgresPlatform but) {
        return platforms.stream().filter(one -> one != but).toList();
    }

    /** @return whether nobody is left */
    boolean leave(PostgresPlatform platform) {
        platforms.remove(platform);
        if (!platforms.isEmpty()) return false;
        sessions.close();
        return true;
    }

    /**
     * What the server need not keep any more: the least position that its platforms hold durably; 0 while one of them
     * has not said.
     */
    long confirmedLsn() {
        long least = Long.MAX_VALUE;
        for (PostgresPlatform platform : platforms) {
            if (platform.listens()) least = Math.min(least, platform.confirmedLsn());
        }
        return least == Long.MAX_VALUE ? 0 : least;
    }

    /** The slot as the server shows it. */
    private record SlotState(boolean ours, boolean usable, String why, long confirmedLsn, boolean survivesFailover) {}

    private Optional<SlotState> slotState(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT to_jsonb(s) ->> 'plugin', database = current_database(), wal_status,"
                        + " to_jsonb(s) ->> 'invalidation_reason', confirmed_flush_lsn::text,"
                        + " COALESCE((to_jsonb(s) ->> 'synced')::bool, false)"
                        + " OR COALESCE((to_jsonb(s) ->> 'failover')::bool, false)"
                        + " FROM pg_replication_slots s WHERE slot_name = ?")) {
            statement.setString(1, slot);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) return Optional.empty();
                boolean ours = "pgoutput".equals(row.getString(1)) && row.getBoolean(2);
                String invalid = row.getString(4);
                boolean usable = !"lost".equals(row.getString(3)) && invalid == null && row.getString(5) != null;
                return Optional.of(new SlotState(
                        ours,
                        usable,
                        invalid == null ? "its log was removed" : invalid,
                        row.getString(5) == null ? 0 : Position.lsn(row.getString(5)),
                        row.getBoolean(6)));
            }
        }
    }

    /** Why the stream cannot go on from there; null when it can. */
    @Nullable
    String lost(Position position) throws SQLException, InterruptedException {
        SlotState state = sessions.asking(this::slotState).orElse(null);
        if (state == null) return "the replication slot `" + slot + "` is gone";
        if (!state.ours()) throw taken();
        if (!state.usable()) return "the server has given up the replication slot `" + slot + "`: " + state.why();
        if (state.confirmedLsn() - position.lsn() > 0) {
            return "the replication slot `" + slot + "` has moved past what is known here";
        }
        Position here;
        try (Connection replication = sessions.openReplication()) {
            here = Server.identify(replication);
        }
        if (!here.system().equals(position.system())) return "the server is another than before";
        if (here.timeline() != position.timeline() && !state.survivesFailover()) {
            return "the server was restored or failed over (time-line " + position.timeline() + " became "
                    + here.timeline() + ")";
        }
        if (position.lsn() - here.lsn() > 0) return "the server's log ends before what is known here";
        return null;
    }

    private PlatformException taken() {
        return new PlatformException(
                "The replication slot `" + slot + "` at " + url.hosts() + " belongs to something else.",
                "Give the platform another name for it: slot: NAME",
                true,
                null);
    }

    /** Makes the publication, or adds the table to it, where that is missing; answers whether it was. */
    boolean publish(Table table) throws SQLException, InterruptedException {
        making.lockInterruptibly();
        try {
            return sessions.asking(connection -> publish(connection, table));
        } finally {
            making.unlock();
        }
    }

    private boolean publish(Connection connection, Table table) throws SQLException {
        boolean there;
        boolean has;
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT EXISTS (SELECT 1 FROM pg_publication WHERE pubname = ?),"
                        + " EXISTS (SELECT 1 FROM pg_publication_tables"
                        + " WHERE pubname = ? AND schemaname = ? AND tablename = ?)")) {
            statement.setString(1, publication);
            statement.setString(2, publication);
            statement.setString(3, table.schema());
            statement.setString(4, table.name());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                there = row.getBoolean(1);
                has = row.getBoolean(2);
            }
        }
        if (has) return false;
        String name = Sql.quote(publication);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    there
                            ? "ALTER PUBLICATION " + name + " ADD TABLE " + table.sql()
                            : "CREATE PUBLICATION " + name + " FOR TABLE " + table.sql()
                                    + " WITH (publish_via_partition_root = true)");
            return true;
        }
    }

    /**
     * A point in the server's log, and a snapshot that holds exactly what was committed before it; valid until closed.
     */
    record Snapshot(Connection holder, Position at, String name) implements AutoCloseable {
        @Override
        public void close() {
            Sessions.closeQuietly(holder);
        }
    }

    /**
     * A snapshot to read everything by, such that the slot's stream shows all that is committed after it. Makes the
     * slot where there is none. Waits for the transactions that run.
     */
    Snapshot snapshot() throws SQLException, InterruptedException {
        making.lockInterruptibly();
        Connection replication = sessions.openReplication();
        boolean done = false;
        try {
            Position here = Server.identify(replication);
            SlotState state = sessions.asking(this::slotState).orElse(null);
            if (state != null && !state.ours()) throw taken();
            if (state != null && !state.usable()) {
                drop();
                state = null;
            }
            Snapshot snapshot = state == null ? create(replication, here, false) : temporary(replication, here);
            done = true;
            return snapshot;
        } finally {
            making.unlock();
            if (!done) Sessions.closeQuietly(replication);
        }
    }

    private Snapshot temporary(Connection replication, Position here) throws SQLException, InterruptedException {
        try {
            return create(replication, here, true);
        } catch (SQLException e) {
            if (!Failures.state(e).equals("53400")) throw e;
            // No second slot is free. Making ours anew gives a snapshot too; platforms that used it read anew.
            drop();
            return create(replication, here, false);
        }
    }

    private Snapshot create(Connection replication, Position here, boolean temporary) throws SQLException {
        String name = temporary
                ? Sql.madeName(
                        slot,
                        "read",
                        Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX),
                        Long.toString(SNAPSHOTS.incrementAndGet()))
                : slot;
        Thread watcher = Thread.ofVirtual().start(this::tellWhenSlow);
        try (Statement statement = replication.createStatement();
                ResultSet row = statement.executeQuery("CREATE_REPLICATION_SLOT " + Sql.quote(name)
                        + (temporary ? " TEMPORARY" : "") + " LOGICAL pgoutput EXPORT_SNAPSHOT")) {
            row.next();
            return new Snapshot(replication, here.at(Position.lsn(row.getString(2))), row.getString(3));
        } finally {
            watcher.interrupt();
        }
    }

    /** A slot is ready only when every transaction that ran at its making is over. */
    private void tellWhenSlow() {
        try {
            Thread.sleep(5000);
            String open = sessions.asking(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT pid || ' (' || COALESCE(application_name, '') || ', since ' || xact_start || ')'"
                                + " FROM pg_stat_activity WHERE backend_xid IS NOT NULL ORDER BY xact_start LIMIT 5")) {
                    return String.join(", ", Catalogue.strings(statement));
                }
            });
            LOG.warn("The first read of {} waits for transactions that are still open there: {}.", url, open);
        } catch (InterruptedException e) {
            // Not slow.
        } catch (SQLException e) {
            LOG.warn("The first read of {} waits for transactions that are still open there.", url);
        }
    }

    private void drop() throws SQLException, InterruptedException {
        sessions.asking(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT pg_drop_replication_slot(?)")) {
                statement.setString(1, slot);
                statement.execute();
            }
            return true;
        });
    }
}
