package dev.lockstep.connectors.postgres;

/**
 * The transactions that the stream has shown lately. A commit stands in the log a moment before other sessions see it,
 * and not in the order in which they come to see it, so that a log position alone does not say what a statement saw;
 * these numbers do.
 */
final class RecentCommits {
    private static final int KEPT = 1 << 14;

    private final int[] xids = new int[KEPT];
    private final long[] lsns = new long[KEPT];
    private long count;

    void add(int xid, long lsn) {
        int at = (int) (count++ & KEPT - 1);
        xids[at] = xid;
        lsns[at] = lsn;
    }

    /**
     * A version for what a statement saw: not older than anything that the stream shows after it and that it did not
     * see.
     *
     * @param passedLsn the stream has shown everything up to here, and the statement was over before this was written
     */
    long versionOf(Snapshot snapshot, long passedLsn) {
        long version = passedLsn;
        for (long i = Math.max(0, count - KEPT); i < count; i++) {
            int at = (int) (i & KEPT - 1);
            if (!snapshot.saw(xids[at]) && lsns[at] - version < 0) version = lsns[at];
        }
        return version - 1;
    }
}
