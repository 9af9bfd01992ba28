package dev.lockstep.engine;

import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.engine.view.PlatformView;
import dev.lockstep.engine.view.StatusView;
import dev.lockstep.spi.SteadyClock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the meters show of the status. */
final class Gauges {
    /** So long the gauges of one scrape share one look at the status. */
    private static final long FRESH_NANOS = 200_000_000;

    private Gauges() {}

    static void register(
            Supplier<StatusView> fresh, Model model, Path folder, SteadyClock clock, MeterRegistry meters) {
        Supplier<StatusView> status = shared(fresh);
        Gauge.builder("lockstep_halted", () -> status.get().halted() == null ? 0 : 1)
                .description("1 while nothing is taken in, since the data folder is full or cannot be written")
                .register(meters);
        Gauge.builder("lockstep_clock_ahead_seconds", () -> clock.aheadMicros() / 1e6)
                .description("By how much Lockstep's time is ahead of the system's clock, since that was set back")
                .register(meters);
        Gauge.builder("lockstep_store_bytes", () -> bytes(folder)).register(meters);
        Gauge.builder("lockstep_customers", () -> status.get().customers()).register(meters);
        Gauge.builder("lockstep_consistency", () -> status.get().consistency()).register(meters);
        for (PlatformModel platform : model.platforms()) {
            if (platform.name().isEmpty()) continue;
            gauge("lockstep_records", platform, PlatformView::records, status, meters);
            gauge("lockstep_in_sync", platform, PlatformView::inSync, status, meters);
            gauge("lockstep_pending", platform, PlatformView::pending, status, meters);
            gauge("lockstep_failed", platform, PlatformView::failed, status, meters);
            gauge("lockstep_contested", platform, PlatformView::contested, status, meters);
            gauge("lockstep_held", platform, PlatformView::held, status, meters);
            gauge("lockstep_unparsed", platform, PlatformView::unparsed, status, meters);
            gauge("lockstep_drift", platform, view -> view.drift().size(), status, meters);
            gauge("lockstep_down", platform, view -> view.error() == null ? 0 : 1, status, meters);
            gauge("lockstep_errors", platform, PlatformView::errors, status, meters);
            gauge("lockstep_reconnects", platform, PlatformView::reconnects, status, meters);
            gauge("lockstep_retained_bytes", platform, PlatformView::retainedBytes, status, meters);
            gauge("lockstep_contact_seconds", platform, view -> view.contactMicros() / 1e6, status, meters);
            gauge("lockstep_lag_ms", platform, PlatformView::lagMs, status, meters);
            gauge("lockstep_read", platform, PlatformView::read, status, meters);
            gauge("lockstep_written", platform, PlatformView::written, status, meters);
        }
    }

    private static Supplier<StatusView> shared(Supplier<StatusView> fresh) {
        record Look(StatusView status, long nanos) {}
        AtomicReference<@Nullable Look> last = new AtomicReference<>();
        return () -> {
            Look look = last.get();
            if (look == null || System.nanoTime() - look.nanos() > FRESH_NANOS) {
                look = new Look(fresh.get(), System.nanoTime());
                last.set(look);
            }
            return look.status();
        };
    }

    private static long bytes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException | UncheckedIOException e) {
            // A file went while it was counted: next time.
            return -1;
        }
    }

    private static void gauge(
            String name,
            PlatformModel platform,
            ToDoubleFunction<PlatformView> of,
            Supplier<StatusView> status,
            MeterRegistry meters) {
        Gauge.builder(
                        name,
                        () -> status.get().platforms().stream()
                                .filter(view -> view.name().equals(platform.name()))
                                .mapToDouble(of)
                                .findFirst()
                                .orElse(0))
                .tag("platform", platform.name())
                .register(meters);
    }
}
