package dev.lockstep.connectors.postgres;

import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Observation.Origin;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.spi.Inbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One platform's end of the stream: turns its table's rows into observations, and knows how far it has come. */
final class Feed {
    private final String workspace;
    private final Mapping mapping;
    private final Table table;
    private final Inbox inbox;
    private final Echoes echoes;
    private final ReentrantLock turn = new ReentrantLock();
    private boolean left;

    /** Transactions whose commit begins before it were shown, or lay in the full read. */
    private volatile long shownLsn;

    private long putLsn;
    private boolean touched;
    /** Rows of another shape than the mapping's have come; told with the first of them. */
    private boolean odd;

    private final LongConsumer misfits;
    private final Map<String, Long> ownChanges = new HashMap<>();
    private long ownCreate;

    Feed(
            String workspace,
            Mapping mapping,
            Table table,
            Inbox inbox,
            Echoes echoes,
            long fromLsn,
            LongConsumer misfits) {
        this.workspace = workspace;
        this.mapping = mapping;
        this.table = table;
        this.inbox = inbox;
        this.echoes = echoes;
        this.shownLsn = fromLsn;
        this.putLsn = fromLsn;
        this.misfits = misfits;
    }

    long table() {
        return table.oid();
    }

    Mapping mapping() {
        return mapping;
    }

    Inbox inbox() {
        return inbox;
    }

    long shownLsn() {
        return shownLsn;
    }

    /**
     * For each slot the number of the column in the stream's rows, or -1 for one that is not there, or is of another
     * type than the mapping was made for: that is not shown.
     */
    int[] columns(PgOutput.Relation shape) {
        List<String> there = List.of(shape.columns());
        int[] columns = new int[mapping.slots().size()];
        for (int slot = 0; slot < columns.length; slot++) {
            Attribute attribute = mapping.slots().get(slot);
            int column = there.indexOf(attribute.name());
            boolean other = column >= 0 && shape.types()[column] != attribute.typeOid();
            // A key is shown as long as it is there: without it nobody knows whose row it is.
            columns[slot] = other && !mapping.isKey(attribute) ? -1 : column;
            odd |= other || column < 0 && !attribute.stored();
        }
        return columns;
    }

    boolean isAbout(PgOutput.Relation relation) {
        return relation.oid() == (int) table.oid()
                || (relation.name().equals(table.name()) && relation.schema().equals(table.schema()));
    }

    /** Something for this feed's inbox, in its turn; nothing once the feed is left. */
    interface Turn {
        void take() throws InterruptedException;
    }

    void inTurn(Turn take) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            if (!left) take.take();
        } finally {
            turn.unlock();
        }
    }

    /** After this nothing is put in the inbox any more; waits for what is being put, within reason. */
    void leave() {
        boolean had = false;
        try {
            had = turn.tryLock(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            left = true;
            if (had) turn.unlock();
        }
    }

    /** What follows in this transaction is ours. */
    void note(Note note, long lsn) throws InterruptedException {
        if (!note.workspace().equals(workspace) || note.platform() != mapping.platform()) return;
        touched = true;
        for (Note.Entry entry : note.entries()) {
            switch (entry) {
                case Note.Entry.Changes(long write, String key) -> ownChanges.put(key, write);
                case Note.Entry.Creates(long write) -> ownCreate = write;
                case Note.Entry.Mark(String name) -> inTurn(() -> echoes.mark(name, lsn));
            }
        }
    }

    void insert(Transaction at, @Nullable String[] row) throws InterruptedException {
        String key = mapping.key(row);
        if (key == null) {
            misfits.accept(at.lsn());
            return;
        }
        long own = ownCreate;
        ownCreate = 0;
        if (own != 0) ownChanges.put(key, own);
        put(at, key, null, row, own);
    }

    /** @param oldKey the key before, where it was shown */
    void update(Transaction at, @Nullable String oldKey, @Nullable String[] row) throws InterruptedException {
        String key = mapping.key(row);
        if (key == null) {
            misfits.accept(at.lsn());
            return;
        }
        String renamedFrom = oldKey == null || oldKey.equals(key) ? null : oldKey;
        Long own = ownChanges.get(renamedFrom == null ? key : renamedFrom);
        if (own != null && renamedFrom != null) ownChanges.put(key, own);
        put(at, key, renamedFrom, row, own == null ? 0 : own);
    }

    private void put(Transaction at, String key, @Nullable String renamedFrom, @Nullable String[] row, long own)
            throws InterruptedException {
        long now = Clock.micros();
        @Nullable String[] raw = mapping.raw(row);
        if (odd) misfits.accept(at.lsn());
        odd = false;
        put(new Observation(
                mapping.platform(), key, renamedFrom, Origin.STREAM, false, raw, at.lsn(), at.micros(), now, now, own));
    }

    void delete(Transaction at, String key) throws InterruptedException {
        Long own = ownChanges.get(key);
        Observation gone =
                Observation.gone(mapping.platform(), key, Origin.STREAM, at.lsn(), at.micros(), Clock.micros());
        put(own == null ? gone : gone.withOwnWrite(own));
    }

    private void put(Observation observation) throws InterruptedException {
        touched = true;
        if (observation.ownWrite() != 0) echoes.shown(observation);
        inTurn(() -> inbox.observe(observation));
    }

    void truncate(Transaction at) throws InterruptedException {
        touched = true;
        inTurn(() -> inbox.emptied(at.lsn(), at.micros()));
    }

    /** A transaction is complete. */
    void committed(long endLsn) {
        if (!ownChanges.isEmpty()) ownChanges.clear();
        ownCreate = 0;
        if (endLsn - shownLsn > 0) shownLsn = endLsn;
    }

    /** What was begun is shown again by another session, from its start. */
    void broken() {
        ownChanges.clear();
        ownCreate = 0;
    }

    boolean touched() {
        return touched;
    }

    void putPosition(Position place, long platformMicros) throws InterruptedException {
        touched = false;
        long lsn = shownLsn;
        if (platformMicros != Stamp.UNDATED) inTurn(() -> inbox.progress(platformMicros));
        if (lsn == putLsn) return;
        inTurn(() -> inbox.position(place.at(lsn).toString()));
        putLsn = lsn;
    }

    /**
     * The transaction that the stream is in.
     *
     * @param lsn where its commit stands in the log
     * @param micros when it was committed
     */
    record Transaction(long lsn, long micros, int xid) {}
}
