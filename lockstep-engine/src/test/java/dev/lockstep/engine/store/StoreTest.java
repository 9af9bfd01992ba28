package dev.lockstep.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.RecordName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    void theLastLinesOfARecordAreReadWithoutThoseBefore() {
        RecordName record = new RecordName(0, "k", 0);
        try (Store store = Store.open(folder, "one")) {
            try (Changes changes = store.begin()) {
                for (RecordName one : List.of(record, new RecordName(0, "j", 0), new RecordName(0, "l", 0))) {
                    for (int i = 1; i <= 4; i++) changes.history(line(one, i), i);
                }
                changes.commit(Changes.Keep.VISIBLE);
            }
            History history = new History(store);
            assertThat(history.of(record, 3)).containsExactly(line(record, 4), line(record, 3), line(record, 2));
            assertThat(history.of(record, 100))
                    .hasSize(4)
                    .allMatch(fact -> fact.record().equals(record));
            assertThat(history.of(record, 0)).isEmpty();
        }
    }

    private static Fact line(RecordName record, long micros) {
        return new Fact(record, micros, Fact.Kind.EDIT, 0, 0, null, "v" + micros, 0, null, "");
    }

    @Test
    void whatWasReadIsStillThereWhenTheCacheIsEmptiedBesideOthersWhoRead() throws Exception {
        byte[] large = new byte[1 << 20];
        new Random(1).nextBytes(large);
        try (Store store = Store.open(folder, "one")) {
            for (int i = 0; i < 96; i++) {
                try (Changes changes = store.begin()) {
                    changes.put(Family.GROUPS, new byte[] {(byte) i}, large);
                    changes.commit(Changes.Keep.LOGGED);
                }
            }
            // Some lie in memory still, the others come into the cache when they are read.
            for (int i = 0; i < 96; i++) store.get(Family.GROUPS, new byte[] {(byte) i});
            assertThat(store.cachedBytes()).isGreaterThan(Tuning.WORTH_EMPTYING_BYTES);
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Integer> others = CompletableFuture.supplyAsync(() -> {
                int reads = 0;
                for (; !over.get(); reads++) {
                    assertThat(store.get(Family.GROUPS, new byte[] {(byte) (reads % 4)}))
                            .isEqualTo(large);
                }
                return reads;
            });
            store.writeOut();
            while (!store.emptyCache()) Thread.onSpinWait();
            assertThat(store.cachedBytes()).isLessThan(Tuning.WORTH_EMPTYING_BYTES);
            over.set(true);
            assertThat(others.get(60, TimeUnit.SECONDS)).isPositive();
            for (int i = 0; i < 96; i++)
                assertThat(store.get(Family.GROUPS, new byte[] {(byte) i})).isEqualTo(large);
        }
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
        try (Store store = Store.open(torn, "one")) {
            put(store, 5000, Changes.Keep.DURABLE);
            put(store, 5001, Changes.Keep.LOGGED);
        }
        cut(newestLog(torn), 3);
        try (Store store = Store.open(torn, "two")) {
            assertThat(store.get(Family.GROUPS, Keys.number(5000L))).isNotNull();
            assertThat(store.get(Family.GROUPS, Keys.number(5001L))).isNull();
        }
        Path hole = folder.resolve("hole");
        fill(hole);
        byte[] bytes = Files.readAllBytes(largestLog(hole));
        for (int i = 0; i < 32; i++) bytes[bytes.length / 3 + i] ^= 0x55;
        Files.write(largestLog(hole), bytes);
        assertThatThrownBy(() -> Store.open(hole, "two")).hasMessageContaining("is damaged");
    }

    @Test
    void aLogWithoutTheEndThatWasOnDiskIsDamageHoweverCleanTheCut() throws IOException {
        Path cut = folder.resolve("cut");
        fill(cut);
        cut(newestLog(cut), Files.size(newestLog(cut)) / 2);
        assertThatThrownBy(() -> Store.open(cut, "two")).hasMessageContaining("the end of its log is missing");
        // RocksDB has made a clean store of it meanwhile.
        assertThatThrownBy(() -> Store.open(cut, "three")).hasMessageContaining("the end of its log is missing");

        Path flushed = folder.resolve("flushed");
        try (Store store = Store.open(flushed, "one")) {
            put(store, 1, Changes.Keep.LOGGED);
            put(store, 2, Changes.Keep.LOGGED);
            store.flush();
        }
        cut(newestLog(flushed), 3);
        assertThatThrownBy(() -> Store.open(flushed, "two")).hasMessageContaining("is damaged");

        Path emptied = folder.resolve("emptied");
        fill(emptied);
        Files.write(newestLog(emptied), new byte[0]);
        assertThatThrownBy(() -> Store.open(emptied, "two")).hasMessageContaining("is damaged");

        Path gone = folder.resolve("no-log");
        fill(gone);
        Files.delete(newestLog(gone));
        assertThatThrownBy(() -> Store.open(gone, "two")).hasMessageContaining("is damaged");
    }

    @Test
    void aLogMissingBetweenOthersOrAnOlderManifestIsDamage() throws Exception {
        Path gone = folder.resolve("gone-between");
        Path older = folder.resolve("older");
        for (Path at : new Path[] {gone, older}) {
            byte[] before;
            try (Store store = Store.open(at, "one")) {
                before = Files.readAllBytes(manifest(at));
                // One family that is never written out keeps the logs; without it they go when the other is.
                for (int i = 0; i < 120; i++) {
                    try (Changes changes = store.begin()) {
                        changes.put(Family.HISTORY, Keys.number(i), new byte[1 << 20]);
                        if (at == gone) changes.put(Family.LOOKS, Keys.number(i), new byte[10]);
                        changes.commit(Changes.Keep.DURABLE);
                    }
                }
                long until = System.nanoTime() + 30_000_000_000L;
                while (Files.size(manifest(at)) == before.length && System.nanoTime() < until) Thread.sleep(20);
                put(store, 1, Changes.Keep.DURABLE);
            }
            if (at == older) {
                Files.write(manifest(at), before);
            } else {
                List<Path> logs = logs(at);
                assertThat(logs).hasSizeGreaterThan(2);
                Files.delete(logs.get(1));
            }
            assertThatThrownBy(() -> Store.open(at, "two"), at.toString()).hasMessageContaining("is damaged");
        }
    }

    private static Path manifest(Path at) throws IOException {
        try (Stream<Path> files = Files.list(at.resolve("state"))) {
            return files.filter(one -> one.getFileName().toString().startsWith("MANIFEST"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    @Test
    void aSealThatCannotBeReadSaysNothing() throws IOException {
        fill(folder);
        Path seal = folder.resolve("sealed");
        byte[] sound = Files.readAllBytes(seal);
        for (byte[] spoilt : new byte[][] {{}, new byte[32], {1, 2, 3}, flipped(sound)}) {
            Files.write(seal, spoilt);
            Store.open(folder, "two").close();
        }
        Files.delete(seal);
        Store.open(folder, "three").close();
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        flipped[0] ^= 1;
        return flipped;
    }

    private static void put(Store store, long key, Changes.Keep keep) {
        try (Changes changes = store.begin()) {
            changes.put(Family.GROUPS, Keys.number(key), new byte[2000]);
            changes.commit(keep);
        }
    }

    private static void cut(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - bytes);
        }
    }

    private static Path newestLog(Path at) throws IOException {
        return logs(at).getLast();
    }

    private static List<Path> logs(Path at) throws IOException {
        try (Stream<Path> files = Files.list(at.resolve("state"))) {
            return files.filter(one -> one.getFileName().toString().matches("\\d+\\.log"))
                    .sorted()
                    .toList();
        }
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
