package dev.lockstep.app.demo;

import dev.lockstep.engine.Engine;
import dev.lockstep.engine.Progress;
import dev.lockstep.engine.view.PlatformView;
import dev.lockstep.engine.view.StatusView;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the demo shows, in its order. */
final class Demo {

    private static final long CONVERGE_MS = 180_000;
    private static final long STANDING_EVERY_TICKS = 75;
    private static final int SHORT_LIFE = 120;

    private final PrintWriter out;
    private final Paint paint;
    private final Engine engine;
    private final DemoPostgres postgres;
    private final Spread spread;

    Demo(PrintWriter out, Paint paint, Engine engine, DemoPostgres postgres) {
        this.out = out;
        this.paint = paint;
        this.engine = engine;
        this.postgres = postgres;
        this.spread = new Spread(out, paint);
    }

    void introduce(String link) {
        out.println();
        out.println(paint.strong("Lockstep demo")
                + ": three databases that each know about two thousand people, and do not" + " quite agree.");
        out.println("  " + paint.platform("shop") + "        bigint keys, ISO dates, E.164 phones      "
                + paint.dim(postgres.url("shop")));
        out.println("  " + paint.platform("crm") + "         uuid keys, dd/MM/yyyy, national phones    "
                + paint.dim(postgres.url("crm")));
        out.println("  " + paint.platform("newsletter") + "  the e-mail is the key, the rest is JSON   "
                + paint.dim(postgres.url("newsletter")));
        out.println("Status page: " + paint.strong(link));
        out.println();
        out.flush();
    }

    /** Waits until nothing is left to do; says what it took. False when that does not come. */
    boolean converge(String which) throws InterruptedException {
        long began = System.nanoTime();
        long written = written(engine.status());
        StatusView status;
        do {
            engine.sync(Engine.SyncRequest.ALL, Progress.NONE);
            status = engine.status();
            if (!status.inStep()) {
                Thread.sleep(100);
            }
        } while (!status.inStep() && millisSince(began) < CONVERGE_MS);
        if (!status.inStep()) {
            out.println(paint.bad("Not in step after " + CONVERGE_MS / 1000 + " s. ") + DemoCommand.standing(status));
        } else {
            out.println(String.format(
                    Locale.ROOT,
                    which.equals("first")
                            ? "In step: %s customers, %s records; %s writes in %.1f s."
                            : "In step again:"
                                    + " %s customers, %s records; %s more writes, %.1f s after the last edit.",
                    count(status.customers()),
                    count(records(status)),
                    count(written(status) - written),
                    millisSince(began) / 1000.0));
        }
        out.flush();
        return status.inStep();
    }

    /** A short life, then the reckoning: by what the engine says, and by what the databases hold. */
    boolean once() throws SQLException, InterruptedException {
        long edits;
        try (var following = engine.follow(spread::follow);
                var life = new Life(postgres, 7)) {
            out.println("Life goes on: " + SHORT_LIFE + " events …");
            out.flush();
            life.liveShortly(SHORT_LIFE);
            edits = life.happened();
            boolean inStep = converge("again");
            Thread.sleep(300);
            spread.tick(Instant.now().plusSeconds(60));
            return summary(edits, inStep);
        }
    }

    private boolean summary(long edits, boolean inStep) throws SQLException {
        var status = engine.status();
        var agreement = Agreement.of(postgres);
        out.println();
        for (var difference : agreement.differences().stream().limit(10).toList()) {
            out.println(paint.bad("  differs: ") + difference);
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("customers", count(status.customers())));
        rows.add(List.of(
                "records", count(records(status)) + " on " + status.platforms().size() + " platforms"));
        rows.add(List.of("edits", count(edits) + " rows changed by the short life"));
        rows.add(List.of(
                "spread",
                "p50 " + spread.quantileMs(0.5) + " ms, p99 " + spread.quantileMs(0.99)
                        + " ms from commit to receipt"));
        rows.add(List.of(
                "read back",
                count(agreement.compared()) + " pairs of rows compared, "
                        + count(agreement.differences().size()) + " differences"));
        rows.add(List.of("consistency", String.valueOf(status.consistency())));
        boolean good =
                inStep && status.consistency() == 1.0 && agreement.differences().isEmpty();
        for (var row : rows) {
            out.println("  " + paint.dim("%-12s".formatted(row.getFirst())) + row.getLast());
        }
        out.println(good ? paint.good("All three agree.") : paint.bad("They do not agree."));
        out.flush();
        return good;
    }

    /** Shows what spreads until told to stop; {@code perSecond} events of its own making, 0: none. */
    void show(double perSecond, CountDownLatch stop) throws SQLException, InterruptedException {
        out.println(
                perSecond > 0
                        ? "Life goes on in them; this is what spreads. Ctrl-C ends it."
                        : "Change something in one of them, and see it spread. Ctrl-C ends it.");
        out.println(paint.dim("  psql " + postgres.url("crm")));
        out.flush();
        try (var following = engine.follow(spread::follow);
                var life = new Life(postgres, System.currentTimeMillis())) {
            var living = perSecond > 0 ? living(life, perSecond) : null;
            for (long ticks = 1; !stop.await(200, TimeUnit.MILLISECONDS); ticks++) {
                spread.tick(Instant.now());
                if (ticks % STANDING_EVERY_TICKS == 0) {
                    standing();
                }
                out.flush();
            }
            if (living != null) {
                living.interrupt();
                living.join();
            }
        }
    }

    private Thread living(Life life, double perSecond) {
        return Thread.ofPlatform().daemon().name("life").start(() -> {
            try {
                life.live(perSecond);
            } catch (SQLException e) {
                if (!Thread.currentThread().isInterrupted()) {
                    out.println(paint.bad("Life stopped: ") + e.getMessage());
                }
            }
        });
    }

    private void standing() {
        var status = engine.status();
        out.println(paint.dim("          %s customers · %s records · consistency %.4f · p50 %d ms · p99 %d ms"
                .formatted(
                        count(status.customers()),
                        count(records(status)),
                        status.consistency(),
                        spread.quantileMs(0.5),
                        spread.quantileMs(0.99))));
    }

    private static long records(StatusView status) {
        return status.platforms().stream().mapToLong(PlatformView::records).sum();
    }

    private static long written(StatusView status) {
        return status.platforms().stream().mapToLong(PlatformView::written).sum();
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
