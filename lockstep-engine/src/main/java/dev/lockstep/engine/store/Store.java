package dev.lockstep.engine.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The data folder, open. One thread writes, in atomic durable batches; any thread may read what is durable. Whatever
 * was written is checked when read: what does not match its checksum is refused, never used.
 */
public final class Store implements AutoCloseable {

    /** Who works on a data folder, in words: {@code lockstep up, http://127.0.0.1:8080}. */
    public record Owner(long pid, String description) {}

    /** How RocksDB is opened: here a test stands between the store and its disk. */
    interface Opening {
        RocksDB open(
                DBOptions options, String path, List<ColumnFamilyDescriptor> families, List<ColumnFamilyHandle> opened)
                throws RocksDBException;
    }

    private static final List<String> UNWRITABLE =
            List.of("Permission denied", "Read-only file system", "Operation not permitted");

    static final String MANIFEST = "MANIFEST-";

    private final Path path;
    private final Folder folder;
    private Tuning tuning;
    private final Opening opening;
    /** Held to use what is open, and exclusively to open it again. */
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

    private @Nullable RocksDB rocks;
    private final Map<Family, ColumnFamilyHandle> handles;
    private final WriteOptions durable = new WriteOptions().setSync(true);
    private final WriteOptions logged = new WriteOptions();
    private final WriteOptions lost = new WriteOptions().setDisableWAL(true);
    private final ReadOptions scanning = new ReadOptions().setFillCache(false).setReadaheadSize(1 << 20);
    private final ReadOptions peeking = new ReadOptions();
    private final Registry registry;
    private boolean closed;

    private Store(
            Path path,
            Folder folder,
            Tuning tuning,
            Opening opening,
            RocksDB rocks,
            Map<Family, ColumnFamilyHandle> handles) {
        this.path = path;
        this.folder = folder;
        this.tuning = tuning;
        this.opening = opening;
        this.rocks = rocks;
        this.handles = handles;
        this.registry = new Registry(this);
    }

    /**
     * Opens the data folder, or makes one.
     *
     * @param owner who opens it, for whoever finds it in use: {@code lockstep up, http://127.0.0.1:8080}
     * @throws StoreException when it is newer than this program, damaged, or in use by another
     */
    public static Store open(Path path, String owner) {
        return open(path, owner, Tuning.CACHE_BYTES, RocksDB::open);
    }

    /** Opens a copy made by {@link #copyTo}, with less memory. */
    public static Store openCopy(Path path, String owner) {
        return open(path, owner, Tuning.SMALL_CACHE_BYTES, RocksDB::open);
    }

