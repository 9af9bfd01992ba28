package dev.lockstep.engine;

import dev.lockstep.engine.delivery.Reader;
import dev.lockstep.engine.loop.Books;
import dev.lockstep.engine.loop.Lane;
import dev.lockstep.engine.loop.Totals;
import dev.lockstep.engine.view.DriftView;
import dev.lockstep.engine.view.PlatformView;
import dev.lockstep.engine.view.StatusView;
import dev.lockstep.spi.PlatformException;
import dev.lockstep.spi.Watches;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Waits until a run has seen everything that was there when it was asked, and has spread it. */
final class Syncing {
    private static final long PATIENCE_MICROS = 30_000_000;
    private static final long LEFT_MICROS = 60_000_000;
    private static final long LOOK_MS = 10;
    private static final long REPORT_NANOS = 250_000_000;

    private final Run run;
    private final Progress progress;
    private final Totals before;
    private long reportedNanos = System.nanoTime() - REPORT_NANOS;

    Syncing(Run run, Progress progress) {
        this.run = run;
        this.progress = progress;
        this.before = run.books().totals();
    }

    /** Waits until every platform has been read up to now. */
    void readAll() throws InterruptedException {
        Map<Integer, Long> looks = new HashMap<>();
        for (Lane lane : run.lanes()) {
            Reader reader = run.reader(lane.number());
            if (reader == null) continue;
            looks.put(lane.number(), reader.looks());
            reader.lookNow();
        }
        Map<Integer, String> targets = new HashMap<>();
        while (!reached(targets, looks)) pause();
    }

    private boolean reached(Map<Integer, String> targets, Map<Integer, Long> looks) {
        boolean all = true;
        for (Lane lane : run.lanes()) {
            PlatformLink link = run.link(lane.number());
            if (!lane.active() || link == null) continue;
            mustAnswer(lane);
            if (lane.listing() || lane.relist() || !lane.read()) {
                all = false;
            } else if (link.platform() instanceof Watches watches && link.sync().equals("realtime")) {
                all &= passed(lane, watches, targets);
            } else {
                Reader reader = run.reader(lane.number());
                all &= reader == null || reader.looks() > looks.getOrDefault(lane.number(), 0L);
            }
        }
        return all;
    }

    private static boolean passed(Lane lane, Watches watches, Map<Integer, String> targets) {
        String position = lane.position();
        if (position == null) return false;
        String target = targets.get(lane.number());
        if (target == null) {
            try {
                target = watches.now();
            } catch (PlatformException e) {
                return false;
            }
            targets.put(lane.number(), target);
        }
        return watches.reached(position, target);
    }

    private void mustAnswer(Lane lane) {
        long failing = lane.failingForMicros(run.nowMicros());
        String error = lane.error;
        if (error == null || !(lane.lasting || failing > PATIENCE_MICROS)) return;
        String remedy = lane.remedy;
        String without = "Or go on without it: --without " + lane.model.name() + ".";
        throw new EngineException(error, remedy == null ? without : remedy + "\n" + without);
    }

    /**
     * Waits until nothing is left to do that Lockstep can do by itself.
     *
     * @param some only some customers may be written: others are left
     * @return whether all that may be written is
     */
    boolean converge(boolean some) throws InterruptedException {
        long written = -1;
        long stuckSince = run.nowMicros();
        long last = -1;
        while (true) {
            readAll();
            rest();
            Totals totals = run.books().totals();
            long now = total(totals);
            if (now != last) stuckSince = run.nowMicros();
            last = now;
            boolean left = !some && pending() > 0;
            // Our own last writes, and what they set off on the platforms, have to have been seen too.
            if (now == written && !left) return true;
            if (left && run.nowMicros() - stuckSince > LEFT_MICROS) return false;
            if (now == written) Thread.sleep(200);
            written = now;
        }
    }

    /** Waits until no want, write or look is on its way. */
    private void rest() throws InterruptedException {
        while (!run.ask(turn -> run.books().quiet())) pause();
    }

    long read() {
        return run.lanes().stream()
                .mapToLong(lane -> run.books().totals().read(lane.number()) - before.read(lane.number()))
                .sum();
    }

    long written() {
        return total(run.books().totals()) - total(before);
    }

    private long total(Totals totals) {
        return run.lanes().stream()
                .mapToLong(lane -> totals.written(lane.number()))
                .sum();
    }

    private long pending() {
        StatusView status = Statuses.of(run);
        return status.platforms().stream()
                .filter(view -> !view.state().equals("idle") && !view.state().equals("paused"))
                .mapToLong(PlatformView::pending)
                .sum();
    }

    private void pause() throws InterruptedException {
        run.mustLive();
        for (Lane lane : run.lanes()) if (lane.active()) mustAnswer(lane);
        report(false);
        Thread.sleep(LOOK_MS);
    }

    /** Tells how far it is. */
    void report(boolean now) {
        if (!now && System.nanoTime() - reportedNanos < REPORT_NANOS) return;
        reportedNanos = System.nanoTime();
        Books books = run.books();
        for (Lane lane : run.lanes()) {
            if (lane.active() && lane.listing()) {
                progress.at(Progress.Phase.READING, lane.model.name(), lane.shownSoFar(), lane.expected);
            }
        }
        if (books.sweeping()) {
            progress.at(
                    Progress.Phase.PLANNING, "", books.swept(), books.totals().groups());
        } else if (books.gateOpen()) {
            long done = written();
            long pending = pending();
            if (done + pending > 0) progress.at(Progress.Phase.WRITING, "", done, done + pending);
        }
    }

    static List<String> leftovers(StatusView status) {
        List<String> left = new ArrayList<>();
        for (PlatformView view : status.platforms()) {
            if (view.failed() > 0) {
                left.add(view.failed() + " writes to " + view.name() + " were refused: see `lockstep failed`.");
            }
            for (DriftView drift : view.drift()) left.add(drift.sentence() + " " + drift.remedy());
        }
        return left;
    }
}
