package dev.lockstep.connectors.postgres;

import dev.lockstep.connectors.postgres.PgOutput.Relation;
import dev.lockstep.connectors.postgres.PgOutput.Tuple;
import dev.lockstep.core.model.Stamp;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session of a database's stream: rows go to the feeds one by one as they arrive, so that a transaction of any size
 * needs no memory of its own.
 */
final class StreamSession implements PgOutput.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(StreamSession.class);
    private static final long PUT_NANOS = 50_000_000L;
    private static final long PUT_ALL_NANOS = 1_000_000_000L;

    private final Database database;
    private final Position from;
    private final List<Feed> feeds;
    private final RecentCommits recent;
    private final Map<Integer, Relation> relations = new HashMap<>();
    private final Map<Integer, List<Route>> routes = new HashMap<>();
    private List<Feed> served = List.of();
    private Feed.@Nullable Transaction at;
    private long passedLsn;
    private long commitMicros = Stamp.UNDATED;
    private long putNanos;
    private long putAllNanos;

    /** @param feeds those to serve; more may come and go meanwhile */
    StreamSession(Database database, Position from, List<Feed> feeds, RecentCommits recent) {
        this.database = database;
        this.from = from;
        this.feeds = feeds;
        this.recent = recent;
    }

    /** Where a table's rows go: for each slot of the feed the number of the column in the stream's row, or -1. */
    private record Route(Feed feed, int[] columnOfSlot) {}

    /** Returns when a feed came that needs older changes. */
    void read() throws SQLException, InterruptedException {
        served = List.copyOf(feeds);
        passedLsn = served.stream().mapToLong(Feed::shownLsn).min().orElseThrow();
        try (PatientSockets.Patience patience = new PatientSockets.Patience();
                Connection connection = database.sessions().openReplication(patience)) {
            Position here = Server.identify(connection);
            if (!here.system().equals(from.system()) || here.timeline() != from.timeline()) {
                throw new SQLException("the server is on another time-line than before", "08006");
            }
            try (ReplicationSession session = ReplicationSession.start(database, connection, patience, passedLsn)) {
                follow(session);
            }
        }
    }

    private void follow(ReplicationSession session) throws SQLException, InterruptedException {
        putNanos = putAllNanos = System.nanoTime();
        while (at != null || adopted()) {
            if (Thread.interrupted()) throw new InterruptedException();
            ByteBuffer message = session.pending();
            if (message == null) {
                if (at == null) putPositions();
                message = session.await();
            }
            if (message == null) idle(session);
            else PgOutput.read(message, this);
            if (at == null && System.nanoTime() - putNanos > PUT_NANOS) putPositions();
            confirm(session);
        }
    }

    /** Takes in feeds that have come; false when one of them needs changes that this session has passed. */
    private boolean adopted() {
        if (served.equals(feeds)) return true;
        List<Feed> now = List.copyOf(feeds);
        for (Feed feed : now) {
            if (!served.contains(feed) && feed.shownLsn() - passedLsn < 0) return false;
        }
        served = now;
        routes.clear();
        return true;
    }

    /** Nothing came for a while: the server's log has gone on without anything for us. */
    private void idle(ReplicationSession session) throws InterruptedException {
        if (at != null) return;
        if (session.receivedLsn() - passedLsn > 0) {
            passedLsn = session.receivedLsn();
            for (Feed feed : served) feed.committed(passedLsn);
        }
        commitMicros = Clock.micros();
    }

    private void putPositions() throws InterruptedException {
        long now = System.nanoTime();
        boolean all = now - putAllNanos > PUT_ALL_NANOS;
        for (Feed feed : served) {
            if (all || feed.touched()) feed.putPosition(from, commitMicros);
        }
        putNanos = now;
        if (all) putAllNanos = now;
    }

    private void confirm(ReplicationSession session) {
        long confirmed = database.confirmedLsn();
        if (confirmed != 0) session.confirm(confirmed);
    }

    @Override
    public void begin(long lsn, long micros, int xid) {
        at = new Feed.Transaction(lsn, micros, xid);
        recent.add(xid, lsn);
    }

    @Override
    public void commit(long lsn, long endLsn, long micros) {
        at = null;
        if (endLsn - passedLsn > 0) passedLsn = endLsn;
        commitMicros = micros;
        for (Feed feed : served) feed.committed(endLsn);
    }

    @Override
    public void relation(Relation relation) {
        Relation before = relations.put(relation.oid(), relation);
        routes.remove(relation.oid());
        if (before != null) {
            LOG.debug("Table {}.{} is described anew.", relation.schema(), relation.name());
        }
    }

    private List<Route> routes(int relation) {
        List<Route> known = routes.get(relation);
        if (known != null) return known;
        List<Route> made = new ArrayList<>();
        Relation shape = relations.get(relation);
        for (Feed feed : served) {
            if (shape != null && feed.isAbout(shape)) made.add(new Route(feed, feed.columns(shape)));
        }
        routes.put(relation, made);
        return made;
    }

    /** Whether this feed has still to see the present transaction. */
    private boolean concerns(Feed feed) {
        return at != null && at.lsn() - feed.shownLsn() >= 0;
    }

    private Feed.Transaction at() throws SQLException {
        if (at == null) throw new SQLException("a row outside of a transaction in the stream", "08P01");
        return at;
    }

    private static @Nullable String[] row(Route route, Tuple tuple, @Nullable Tuple old) {
        List<Attribute> slots = route.feed().mapping().slots();
        @Nullable String[] row = route.feed().mapping().emptySlots();
        for (int slot = 0; slot < row.length; slot++) {
            int column = route.columnOfSlot()[slot];
            if (column < 0) continue;
            Tuple shows = tuple;
            if (tuple.unchanged(column)) {
                if (old == null || old.keyOnly || old.unchanged(column)) continue;
                shows = old;
            }
            row[slot] = slots.get(slot).normal(shows.text(column));
        }
        return row;
    }

    @Override
    public void insert(int relation, Tuple tuple) throws SQLException, InterruptedException {
        for (Route route : routes(relation)) {
            if (concerns(route.feed())) route.feed().insert(at(), row(route, tuple, null));
        }
    }

    @Override
    public void update(int relation, @Nullable Tuple old, Tuple tuple) throws SQLException, InterruptedException {
        for (Route route : routes(relation)) {
            if (!concerns(route.feed())) continue;
            String oldKey = old == null ? null : route.feed().mapping().key(row(route, old, null));
            route.feed().update(at(), oldKey, row(route, tuple, old));
        }
    }

    @Override
    public void delete(int relation, Tuple old) throws SQLException, InterruptedException {
        for (Route route : routes(relation)) {
            if (!concerns(route.feed())) continue;
            String key = route.feed().mapping().key(row(route, old, null));
            if (key != null) route.feed().delete(at(), key);
        }
    }

    @Override
    public void truncate(int[] oids) throws SQLException, InterruptedException {
        for (int relation : oids) {
            for (Route route : routes(relation)) {
                if (concerns(route.feed())) route.feed().truncate(at());
            }
        }
    }

    @Override
    public void message(String prefix, String content) throws SQLException, InterruptedException {
        if (!prefix.equals(Note.PREFIX)) return;
        Note note = Note.parse(content);
        if (note == null) return;
        for (Feed feed : served) {
            if (concerns(feed)) feed.note(note, at().lsn());
        }
    }
}
