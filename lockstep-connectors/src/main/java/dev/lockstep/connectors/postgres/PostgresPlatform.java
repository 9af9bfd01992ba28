package dev.lockstep.connectors.postgres;

import dev.lockstep.core.lens.Access;
import dev.lockstep.core.model.Observation.Origin;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.model.Write;
import dev.lockstep.spi.Description;
import dev.lockstep.spi.Description.Problem;
import dev.lockstep.spi.Inbox;
import dev.lockstep.spi.Leaves;
import dev.lockstep.spi.Lists;
import dev.lockstep.spi.Platform;
import dev.lockstep.spi.PlatformException;
import dev.lockstep.spi.PlatformSettings;
import dev.lockstep.spi.Polls;
import dev.lockstep.spi.Reads;
import dev.lockstep.spi.Watches;
import dev.lockstep.spi.Writes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A table of a PostgreSQL database. */
final class PostgresPlatform implements Platform, Lists, Watches, Polls, Reads, Writes, Leaves {
    /** How long a full read beside a running stream waits for that to come up to it. */
    private static final long STREAM_SECONDS = 60;

    private static final int WRITE_SESSIONS = 3;

    /** Between two looks at a table that is watched but cannot be streamed. */
    private static final long POLL_MILLIS = 2000;

    private final PlatformSettings settings;
    private final Database database;
    private final PostgresConnector connector;
    private final Sessions sessions;
    private final Echoes echoes = new Echoes();
    private final Marker marker;
    private volatile @Nullable Parts parts;
    private volatile long confirmedLsn;
    private volatile @Nullable Position here;
    private final Glances glances = new Glances();
    /** A full read has shown all that was committed before this. */
    private volatile long coveredLsn;

    /** What is made when the table has been looked at; made anew when it has changed. */
    private record Parts(
            Inspection inspection, Table table, Mapping mapping, Writer writer, Reader reader, Resolver resolver) {}

    PostgresPlatform(PlatformSettings settings, Database database, PostgresConnector connector) {
        this.settings = settings;
        this.database = database;
        this.connector = connector;
        this.sessions = new Sessions(database.url(), application(), WRITE_SESSIONS);
        this.marker = new Marker(settings.workspace(), settings.number(), database.sessions(), echoes);
        database.enter(this);
    }

    private String application() {
        return Names.application(settings, "write");
    }

    Database database() {
        return database;
    }

    /** Whether the server must keep its log for this platform. */
    boolean listens() {
        return settings.access() != Access.WRITE;
    }

    long confirmedLsn() {
        return confirmedLsn;
    }

    @Override
    public Description describe() {
        return calling(() -> {
            sessions.refresh();
            return look().description();
        });
    }

    private Inspection look() throws SQLException, InterruptedException {
        Inspection found = database.sessions()
                .asking(connection -> Inspection.of(connection, settings, new Names(database.url())));
        Table table = found.table();
        Mapping mapping = found.mapping();
        if (table == null || mapping == null) {
            parts = null;
            return found;
        }
        boolean streams = found.streams();
        Reader reader = new Reader(table, mapping, sessions);
        NaturalKey naturalKey = new NaturalKey(table, mapping);
        parts = new Parts(
                found,
                table,
                mapping,
                new Writer(
                        sessions,
                        new Statements(settings.workspace(), table, mapping, naturalKey, echoes, streams),
                        new Refusals(table, mapping)),
                reader,
                new Resolver(mapping, sessions, echoes, reader, naturalKey, marker, application(), streams));
        return found;
    }

    @Override
    public List<String> leave() {
        return calling(() -> {
            Table table = look().table();
            List<PostgresPlatform> others = database.others(this);
            boolean same =
                    others.stream().anyMatch(other -> other.tableAsWritten().equals(tableAsWritten()));
            return database.sessions()
                    .asking(connection -> new Departure(connection, database.slot(), database.publication())
                            .leave(table, !others.isEmpty(), same));
        });
    }

    private String tableAsWritten() {
        return settings.options().getOrDefault("table", "");
    }

    private Parts parts() throws SQLException, InterruptedException {
        Parts known = parts;
        if (known != null) return known;
        Inspection found = look();
        Parts made = parts;
        if (made != null) return made;
        Problem worst = found.description().problems().getFirst();
        throw new PlatformException(worst.sentence(), worst.remedy(), true, null);
    }

