package dev.lockstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.engine.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A data folder on a small disk of its own, where mounting one is allowed. */
@Timeout(180)
class FullDiskTest {
    @TempDir
    Path folder;

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "none", disk.toString());
        assumeTrue(mounted, "mounting is not allowed here");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) run("umount", "-l", disk.toString());
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Leaves no byte free. */
    private void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(disk.resolve("ballast"))) {
            for (int size = 1 << 20; size >= 4096; size /= 2) {
                try {
                    while (true) out.write(new byte[size]);
                } catch (IOException full) {
                    // As it should be.
                }
            }
        }
    }

    @Test
    void aFullDiskStopsTheIntakeSaysSoAndWorkGoesOnByItselfWhenThereIsRoom() throws Exception {
        Town town = new Town(folder, 2);
        for (int i = 0; i < 40; i++) town.table(i % 2).put("k" + i, "p" + i + "@x.com", "Name" + i, "City");
        int edits = 0;
        try (Engine engine = town.engine(disk.resolve("data"))) {
            engine.start(Set.of(), Progress.NONE);
            Town.await("in step", () -> engine.status().inStep() && same(town));
            for (int round = 0; round < 2; round++) {
                fill();
                while (engine.status().halted() == null) {
                    town.table(edits % 2).edit("k" + edits % 2, Town.CITY, "City " + "x".repeat(2000) + edits++);
                    Thread.sleep(2);
                }
                assertThat(engine.status().halted()).contains("is full").contains("Free some space");
                for (int i = 0; i < 40; i++) town.table(i % 2).edit("k" + i, Town.NAME, "New" + round);
                Thread.sleep(300);
                assertThat(engine.status().inStep()).isFalse();

                Files.delete(disk.resolve("ballast"));
                Town.await("in step again", () -> engine.status().inStep() && same(town));
                assertThat(engine.status().halted()).isNull();
            }
        }
        assertThat(town.table(0).contents().values()).allMatch(row -> "New1".equals(row.get(Town.NAME)));
        assertThat(town.table(0).size()).isEqualTo(40);
        assertThat(town.table(1).size()).isEqualTo(40);
    }

    @Test
    void aFolderWhoseRightsAreTakenAwayStopsTheIntakeAndWorkGoesOnByItselfWhenTheyAreBack() throws Exception {
        Town town = new Town(folder, 2);
        for (int i = 0; i < 40; i++) town.table(i % 2).put("k" + i, "p" + i + "@x.com", "Name" + i, "City");
        Path data = folder.resolve("data");
        try (Engine engine = town.engine(data)) {
            engine.start(Set.of(), Progress.NONE);
            Town.await("in step", () -> engine.status().inStep() && same(town));
            // Also the superuser may make no file in a folder that is immutable.
            assumeTrue(run("chattr", "+i", data.resolve("state").toString()), "no folder can be immutable here");
            try {
                String much = "x".repeat(20_000);
                for (int edits = 0; engine.status().halted() == null; edits++) {
                    town.table(edits % 2).edit("k" + edits % 2, Town.CITY, "City " + edits + much);
                    Thread.sleep(2);
                }
                assertThat(engine.status().halted())
                        .contains("cannot be written")
                        .contains("goes on by itself");
                for (int i = 0; i < 40; i++) town.table(i % 2).edit("k" + i, Town.NAME, "New");
                Thread.sleep(300);
                assertThat(engine.status().inStep()).isFalse();
            } finally {
                run("chattr", "-i", data.resolve("state").toString());
            }
            Town.await("in step again", () -> engine.status().inStep() && same(town));
            assertThat(engine.status().halted()).isNull();
        }
        assertThat(town.table(0).contents().values()).allMatch(row -> "New".equals(row.get(Town.NAME)));
        assertThat(town.table(1).size()).isEqualTo(40);
    }

    @Test
    void aFolderThatCannotBeWrittenIsASentence() throws Exception {
        Town town = new Town(folder, 1);
        Path data = disk.resolve("data");
        town.engine(data).close();
        assumeTrue(run("mount", "-o", "remount,ro", disk.toString()), "remounting is not allowed here");
        assertThatThrownBy(() -> town.engine(data))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot be written");
        assertThat(run("mount", "-o", "remount,rw", disk.toString())).isTrue();
        town.engine(data).close();
    }

    static boolean same(Town town) {
        return rows(town.table(0)).equals(rows(town.table(1)));
    }

    private static List<String> rows(MemoryTable table) {
        return table.contents().values().stream().map(String::valueOf).sorted().toList();
    }
}
