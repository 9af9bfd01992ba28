package dev.lockstep.engine.store;

import java.nio.file.Path;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** A store on a disk all of whose writes, flushes and openings pass a test. */
public final class FragileDisk {
    private final Points points;
    private final Object oneAtATime;

    /** @param oneAtATime held during each call */
    public FragileDisk(Points points, Object oneAtATime) {
        this.points = points;
        this.oneAtATime = oneAtATime;
    }

    public Store open(Path path) {
        return Store.open(path, "a test", Tuning.CACHE_BYTES, (options, at, families, opened) -> {
            RocksDB[] made = new RocksDB[1];
            try {
                pass(Points.Call.OPEN, () -> made[0] = RocksDB.open(options, at, families, opened));
            } catch (RocksDBException e) {
                if (made[0] != null) made[0].close();
                throw e;
            }
            return new Watched(made[0]);
        });
    }

    private interface Work {
        void run() throws RocksDBException;
    }

    private void pass(Points.Call call, Work work) throws RocksDBException {
        synchronized (oneAtATime) {
            Points.Verdict verdict = points.before(call);
            if (verdict == Points.Verdict.REFUSED) throw fails();
            work.run();
            points.after(call);
            if (verdict == Points.Verdict.LOST) throw fails();
        }
    }

    private RocksDBException fails() {
        return new RocksDBException("While appending to file: " + points.diskSays());
    }

    /** What is read goes to RocksDB as ever; the handle is the other's, who closes it. */
    private final class Watched extends RocksDB {
        private final RocksDB rocks;

        Watched(RocksDB rocks) {
            super(rocks.getNativeHandle());
            this.rocks = rocks;
        }

        @Override
        public void write(WriteOptions options, WriteBatch batch) throws RocksDBException {
            pass(options.sync() ? Points.Call.FLUSH : Points.Call.LOG, () -> rocks.write(options, batch));
        }

        @Override
        public void syncWal() throws RocksDBException {
            pass(Points.Call.FLUSH, rocks::syncWal);
        }

        @Override
        public void close() {
            disOwnNativeHandle();
            rocks.close();
        }
    }
}