    @Override
    public void watch(@Nullable String position, Inbox inbox) throws InterruptedException {
        working(() -> {
            parts = null;
            Parts at = parts();
            inbox.described(at.inspection().description(), false);
            if (!at.inspection().streams()) lookAgainAndAgain(position, inbox);
            Position from = Position.parseOrNull(position);
            boolean unpublished = database.publish(at.table());
            String lost = from == null
                    ? position == null ? null : "the position is none of a PostgreSQL server's"
                    : unpublished
                            ? "the table was not in publication `" + database.publication() + "`"
                            : database.lost(from);
            if (lost != null) {
                inbox.positionLost("Platform `" + settings.name() + "`: " + lost + ".");
                from = null;
            }
            if (from == null) from = firstRead(at, inbox);
            else confirmedLsn = from.lsn();
            here = from;
            follow(at, from, inbox);
        });
    }

    /** What cannot be streamed is polled; what can neither, or is never heard, is read once. */
    private void lookAgainAndAgain(@Nullable String position, Inbox inbox) throws SQLException, InterruptedException {
        String from = position;
        while (true) {
            from = look(from, inbox);
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** One look; answers where the next begins. */
    private String look(@Nullable String position, Inbox inbox) throws SQLException, InterruptedException {
        parts = null;
        Parts at = parts();
        inbox.described(at.inspection().description(), false);
        long now = database.sessions().asking(Poller::serverMicros);
        long since = Poller.micros(position);
        if (since == Stamp.UNDATED) {
            list(inbox);
        } else if (at.mapping().hasModified()) {
            try (Connection connection = database.sessions().openLong()) {
                new Poller(at.table(), at.mapping()).changedSince(connection, since, inbox);
            }
        }
        String next = Poller.position(now);
        inbox.progress(now);
        inbox.position(next);
        return next;
    }

    private Position firstRead(Parts at, Inbox inbox) throws SQLException, InterruptedException {
        confirmedLsn = 0;
        try (Database.Snapshot snapshot = database.snapshot();
                Connection connection = database.sessions().openLong()) {
            echoes.gap();
            long began = Clock.micros();
            inbox.expects(at.table().estimate());
            inbox.listBegins(began);
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION SNAPSHOT " + Sql.text(snapshot.name()));
            }
            // What the stream shows has a greater version, also of a commit that begins at this very place.
            long version = snapshot.at().lsn() - 1;
            FullRead.read(connection, at.table(), at.mapping(), version, began, inbox);
            connection.rollback();
            inbox.listEnds();
            inbox.position(snapshot.at().toString());
            coveredLsn = snapshot.at().lsn();
            return snapshot.at();
        }
    }

    private void follow(Parts at, Position from, Inbox inbox) throws SQLException, InterruptedException {
        Feed feed = new Feed(settings.workspace(), at.mapping(), at.table(), inbox, echoes, from.lsn(), lsn -> {
            // What a full read has shown since is not missed.
            if (lsn - coveredLsn >= 0) glances.missed();
        });
        Thread looking = Thread.ofVirtual().name("look-at-" + settings.name()).start(() -> keepLooking(feed, inbox));
        echoes.begins();
        try {
            database.stream().run(feed, from);
        } finally {
            looking.interrupt();
            echoes.ends();
        }
    }

    /** The stream does not tell what happens to a table as a whole, nor that a lost column is back. */
    private void keepLooking(Feed feed, Inbox inbox) {
        try {
            while (true) {
                boolean missed = glances.await();
                try {
                    Inspection found = look();
                    Table table = found.table();
                    boolean another = table != null && table.oid() != feed.table();
                    inbox.retains(found.server().slotBytes());
                    feed.inTurn(() -> inbox.described(found.description(), missed || another));
                } catch (SQLException e) {
                    // The stream has ended too then, and says so.
                    if (missed) glances.missed();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void confirm(String position) {
        Position durable = Position.parseOrNull(position);
        if (durable != null && durable.lsn() - confirmedLsn > 0) confirmedLsn = durable.lsn();
    }

    @Override
    public String now() {
        return calling(() -> {
            Parts at = parts();
            if (!at.inspection().streams()) {
                return Poller.position(sessions.asking(Poller::serverMicros));
            }
            Position known = here;
            if (known == null) {
                try (Connection replication = database.sessions().openReplication()) {
                    known = Server.identify(replication);
                }
            }
            return known.at(marker.write()).toString();
        });
    }

    @Override
    public boolean reached(String position, String target) {
        Position at = Position.parseOrNull(position);
        Position to = Position.parseOrNull(target);
        if (at == null || to == null) return Poller.micros(position) >= Poller.micros(target);
        return at.system().equals(to.system()) && at.lsn() - to.lsn() >= 0;
    }

    @Override
    public void list(Inbox inbox) throws InterruptedException {
        working(() -> {
            parts = null;
            Parts at = parts();
            inbox.described(at.inspection().description(), false);
            try (Connection connection = database.sessions().openLong()) {
                long began = Clock.micros();
                long covered = Server.logEnd(connection);
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                Snapshot snapshot;
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("SELECT pg_current_snapshot()::text")) {
                    row.next();
                    snapshot = Snapshot.parse(row.getString(1));
                }
                long version = echoes.running() ? versionOf(snapshot) : 0;
                inbox.expects(at.table().estimate());
                inbox.listBegins(began);
                FullRead.read(connection, at.table(), at.mapping(), version, began, inbox);
                connection.rollback();
                inbox.listEnds();
                coveredLsn = covered;
            }
        });
    }

    /** Waits until the stream has shown all that this snapshot saw. */
    private long versionOf(Snapshot snapshot) throws SQLException, InterruptedException {
        BlockingQueue<Long> answer = new ArrayBlockingQueue<>(1);
        String mark = marker.write(lsn -> answer.add(database.stream().versionOf(snapshot, lsn)));
        try {
            Long version = answer.poll(STREAM_SECONDS, TimeUnit.SECONDS);
            if (version != null) return version;
        } finally {
            echoes.forget(mark);
        }
        throw new PlatformException(
                "Platform `" + settings.name() + "`: its stream of changes is more than " + STREAM_SECONDS
                        + " s behind, so the table cannot be compared now.",
                "Try again when it has caught up.",
                false,
                null);
    }

    @Override
    public void read(List<String> keys, Inbox inbox) throws InterruptedException {
        working(() -> {
            Parts at = parts();
            long began = Clock.micros();
            for (Reader.Found found : at.reader().rows(keys)) {
                if (!at.inspection().streams()) {
                    put(at, found, 0, began, inbox);
                    continue;
                }
                // In the order of the stream: what it shows before its mark, the read has seen or is older than.
                marker.write(lsn -> put(at, found, database.stream().versionOf(found.snapshot(), lsn), began, inbox));
            }
        });
    }

    private static void put(Parts at, Reader.Found found, long version, long began, Inbox inbox)
            throws InterruptedException {
        Reader reader = at.reader();
        inbox.described(at.inspection().description(), false);
        for (var row : found.rows().entrySet()) {
            inbox.observe(reader.observation(row.getKey(), row.getValue(), version, began, Origin.READ));
        }
    }

    @Override
    public void poll(@Nullable String position, Inbox inbox) throws InterruptedException {
        working(() -> look(parts().mapping().hasModified() ? position : null, inbox));
    }

    @Override
    public List<Receipt> write(List<Write> writes) throws InterruptedException {
        Parts at = calling(this::parts);
        List<Receipt> receipts = at.writer().write(writes);
        // The table may have changed its shape: look at it before the next write.
        if (at.writer().tableMayHaveChanged()) {
            parts = null;
            glances.soon();
        }
        return receipts;
    }

    @Override
    public List<Receipt> resolve(List<Write> writes) throws InterruptedException {
        Parts at = calling(this::parts);
        return at.resolver().resolve(writes);
    }

    @Override
    public void close() {
        sessions.close();
        connector.left(this);
    }

    /** Something that asks the server. */
    private interface Asking<T> {
        T ask() throws SQLException, InterruptedException;
    }

    private interface Working {
        void work() throws SQLException, InterruptedException;
    }

    private void working(Working work) throws InterruptedException {
        try {
            work.work();
        } catch (SQLException e) {
            if (Thread.currentThread().isInterrupted()) throw new InterruptedException();
            if (Failures.tableHasChanged(e)) parts = null;
            throw Failures.explain(settings.name(), database.url(), e);
        }
    }

    private <T> T calling(Asking<T> asking) {
        try {
            return asking.ask();
        } catch (SQLException e) {
            throw Failures.explain(settings.name(), database.url(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted.", "", false, e);
        }
    }
}
