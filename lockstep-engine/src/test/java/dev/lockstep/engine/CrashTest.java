package dev.lockstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What lies on disk at any instant is enough: the folder is copied while the engine works, and work goes on from the
 * copy.
 */
@Timeout(120)
class CrashTest {
    @TempDir
    Path folder;

    @Test
    void workGoesOnFromWhateverWasOnDiskAndNobodyIsMadeTwice() throws Exception {
        long seed = 20261122;
        Random random = new Random(seed);
        Town town = new Town(folder.resolve("0"), 2);
        for (int i = 0; i < 40; i++) {
            town.table(i % 2).put("k" + i, "p" + i + "@x.com", "Name" + i, null);
        }
        int edits = 0;
        for (int crash = 1; crash <= 8; crash++) {
            Path at = folder.resolve(Integer.toString(crash - 1));
            Path next = folder.resolve(Integer.toString(crash));
            try (Engine engine = town.engine(at)) {
                engine.start(Set.of(), Progress.NONE);
                long until = System.nanoTime() + (20 + random.nextInt(200)) * 1_000_000L;
                while (System.nanoTime() < until) {
                    MemoryTable table = town.table(random.nextInt(2));
                    List<String> keys = List.copyOf(table.contents().keySet());
                    table.edit(keys.get(random.nextInt(keys.size())), Town.CITY, "City " + edits++);
                    Thread.sleep(2);
                }
                copyAsACrashLeavesIt(at, next);
            }
        }
        try (Engine engine = town.engine(folder.resolve("8"))) {
            engine.start(Set.of(), Progress.NONE);
            Town.await("in step, seed " + seed, () -> engine.status().inStep() && same(town));
            assertThat(town.table(0).size()).isEqualTo(40);
            assertThat(town.table(1).size()).isEqualTo(40);
        }
    }

    private static boolean same(Town town) {
        return rows(town.table(0)).equals(rows(town.table(1)));
    }

    private static List<String> rows(MemoryTable table) {
        return table.contents().values().stream()
                .map(row -> String.valueOf(row))
                .sorted()
                .toList();
    }

    private static void copyAsACrashLeavesIt(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.sorted().toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                try {
                    if (Files.isDirectory(file)) Files.createDirectories(target);
                    else if (!file.getFileName().toString().equals("LOCK")) Files.copy(file, target);
                } catch (java.nio.file.NoSuchFileException e) {
                    // Compacted away meanwhile.
                }
            }
        }
    }
}
