package dev.lockstep.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.core.model.RecordName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    @TempDir
    Path folder;

    @Test
    void numbersAreGivenOnceAndSurviveARename() {
        try (Store store = Store.open(folder, "one")) {
            assertThat(store.registry().platform("shop")).isEqualTo(0);
            assertThat(store.registry().platform("crm")).isEqualTo(1);
            assertThat(store.registry().column(1, "a.b")).isEqualTo(0);
            assertThat(store.registry().renamePlatform("shop", "store")).isTrue();
        }
        try (Store store = Store.open(folder, "two")) {
            assertThat(store.registry().platforms()).containsExactly("store", "crm");
            assertThat(store.registry().platform("store")).isEqualTo(0);
            assertThat(store.registry().platform("news")).isEqualTo(2);
            assertThat(store.registry().columns(1)).containsExactly("a.b");
        }
    }

    @Test
    void namesAreReadAsTheyWereWritten() {
        RecordName name = new RecordName(3, "ä:~1 \u0001", 7);
        assertThat(Keys.name(Keys.name(name))).isEqualTo(name);
        assertThat(Keys.timerRecord(Keys.timer(5, name))).isEqualTo(name);
        assertThat(Keys.historyRecord(Keys.history(name, 9, 1))).isEqualTo(name);
    }

    @Test
    void aSecondServerIsRefusedAndToldOfTheFirst() {
        try (Store first = Store.open(folder, "lockstep up, http://127.0.0.1:8080")) {
            assertThat(first.folder()).isEqualTo(folder);
            assertThatThrownBy(() -> Store.open(folder, "lockstep sync"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("lockstep up, http://127.0.0.1:8080")
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
        }
        Store.open(folder, "lockstep sync").close();
    }

    @Test
    void aNewerStoreIsRefused() throws IOException {
        Store.open(folder, "one").close();
        Files.writeString(folder.resolve("FORMAT"), "999\n");
        assertThatThrownBy(() -> Store.open(folder, "two"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("newer Lockstep");
    }

    @Test
    void aMissingOrTruncatedFileIsDamageAndNotANewBeginning() throws IOException {
        for (String file : new String[] {"CURRENT", "MANIFEST", ".sst"}) {
            Path at = folder.resolve(file.replace('.', '_'));
            fill(at);
            try (Stream<Path> files = Files.list(at.resolve("state"))) {
                Path damaged = files.filter(one -> one.getFileName().toString().contains(file))
                        .max(Comparator.comparingLong(one -> one.toFile().length()))
                        .orElseThrow();
                try (FileChannel channel = FileChannel.open(damaged, StandardOpenOption.WRITE)) {
                    channel.truncate(channel.size() / 2);
                }
            }
            assertThatThrownBy(() -> Store.open(at, "two"), file)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is damaged");
        }
        Path gone = folder.resolve("gone");
        fill(gone);
        Files.delete(gone.resolve("state").resolve("CURRENT"));
        assertThatThrownBy(() -> Store.open(gone, "two")).hasMessageContaining("is damaged");
    }

    @Test
    void aHoleInTheLogIsDamageAndATornEndIsNot() throws IOException {
        Path torn = folder.resolve("torn");
        fill(torn);
        Path log = largestLog(torn);
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 3);
        }
        Store.open(torn, "two").close();
        Path hole = folder.resolve("hole");
        fill(hole);
        byte[] bytes = Files.readAllBytes(largestLog(hole));
        for (int i = 0; i < 32; i++) bytes[bytes.length / 3 + i] ^= 0x55;
        Files.write(largestLog(hole), bytes);
        assertThatThrownBy(() -> Store.open(hole, "two")).hasMessageContaining("is damaged");
    }

    private static Path largestLog(Path at) throws IOException {
        try (Stream<Path> files = Files.list(at.resolve("state"))) {
            return files.filter(one -> one.getFileName().toString().matches("\\d+\\.log"))
                    .max(Comparator.comparingLong(one -> one.toFile().length()))
                    .orElseThrow();
        }
    }

    /** A store with something in its tables and something in its log. */
    private static void fill(Path at) {
        for (int round = 0; round < 2; round++) {
            try (Store store = Store.open(at, "one")) {
                for (int i = 0; i < 200; i++) {
                    try (Changes changes = store.begin()) {
                        changes.put(Family.GROUPS, Keys.number((long) round * 1000 + i), new byte[2000 + i]);
                        changes.commit(Changes.Keep.DURABLE);
                    }
                }
            }
        }
    }
}