    static Store open(Path path, String owner, long cacheBytes, Opening opening) {
        RocksDB.loadLibrary();
        Folder folder = Folder.take(path, owner);
        Tuning tuning = new Tuning(cacheBytes);
        try {
            boolean known = folder.known();
            Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);
            RocksDB rocks = openRocks(path, folder, tuning, opening, known, handles);
            if (!known) folder.stamp();
            return new Store(path, folder, tuning, opening, rocks, handles);
        } catch (RocksDBException e) {
            tuning.close();
            folder.close();
            throw damaged(path, e);
        } catch (IOException e) {
            tuning.close();
            folder.close();
            throw new StoreException("The data folder " + path + " cannot be written.", "Check the free space.");
        } catch (StoreException e) {
            tuning.close();
            folder.close();
            throw e;
        }
    }

    private static RocksDB openRocks(
            Path path,
            Folder folder,
            Tuning tuning,
            Opening opening,
            boolean known,
            Map<Family, ColumnFamilyHandle> handles)
            throws RocksDBException {
        if (folder.seal().manifestIsCut()) throw damaged(path, "the end of its list of files is missing");
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        for (Family family : Family.values()) {
            descriptors.add(new ColumnFamilyDescriptor(family.label(), tuning.family(family)));
        }
        List<ColumnFamilyHandle> opened = new ArrayList<>();
        RocksDB rocks =
                opening.open(tuning.database(!known), path.resolve("state").toString(), descriptors, opened);
        if (rocks.getLatestSequenceNumber() < folder.seal().number()) {
            opened.forEach(ColumnFamilyHandle::close);
            rocks.close();
            throw damaged(path, "the end of its log is missing");
        }
        for (Family family : Family.values()) handles.put(family, opened.get(family.ordinal()));
        return rocks;
    }

    /** For whoever finds that something in it cannot be read. */
    public StoreException damaged(String what) {
        return damaged(path, what);
    }

    /** Who works on this folder, as far as is known; null when nobody said so. */
    public static @Nullable Owner owner(Path path) {
        return Folder.owner(path);
    }

    public Path folder() {
        return path;
    }

    public Registry registry() {
        return registry;
    }

    /** Says anew who works on the folder: the port is known only when it is open. */
    public void describeOwner(String owner) {
        folder.own(owner);
    }

    public byte @Nullable [] get(Family family, byte[] key) {
        use.readLock().lock();
        try {
            return rocks().get(handle(family), key);
        } catch (RocksDBException e) {
            throw damaged(path, e);
        } finally {
            use.readLock().unlock();
        }
    }

    /** Values in the order of the keys; null where there is none. */
    public List<byte @Nullable []> get(Family family, List<byte[]> keys) {
        use.readLock().lock();
        try {
            List<ColumnFamilyHandle> families = new ArrayList<>(keys.size());
            for (int i = 0; i < keys.size(); i++) families.add(handle(family));
            // A copy of its own type: RocksDB does not say that values may be null.
            return new ArrayList<byte @Nullable []>(rocks().multiGetAsList(families, keys));
        } catch (RocksDBException e) {
            throw damaged(path, e);
        } finally {
            use.readLock().unlock();
        }
    }

    /** Is told one entry; answers whether to go on. */
    public interface Visitor {
        boolean at(byte[] key, byte[] value);
    }

    /**
     * Visits the entries from {@code from} on, in order of key, those that begin with {@code prefix} only, as they are
     * durable now.
     *
     * @param from null: from the first that begins with the prefix
     */
    public void scan(Family family, byte[] prefix, byte @Nullable [] from, Visitor visitor) {
        scan(family, prefix, from, scanning, visitor);
    }

    /** As {@link #scan}, for a few entries only. */
    public void peek(Family family, byte[] prefix, byte @Nullable [] from, Visitor visitor) {
        scan(family, prefix, from, peeking, visitor);
    }

    /** As {@link #peek}, the last entry that begins with {@code prefix} first. */
    public void peekBack(Family family, byte[] prefix, Visitor visitor) {
        byte[] after = Keys.after(prefix);
        use.readLock().lock();
        try (RocksIterator at = rocks().newIterator(handle(family), peeking)) {
            if (after == null) at.seekToLast();
            else at.seekForPrev(after);
            // What is after them may itself be there.
            if (at.isValid() && after != null && java.util.Arrays.equals(at.key(), after)) at.prev();
            while (at.isValid()) {
                byte[] key = at.key();
                if (!Keys.startsWith(key, prefix) || !visitor.at(key, at.value())) return;
                at.prev();
            }
            at.status();
        } catch (RocksDBException e) {
            throw damaged(path, e);
        } finally {
            use.readLock().unlock();
        }
    }

    private void scan(Family family, byte[] prefix, byte @Nullable [] from, ReadOptions options, Visitor visitor) {
        use.readLock().lock();
        try (RocksIterator at = rocks().newIterator(handle(family), options)) {
            at.seek(from == null ? prefix : from);
            while (at.isValid()) {
                byte[] key = at.key();
                if (!Keys.startsWith(key, prefix) || !visitor.at(key, at.value())) return;
                at.next();
            }
            at.status();
        } catch (RocksDBException e) {
            throw damaged(path, e);
        } finally {
            use.readLock().unlock();
        }
    }

    /** An iterator over a whole family; the caller closes it, and holds the lock for as long. */
    private RocksIterator iterator(Family family) {
        return rocks().newIterator(handle(family), scanning);
    }

    /** Two walks over one platform's slots side by side: keys of RECORDS that SEEN lacks, from {@code from} on. */
    public void unseen(byte[] prefix, byte @Nullable [] from, Visitor visitor) {
        use.readLock().lock();
        try (RocksIterator known = iterator(Family.RECORDS);
                RocksIterator seen = iterator(Family.SEEN)) {
            byte[] start = from == null ? prefix : from;
            known.seek(start);
            seen.seek(start);
            while (known.isValid()) {
                byte[] key = known.key();
                if (!Keys.startsWith(key, prefix)) return;
                while (seen.isValid() && java.util.Arrays.compareUnsigned(seen.key(), key) < 0) seen.next();
                boolean there = seen.isValid() && java.util.Arrays.equals(seen.key(), key);
                if (!there && !visitor.at(key, known.value())) return;
                known.next();
            }
            known.status();
            seen.status();
        } catch (RocksDBException e) {
            throw damaged(path, e);
        } finally {
            use.readLock().unlock();
        }
    }

    /** Changes that become durable together or not at all. */
    public Changes begin() {
        return new Changes(this, new WriteBatch());
    }

    void write(WriteBatch batch, Changes.Keep keep) {
        WriteOptions options = switch (keep) {
            case DURABLE -> durable;
            case LOGGED -> logged;
            case VISIBLE -> lost;
        };
        use.readLock().lock();
        try {
            RocksDB open = rocks();
            long before = open.getLatestSequenceNumber();
            open.write(options, batch);
            if (keep == Changes.Keep.DURABLE) seal(open, before + batch.count());
        } catch (RocksDBException e) {
            throw damaged(path, e);
        } finally {
            use.readLock().unlock();
        }
    }

    /** Returns when all that was logged before is on disk. Any thread may call it. */
    public void flush() {
        use.readLock().lock();
        try {
            RocksDB open = rocks();
            long written = open.getLatestSequenceNumber();
            open.syncWal();
            seal(open, written);
        } catch (RocksDBException e) {
            throw damaged(path, e);
        } finally {
            use.readLock().unlock();
        }
    }

    /** Begins to write out what is held in memory besides in the log: for a time without work. */
    public void writeOut() {
        use.readLock().lock();
        try (FlushOptions options = new FlushOptions().setWaitForFlush(false)) {
            rocks().flush(options, List.copyOf(handles.values()));
        } catch (RocksDBException e) {
            throw damaged(path, e);
        } finally {
            use.readLock().unlock();
        }
    }

    /**
     * Gives back the memory of its cache, where that is much: RocksDB's Java interface can make one, and not empty it.
     * Whoever reads meanwhile waits; best after {@link #writeOut}.
     *
     * @return false when somebody is reading just now, which may take long
     */
    public boolean emptyCache() {
        if (cachedBytes() < Tuning.WORTH_EMPTYING_BYTES) return true;
        if (!use.writeLock().tryLock()) return false;
        try {
            if (closed) return true;
            closeRocks();
            tuning.close();
            tuning = new Tuning(tuning.cacheBytes());
            rocks = openRocks(path, folder, tuning, opening, true, handles);
            return true;
        } catch (RocksDBException e) {
            throw damaged(path, e);
        } finally {
            use.writeLock().unlock();
        }
    }

    long cachedBytes() {
        return tuning.cachedBytes();
    }

    /** Notes that all changes up to this one are on disk. */
    private void seal(RocksDB open, long number) throws RocksDBException {
        Seal seal = folder.seal();
        if (seal.manifestHasChanged()) {
            RocksDB.LiveFiles live = open.getLiveFiles(false);
            for (String file : live.files) {
                String name = file.substring(file.lastIndexOf('/') + 1);
                if (name.startsWith(MANIFEST)) {
                    seal.manifest(Long.parseLong(name.substring(MANIFEST.length())), live.manifestFileSize);
                }
            }
        }
        seal.raise(number);
    }

    /**
     * Opens it again, after it was full or could not be written: what is then known is what is on disk. Nobody else
     * may be at work on it.
     *
     * @return false when there is no room yet
     */
    public boolean reopen() {
        if (!folder.hasRoom()) return false;
        use.writeLock().lock();
        try {
            if (closed) return false;
            closeRocks();
            rocks = openRocks(path, folder, tuning, opening, true, handles);
            return true;
        } catch (RocksDBException e) {
            StoreException told = damaged(path, e);
            if (told.passes()) return false;
            throw told;
        } finally {
            use.writeLock().unlock();
        }
    }

    private void closeRocks() {
        RocksDB open = rocks;
        rocks = null;
        handles.values().forEach(ColumnFamilyHandle::close);
        handles.clear();
        if (open != null) open.close();
    }

    private RocksDB rocks() {
        RocksDB open = rocks;
        if (open == null) throw unwritable(path);
        return open;
    }

    ColumnFamilyHandle handle(Family family) {
        ColumnFamilyHandle handle = handles.get(family);
        if (handle == null) throw unwritable(path);
        return handle;
    }

    /** Makes a copy of what is durable, sharing files where it can; the copy may be opened and written to. */
    public void copyTo(Path target) {
        use.readLock().lock();
        try (Checkpoint checkpoint = Checkpoint.create(rocks())) {
            java.nio.file.Files.createDirectories(target);
            checkpoint.createCheckpoint(target.resolve("state").toString());
            java.nio.file.Files.writeString(target.resolve("FORMAT"), Folder.FORMAT + "\n");
        } catch (RocksDBException e) {
            // Not for want of room alone: what is spoilt is noticed here, where nothing has read it yet.
            throw damaged(path, e);
        } catch (IOException e) {
            throw new StoreException(
                    "The data folder " + path + " cannot be copied to " + target + ".", "Check the free space there.");
        } finally {
            use.readLock().unlock();
        }
    }

    private static StoreException damaged(Path path, RocksDBException e) {
        String said = String.valueOf(e.getMessage());
        if (said.contains("No space left") || said.contains("NoSpace")) {
            return new StoreException(
                    "The disk that holds the data folder " + path + " is full: nothing more is taken in.",
                    "Free some space: nothing acknowledged is lost, and a server goes on by itself.",
                    true);
        }
        if (UNWRITABLE.stream().anyMatch(said::contains)) return unwritable(path);
        if (said.contains("Input/output error")) {
            return new StoreException(
                    "The disk that holds the data folder " + path + " fails (" + oneLine(said) + ").",
                    "Mend it, or move the folder to another, and start again: nothing acknowledged is lost.");
        }
        return damaged(path, said);
    }

    private static StoreException unwritable(Path path) {
        return new StoreException(
                "The data folder " + path + " cannot be written: nothing more is taken in.",
                "Check its owner and rights, and that its disk is not read-only: a server then goes on by itself.",
                true);
    }

    static StoreException damaged(Path path, String what) {
        return new StoreException(
                "The data folder " + path + " is damaged (" + oneLine(what) + ").",
                "Put back a backup of it, or move it away and start again: the platforms are then read anew.");
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= 160 ? line : line.substring(0, 160) + "…";
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        use.writeLock().lock();
        try {
            closeRocks();
        } finally {
            use.writeLock().unlock();
        }
        durable.close();
        logged.close();
        lost.close();
        scanning.close();
        peeking.close();
        tuning.close();
        folder.close();
    }
}
