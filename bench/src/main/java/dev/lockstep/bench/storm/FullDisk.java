package dev.lockstep.bench.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A small disk, in memory, put under a data folder that nobody has open; and the folder put back at the end. */
final class FullDisk implements AutoCloseable {

    private static final int ROOM_MB = 400;

    private final Path data;
    private final Path before;

    private FullDisk(Path data, Path before) {
        this.data = data;
        this.before = before;
    }

    /** Null where mounting is not allowed. */
    static @Nullable FullDisk under(Path data) throws IOException, InterruptedException {
        var before = data.resolveSibling("data-before");
        Files.move(data, before);
        Files.createDirectory(data);
        long megabytes = size(before) / 1_000_000 + ROOM_MB;
        if (!ran("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "none", data.toString())) {
            Files.delete(data);
            Files.move(before, data);
            return null;
        }
        need("cp", "-a", before + "/.", data.toString());
        return new FullDisk(data, before);
    }

    private static long size(Path folder) throws IOException {
        long size = 0;
        try (var all = Files.walk(folder)) {
            for (var one : all.filter(Files::isRegularFile).toList()) {
                size += Files.size(one);
            }
        }
        return size;
    }

    /** Leaves no byte free. */
    void fill() throws IOException {
        try (var out = Files.newOutputStream(data.resolve("ballast"))) {
            for (int size = 1 << 20; size >= 4096; size /= 2) {
                try {
                    while (true) {
                        out.write(new byte[size]);
                    }
                } catch (IOException full) {
                    // As it should be.
                }
            }
        }
    }

    void free() throws IOException {
        Files.delete(data.resolve("ballast"));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        need("rm", "-rf", before.toString());
        need("cp", "-a", data.toString(), before.toString());
        need("umount", "-l", data.toString());
        Files.delete(data);
        Files.move(before, data);
    }

    private static void need(String... command) throws IOException, InterruptedException {
        if (!ran(command)) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }

    private static boolean ran(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
