package dev.lockstep.engine.store;

import dev.lockstep.core.machine.Fact;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Changes to the store that become durable together, or not at all. */
public final class Changes implements AutoCloseable {
    private final Store store;
    private final WriteBatch batch;

    Changes(Store store, WriteBatch batch) {
        this.store = store;
        this.batch = batch;
    }

    public void put(Family family, byte[] key, byte[] value) {
        try {
            batch.put(store.handle(family), key, value);
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    public void delete(Family family, byte[] key) {
        try {
            batch.delete(store.handle(family), key);
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deletes all entries whose keys begin with {@code prefix}. */
    public void deleteAll(Family family, byte[] prefix) {
        byte[] after = Keys.after(prefix);
        if (after == null) throw new IllegalArgumentException("prefix without an end");
        try {
            batch.deleteRange(store.handle(family), prefix, after);
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Appends a line of history. */
    public void history(Fact fact, int counter) {
        put(Family.HISTORY, Keys.history(fact.record(), fact.micros(), counter), FactCodec.encode(fact));
    }

    public boolean isEmpty() {
        return batch.count() == 0;
    }

    /** How well changes are kept when they are committed; they are visible in any case. */
    public enum Keep {
        /** On disk when the commit returns. */
        DURABLE,
        /** In the log, in order: on disk after the next {@link Store#flush}. The end of this process harms them not. */
        LOGGED,
        /** For a copy that is thrown away. */
        VISIBLE
    }

    public void commit(Keep keep) {
        store.write(batch, keep);
    }

    @Override
    public void close() {
        batch.close();
    }
}
