package dev.lockstep.engine.speed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Keep;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.EngineSettings;
import dev.lockstep.engine.GuardRule;
import dev.lockstep.engine.PlainTables;
import dev.lockstep.engine.PlatformLink;
import dev.lockstep.engine.Progress;
import dev.lockstep.engine.store.Store;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everybody is on three platforms; then edits come on all of them, each of which is two writes. Small in the ordinary
 * build, where it shows only that all agree; for figures {@code -Dspeed.customers=100000 -Dspeed.edits=300000
 * -Dspeed.rounds=5}, on one core by {@code taskset}.
 */
class EngineSpeedTest {
    private static final int PLATFORMS = 3;
    private static final int CUSTOMERS = Integer.getInteger("speed.customers", 500);
    private static final int EDITS = Integer.getInteger("speed.edits", 1500);
    private static final int ROUNDS = Integer.getInteger("speed.rounds", 1);
    private static final long PATIENCE_NANOS = 1_800_000_000_000L;
    private static final List<FieldType> TYPES = List.of(
            FieldType.EMAIL,
            FieldType.NAME,
            FieldType.NAME,
            FieldType.PHONE,
            FieldType.TEXT,
            FieldType.TEXT,
            FieldType.COUNTRY,
            FieldType.CONSENT,
            FieldType.TEXT,
            FieldType.TEXT);

    private final List<NullTable> tables = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void editsOnThreePlatformsReachTheOtherTwo() throws Exception {
        List<PlatformLink> links = new ArrayList<>();
        for (int i = 0; i < PLATFORMS; i++) {
            NullTable table = new NullTable(i, CUSTOMERS);
            tables.add(table);
            links.add(new PlatformLink(
                    i, "numbers", table, NullTable.capabilities(), "realtime", null, GuardRule.OFF, List.of()));
        }
        try (Engine engine = engine(links)) {
            Cost cost = new Cost();
            engine.start(Set.of(), Progress.NONE);
            settle(engine);
            cost.say("first sight of %,d customers".formatted(CUSTOMERS), (long) CUSTOMERS * PLATFORMS);
            for (int round = 1; round <= ROUNDS; round++) round(engine, round);
            assertThat(engine.status().customers()).isEqualTo(CUSTOMERS);
        }
        restart(links);
    }

    private Engine engine(List<PlatformLink> links) {
        Store store = Store.open(folder, "a measurement");
        return Engine.open(store, model(), links, EngineSettings.standard(), new SimpleMeterRegistry());
    }

    private void restart(List<PlatformLink> links) throws InterruptedException, IOException {
        long nanos = System.nanoTime();
        try (Engine engine = engine(links)) {
            engine.start(Set.of(), Progress.NONE);
            while (!engine.status().ready()) Thread.sleep(1);
            System.out.printf("engine: ready again after %.2f s%n", (System.nanoTime() - nanos) / 1e9);
            // The first edit after it finds nothing in memory.
            tables.getFirst().edit(1, new Random(7));
            settle(engine);
            System.out.printf("engine: in step again after %.2f s%n", (System.nanoTime() - nanos) / 1e9);
            assertThat(engine.status().customers()).isEqualTo(CUSTOMERS);
        }
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) return;
        long heldMb = (long) PLATFORMS * Numbers.COLUMNS * CUSTOMERS >> 20;
        for (String line : Files.readAllLines(status)) {
            if (!line.startsWith("VmHWM:")) continue;
            long mb = Long.parseLong(line.replaceAll("\\D", "")) >> 10;
            System.out.printf("engine: %d MB resident at most, %d MB of it the platforms' own%n", mb, heldMb);
        }
    }

    private void round(Engine engine, int round) throws InterruptedException, IOException {
        long before = written();
        Cost cost = new Cost();
        for (int i = 0; i < PLATFORMS; i++) tables.get(i).edit(EDITS / PLATFORMS, new Random(31L * round + i));
        settle(engine);
        cost.say("round %d, %,d edits, %,d writes".formatted(round, EDITS, written() - before), EDITS);
        System.out.printf("engine: %,d bytes of data folder a customer%n", bytes(folder) / CUSTOMERS);
        for (NullTable table : tables)
            assertThat(table.rows.differences(tables.getFirst().rows)).isZero();
    }

    private long written() {
        return tables.stream().mapToLong(NullTable::written).sum();
    }

    private void settle(Engine engine) throws InterruptedException {
        long endNanos = System.nanoTime() + PATIENCE_NANOS;
        while (!tables.stream().allMatch(NullTable::isDone) || !engine.status().inStep()) {
            if (System.nanoTime() > endNanos) throw new AssertionError("not in step: " + engine.status());
            Thread.sleep(20);
        }
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        }
    }

    /** What was spent since it was made, by the platforms that only hold numbers too. */
    private static final class Cost {
        private static final OperatingSystemMXBean PROCESS =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        private final long nanos = System.nanoTime();
        private final long busyNanos = PROCESS.getProcessCpuTime();
        private final long bytes = THREADS.getTotalThreadAllocatedBytes();

        void say(String what, long count) {
            double seconds = (System.nanoTime() - nanos) / 1e9;
            System.out.printf(
                    "engine: %s: %.1f s, %,.0f a second; each %.0f us of processor time and %,d bytes%n",
                    what,
                    seconds,
                    count / seconds,
                    (PROCESS.getProcessCpuTime() - busyNanos) / 1e3 / count,
                    (THREADS.getTotalThreadAllocatedBytes() - bytes) / count);
        }
    }

    private static Model model() {
        List<Field> fields = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < Numbers.COLUMNS; i++) {
            FieldType type = TYPES.get(i);
            Keep keep = type == FieldType.CONSENT ? Keep.CONSENT : Keep.LATEST;
            boolean identifies = i == Numbers.EMAIL;
            fields.add(new Field(i, "field" + i, type, Settings.NONE, keep, identifies, i, 3, false, null, false));
            names.add("field" + i);
        }
        List<Column> columns = PlainTables.columns(names, TYPES);
        List<PlatformModel> platforms = new ArrayList<>();
        for (int i = 0; i < PLATFORMS; i++) {
            platforms.add(PlainTables.platform(i, columns, PlatformModel.OnDelete.DELETE, true));
        }
        return new Model(fields, platforms, Model.GROUP_LIMIT);
    }
}
