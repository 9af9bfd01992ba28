package dev.lockstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.spi.SteadyClock;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The system's clock is set back by an hour, and nothing waits for it. */
@Timeout(180)
class ClockTest {
    private static final long HOUR_MICROS = 3_600_000_000L;

    @TempDir
    Path folder;

    private final AtomicLong backMicros = new AtomicLong();

    private SteadyClock clock() {
        return new SteadyClock(() -> Instant.now().minus(backMicros.get(), ChronoUnit.MICROS), System::nanoTime);
    }

    @Test
    void afterAClockWasSetBackByAnHourRetriesLooksAndEditsGoOnAtOnceAlsoInANewProcess() throws Exception {
        Town town = new Town(folder, 2);
        town.clock = clock();
        for (int i = 0; i < 4; i++) town.table(i % 2).put("k" + i, "p" + i + "@x.com", "Name" + i, "City");
        try (Engine engine = town.engine()) {
            engine.start(Set.of(), Progress.NONE);
            Town.await("in step", () -> engine.status().inStep() && same(town));
            edit(town, "Before");
            backMicros.set(HOUR_MICROS);
            town.table(1).busy = false;
            Town.await("the write was tried again", () -> engine.status().inStep() && same(town));
            town.table(1).edit("k1", Town.CITY, "Later");
            Town.await("an edit", () -> engine.status().inStep() && same(town));
            assertThat(town.clock.aheadMicros()).isGreaterThan(HOUR_MICROS - 120_000_000L);
            edit(town, "Between");
        }
        backMicros.set(2 * HOUR_MICROS);
        town.clock = clock();
        town.table(1).busy = false;
        try (Engine engine = town.engine()) {
            engine.start(Set.of(), Progress.NONE);
            Town.await("in step again", () -> engine.status().inStep() && same(town));
            town.table(1).delete("k3");
            Town.await("a deletion", () -> engine.status().inStep());
        }
        assertThat(town.table(1).contents().toString()).contains("Between").contains("Later");
    }

    /** An edit whose write waits to be tried again. */
    private static void edit(Town town, String name) throws InterruptedException {
        town.table(1).busy = true;
        town.table(0).edit("k0", Town.NAME, name);
        Thread.sleep(1000);
        assertThat(same(town)).isFalse();
    }

    private static boolean same(Town town) {
        return FullDiskTest.same(town);
    }
}
