package dev.lockstep.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a data folder is when its process, or its machine, ends at some instant. RocksDB appends to one log, and syncs
 * by itself every other file before it names it: so an instant is how long the log was, of which an end of the process
 * keeps all and a power cut what was synced; the rest is as it lies.
 */
final class DiskImage {
    private DiskImage() {}

    /** The log that is written to; null when there is none. */
    static @Nullable Path log(Path folder) {
        return files(folder.resolve("state")).stream()
                .filter(file -> file.getFileName().toString().matches("\\d+\\.log"))
                .max(Comparator.comparingLong(DiskImage::number))
                .orElse(null);
    }

    private static long number(Path log) {
        String name = log.getFileName().toString();
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }

    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.exists(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files of the store that are neither the log nor rewritten by whoever opens it. */
    static List<String> tables(Path folder) {
        return files(folder.resolve("state")).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".sst") || name.endsWith(".log") || name.startsWith("MANIFEST"))
                .sorted()
                .toList();
    }

    /** Copies a folder at work, to which nothing is being written. */
    static void copy(Path from, Path to) {
        try {
            while (!copied(from, to)) delete(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers whether RocksDB changed nothing of its own meanwhile. */
    private static boolean copied(Path from, Path to) throws IOException {
        Path state = from.resolve("state");
        Files.createDirectories(to);
        if (Files.exists(from.resolve("FORMAT"))) Files.copy(from.resolve("FORMAT"), to.resolve("FORMAT"));
        if (!Files.exists(state)) return true;
        Files.createDirectories(to.resolve("state"));
        List<String> before = tables(from);
        Path manifest = manifest(state);
        long manifestSize = size(manifest);
        try {
            for (Path file : files(state)) {
                String name = file.getFileName().toString();
                Path target = to.resolve("state").resolve(name);
                if (name.endsWith(".sst")) Files.createLink(target, file);
                else if (!name.startsWith("LO")) Files.copy(file, target);
            }
        } catch (NoSuchFileException e) {
            return false;
        }
        return before.equals(tables(from)) && manifest.equals(manifest(state)) && manifestSize == size(manifest);
    }

    private static Path manifest(Path state) throws IOException {
        return state.resolve(Files.readString(state.resolve("CURRENT")).strip());
    }

    /** Leaves so much of the log. */
    static void cut(Path folder, long bytes) {
        Path log = log(folder);
        if (log == null) return;
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.forEach(all::add);
        }
        for (Path file : all.reversed()) Files.delete(file);
    }
}
