package dev.lockstep.bench.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What is done to a data folder: one file of it is spoilt.
 *
 * @param file relative to the folder
 * @param how in words, for whoever has to find out what went wrong
 */
record Wound(Kind kind, Path file, String how) {

    enum Kind {
        TRUNCATED,
        FLIPPED,
        MISSING,
        ZEROED,
        /** As it was some time ago, among others as they are now. */
        OLDER
    }

    /** Most of the files of a folder hold little; two of three wounds go where the data is. */
    private static final String DATA = "state/(\\d+\\.(sst|log)|MANIFEST-\\d+|CURRENT)";

    /** @param older earlier copies of the folder */
    static Wound inflict(Path folder, List<Path> older, Random random) throws IOException {
        var files = files(folder);
        var data = files.stream().filter(file -> file.toString().matches(DATA)).toList();
        var from = random.nextInt(3) < 2 && !data.isEmpty() ? data : files;
        var kind = Kind.values()[random.nextInt(Kind.values().length)];
        if (kind == Kind.OLDER) {
            var swap = older(folder, from, older, random);
            if (swap != null) {
                Files.write(folder.resolve(swap.file()), Files.readAllBytes(swap.from()));
                return new Wound(kind, swap.file(), "as in " + swap.from());
            }
            kind = Kind.TRUNCATED;
        }
        var sized = from.stream()
                .filter(file -> folder.resolve(file).toFile().length() > 0)
                .toList();
        var file = sized.get(random.nextInt(sized.size()));
        var path = folder.resolve(file);
        int size = (int) Files.size(path);
        switch (kind) {
            case MISSING -> Files.delete(path);
            case ZEROED -> Files.write(path, new byte[size]);
            case TRUNCATED -> {
                int left = random.nextInt(size);
                Files.write(path, Arrays.copyOf(Files.readAllBytes(path), left));
                return new Wound(kind, file, "to " + left + " of " + size + " bytes");
            }
            default -> {
                var bytes = Files.readAllBytes(path);
                var where = new ArrayList<Integer>();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    int bit = random.nextInt(8 * size);
                    bytes[bit / 8] ^= (byte) (1 << bit % 8);
                    where.add(bit / 8);
                }
                Files.write(path, bytes);
                return new Wound(kind, file, "at " + where + " of " + size + " bytes");
            }
        }
        return new Wound(kind, file, size + " bytes");
    }

    private record Swap(Path file, Path from) {}

    /** A file that was otherwise in an earlier copy. */
    private static @Nullable Swap older(Path folder, List<Path> files, List<Path> older, Random random)
            throws IOException {
        var swaps = new ArrayList<Swap>();
        for (var copy : older) {
            for (var file : files) {
                var before = copy.resolve(file);
                if (Files.exists(before) && Files.mismatch(before, folder.resolve(file)) >= 0) {
                    swaps.add(new Swap(file, before));
                }
            }
        }
        return swaps.isEmpty() ? null : swaps.get(random.nextInt(swaps.size()));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .sorted()
                    .toList();
        }
    }

    @Override
    public String toString() {
        return file + " " + kind.name().toLowerCase(java.util.Locale.ROOT) + " (" + how + ")";
    }
}
