package dev.lockstep.engine.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How far the store had come to disk for certain: the file {@code sealed} beside it. A log or manifest that was cut
 * looks like one that a crash has torn, and checksums do not tell what is missing at the end; this does. It is never
 * ahead of the disk, and one that cannot be read says nothing.
 */
final class Seal implements AutoCloseable {
    /** Number of the last change, number and bytes of the manifest, and the three together with {@link #SALT}. */
    private static final int BYTES = 4 * Long.BYTES;

    private static final long SALT = 0x6c6f636b73746570L;

    private final Path state;
    private final FileChannel channel;
    private long number;
    private long manifest;
    private long manifestBytes;

    private Seal(Path folder, FileChannel channel) {
        this.state = folder.resolve("state");
        this.channel = channel;
    }

    static Seal open(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve("sealed"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Seal seal = new Seal(folder, channel);
        ByteBuffer found = ByteBuffer.allocate(BYTES);
        if (channel.read(found, 0) == BYTES) {
            found.flip();
            long number = found.getLong();
            long manifest = found.getLong();
            long bytes = found.getLong();
            if (found.getLong() == check(number, manifest, bytes)) {
                seal.number = number;
                seal.manifest = manifest;
                seal.manifestBytes = bytes;
            }
        }
        return seal;
    }

    private static long check(long number, long manifest, long bytes) {
        return (number * 31 + manifest) * 31 + bytes ^ SALT;
    }

    /** All changes up to this one were on disk once. */
    synchronized long number() {
        return number;
    }

    /** The manifest that was there, while it is, has lost its end. */
    synchronized boolean manifestIsCut() {
        Path file = file(manifest);
        return file.toFile().exists() && file.toFile().length() < manifestBytes;
    }

    /** The manifest is no longer as it was: {@link #manifest} is to be told how much of it is on disk. */
    synchronized boolean manifestHasChanged() {
        return manifest == 0 || file(manifest).toFile().length() != manifestBytes;
    }

    /** So many bytes of this manifest are on disk; kept with the next change. */
    synchronized void manifest(long manifestNumber, long bytes) {
        manifest = manifestNumber;
        manifestBytes = bytes;
    }

    private Path file(long manifestNumber) {
        return state.resolve(Store.MANIFEST + "%06d".formatted(manifestNumber));
    }

    /** All changes up to this one are on disk now. */
    synchronized void raise(long to) {
        if (to <= number) return;
        number = to;
        ByteBuffer next = ByteBuffer.allocate(BYTES)
                .putLong(number)
                .putLong(manifest)
                .putLong(manifestBytes)
                .putLong(check(number, manifest, manifestBytes))
                .flip();
        try {
            channel.write(next, 0);
        } catch (IOException e) {
            // What is written stays lower than it might be: that harms nothing.
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
