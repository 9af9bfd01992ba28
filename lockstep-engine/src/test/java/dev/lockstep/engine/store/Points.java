package dev.lockstep.engine.store;

/**
 * Stands at every call by which an engine reaches its disk or a platform. Calls that change a disk or a platform come
 * one at a time: between {@link #before} and {@link #after} nothing else changes either.
 */
public interface Points {
    enum Call {
        /** RocksDB is opened. */
        OPEN(true),
        /** A batch goes into the log. */
        LOG(true),
        /** The log goes onto the disk. */
        FLUSH(true),
        /** A full read begins, and ends. */
        LIST(false),
        /** The stream is asked for. */
        WATCH(false),
        /** The stream, a full read or a look shows something. */
        SHOW(false),
        /** The stream, or a full read, says how far it is. */
        POSITION(false),
        READ(false),
        /** One record is written; several may go in one request. */
        WRITE(false),
        RESOLVE(false),
        CONFIRM(false),
        NOW(false);

        public final boolean disk;

        Call(boolean disk) {
            this.disk = disk;
        }
    }

    enum Verdict {
        /** It is done. */
        GO,
        /** It fails, and nothing was done. */
        REFUSED,
        /** It is done, and yet it fails. */
        LOST
    }

    /** A call is about to be made. */
    Verdict before(Call call);

    /** It was done; its answer is not there yet. */
    void after(Call call);

    /** What a disk says that fails. */
    default String diskSays() {
        return "No space left on device";
    }
}
