package dev.lockstep.engine.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The data folder as files: its format, and who has it open. {@code FORMAT} says what wrote it, {@code owner} who works
 * on it, {@code sealed} how far it had come to disk; {@code lock} is held by the operating system, so that a crash
 * leaves nothing to clean up.
 */
final class Folder implements AutoCloseable {
    /** Raised whenever an older program could not read what this one writes. */
    static final int FORMAT = 1;

    private static final int ROOM_BYTES = 4 << 20;

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;
    private final Seal seal;

    private Folder(Path path, FileChannel channel, FileLock lock, Seal seal) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
        this.seal = seal;
    }

    static Folder take(Path path, String owner) {
        try {
            Files.createDirectories(path);
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new InUseException(path, owner(path));
            }
            Folder folder = new Folder(path, channel, lock, Seal.open(path));
            folder.own(owner);
            return folder;
        } catch (IOException e) {
            throw new StoreException(
                    "The data folder " + path + " cannot be written: " + said(e) + ".",
                    "Check its owner and rights and the free space, or choose another with --data.");
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Seal seal() {
        return seal;
    }

    /** Says who works on the folder now. */
    void own(String description) {
        Path file = path.resolve("owner");
        try {
            Path next = path.resolve("owner.next");
            Files.writeString(next, ProcessHandle.current().pid() + "\n" + description + "\n");
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StoreException("The file " + file + " cannot be written: " + said(e) + ".", "");
        }
    }

    static Store.@Nullable Owner owner(Path path) {
        try {
            String[] lines = Files.readString(path.resolve("owner"), StandardCharsets.UTF_8)
                    .split("\n", -1);
            return lines.length < 2 ? null : new Store.Owner(Long.parseLong(lines[0].trim()), lines[1].trim());
        } catch (IOException | NumberFormatException e) {
            return null;
        }
    }

    /** Whether the folder held a store before. */
    boolean known() {
        Path file = path.resolve("FORMAT");
        if (!Files.exists(file)) return false;
        int format;
        try {
            format = Integer.parseInt(
                    Files.readString(file, StandardCharsets.UTF_8).trim());
        } catch (IOException | NumberFormatException e) {
            throw Store.damaged(path, "its FORMAT file cannot be read");
        }
        if (format > FORMAT) {
            throw new StoreException(
                    "The data folder " + path + " was written by a newer Lockstep (format " + format
                            + "; this one reads up to " + FORMAT + ").",
                    "Use that newer version, or choose another folder with --data.");
        }
        return true;
    }

    /** Marks the folder as a store of this format: after that, a missing file is damage, not a new beginning. */
    void stamp() throws IOException {
        Path next = path.resolve("FORMAT.next");
        Files.writeString(next, FORMAT + "\n");
        try (FileChannel file = FileChannel.open(next, StandardOpenOption.WRITE)) {
            file.force(true);
        }
        Files.move(next, path.resolve("FORMAT"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether there is room for more than a moment's work, and it may be taken. */
    boolean hasRoom() {
        Path trial = path.resolve("room");
        try (FileChannel file = FileChannel.open(trial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(ROOM_BYTES);
            while (block.hasRemaining()) file.write(block);
            file.force(true);
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            forget(trial);
        }
    }

    private static void forget(Path trial) {
        try {
            Files.deleteIfExists(trial);
        } catch (IOException e) {
            // Made anew at the next trial.
        }
    }

    private static String said(IOException e) {
        String name = e.getClass().getSimpleName();
        return e instanceof java.nio.file.AccessDeniedException ? "access denied" : name + " " + e.getMessage();
    }

    @Override
    public void close() {
        try {
            seal.close();
            Files.deleteIfExists(path.resolve("owner"));
            lock.release();
            channel.close();
        } catch (IOException e) {
            // The operating system releases it when the process ends.
        }
    }
}
