package dev.lockstep.engine;

import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.engine.view.PlatformView;
import dev.lockstep.engine.view.StatusView;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What the meters show of the status. */
final class Gauges {
    private Gauges() {}

    static void register(Supplier<StatusView> status, Model model, MeterRegistry meters) {
        Gauge.builder("lockstep_customers", () -> status.get().customers()).register(meters);
        Gauge.builder("lockstep_consistency", () -> status.get().consistency()).register(meters);
        for (PlatformModel platform : model.platforms()) {
            gauge("lockstep_records", platform, PlatformView::records, status, meters);
            gauge("lockstep_in_sync", platform, PlatformView::inSync, status, meters);
            gauge("lockstep_pending", platform, PlatformView::pending, status, meters);
            gauge("lockstep_failed", platform, PlatformView::failed, status, meters);
            gauge("lockstep_contested", platform, PlatformView::contested, status, meters);
            gauge("lockstep_held", platform, PlatformView::held, status, meters);
            gauge("lockstep_lag_ms", platform, PlatformView::lagMs, status, meters);
            gauge("lockstep_read", platform, PlatformView::read, status, meters);
            gauge("lockstep_written", platform, PlatformView::written, status, meters);
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
