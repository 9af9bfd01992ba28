package dev.lockstep.connectors.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads a database's changes for all platforms in it. Each platform's thread comes here with its feed; one of them, the
 * reader, holds the session and serves every feed; when it goes, another takes over. A feed that needs older changes
 * than the session has to show makes it begin again from there; each feed skips what it has seen.
 */
final class ChangeStream {
    /** Others of this database come at about the same time: one session for all. */
    private static final long GATHER_MILLIS = 30;

    private final Database database;
    private final ReentrantLock reader = new ReentrantLock(true);
    private final List<Feed> feeds = new CopyOnWriteArrayList<>();
    private final RecentCommits recent = new RecentCommits();

    ChangeStream(Database database) {
        this.database = database;
    }

    /**
     * Serves this feed until the thread is interrupted or the session breaks.
     *
     * @param from of which server and time-line
     */
    void run(Feed feed, Position from) throws SQLException, InterruptedException {
        feeds.add(feed);
        try {
            while (true) {
                reader.lockInterruptibly();
                try {
                    Thread.sleep(GATHER_MILLIS);
                    new StreamSession(database, from, feeds, recent).read();
                } finally {
                    feeds.forEach(Feed::broken);
                    reader.unlock();
                }
            }
        } finally {
            feeds.remove(feed);
            feed.leave();
        }
    }

    /**
     * A version for what a statement saw; asked by the reader's own thread, when it shows a mark that was written after
     * the statement.
     */
    long versionOf(Snapshot snapshot, long markLsn) {
        return recent.versionOf(snapshot, markLsn);
    }
}
