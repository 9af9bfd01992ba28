package dev.lockstep.engine;

import dev.lockstep.core.model.Field;
import dev.lockstep.core.state.Status;
import dev.lockstep.engine.loop.Books;
import dev.lockstep.engine.loop.Lane;
import dev.lockstep.engine.loop.Totals;
import dev.lockstep.engine.view.DriftView;
import dev.lockstep.engine.view.PlatformView;
import dev.lockstep.engine.view.ReviewView;
import dev.lockstep.engine.view.StatusView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How things stand, from the totals that the loop keeps. */
final class Statuses {
    private static final int SHOWN_CONTESTS = 3;

    private Statuses() {}

    static StatusView of(Run run) {
        Books books = run.books();
        // Before the totals: those of before the gate opened know nothing of what is still to be planned.
        boolean ready = books.gateOpen();
        Totals totals = books.totals();
        List<PlatformView> platforms = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        long held = 0;
        long scope = 0;
        List<Lane> lanes = new ArrayList<>(run.lanes());
        lanes.sort(
                Comparator.comparing((Lane lane) -> lane.model.retired()).thenComparingInt(lane -> lane.model.order()));
        for (Lane lane : lanes) {
            if (lane.model.name().isEmpty()) continue;
            PlatformView view = view(run, lane, totals);
            platforms.add(view);
            if (lane.model.retired()) {
                notes.add("Platform " + view.name() + " is no longer in the workspace: it is paused, and its claims are"
                        + " kept until `lockstep forget " + view.name() + "`.");
                continue;
            }
            if (!lane.model.writable()) continue;
            held += view.inSync();
            scope += view.records() - view.outOfScope() + creates(totals, lane.number());
        }
        for (Field field : books.model().fields()) {
            if (!field.retired()) continue;
            notes.add(
                    "Field " + field.name() + " is no longer in the workspace: it is paused, and its claims are kept.");
        }
        if (books.restored() != null) {
            notes.add("What is known is a copy of " + books.restored()
                    + ", put back: nothing is written before every platform has been read again.");
        }
        if (!ready && run.started()) {
            for (Lane lane : books.unread()) {
                notes.add("Nothing is written before " + lane.model.name() + " has been read once in full.");
            }
        }
        books.approvals().forEach(stopped -> notes.add(stopped.why()));
        long contested = platforms.stream().mapToLong(PlatformView::contested).sum();
        if (contested > 0) notes.addAll(contests(run, contested));
        double consistency = scope == 0 ? 1 : (double) held / scope;
        return new StatusView(totals.customers(), consistency, books.allPaused(), ready, platforms, notes, null);
    }

    /** Both values of the first few, and where the others are. */
    private static List<String> contests(Run run, long records) {
        List<String> notes = new ArrayList<>();
        for (ReviewView one : run.reviews().list(SHOWN_CONTESTS)) {
            notes.add(one.platform() + " " + one.key() + " keeps changing " + one.column() + " back to "
                    + quoted(one.theirs()) + "; we wrote " + quoted(one.ours()) + ".");
        }
        notes.add("Contested in " + records + (records == 1 ? " record" : " records")
                + ": left alone until answered. See `lockstep review`.");
        return notes;
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "nothing" : "\"" + text + "\"";
    }

    private static long creates(Totals totals, int platform) {
        return totals.pendingCreates(platform) + totals.failedCreates(platform) + totals.heldCreates(platform);
    }

    private static PlatformView view(Run run, Lane lane, Totals totals) {
        int number = lane.number();
        PlatformLink link = run.link(number);
        List<DriftView> drift = lane.drift();
        DriftView stop =
                drift.stream().filter(one -> one.column() == null).findFirst().orElse(null);
        String error = lane.error;
        return new PlatformView(
                lane.model.name(),
                link == null ? "" : link.type(),
                state(run, lane),
                totals.records(number),
                totals.of(number, Status.IN_SYNC) + totals.of(number, Status.TAKEN),
                totals.of(number, Status.PENDING) + totals.pendingCreates(number),
                totals.of(number, Status.FAILED) + totals.failedCreates(number),
                totals.of(number, Status.CONTESTED),
                totals.of(number, Status.HELD) + totals.heldCreates(number),
                totals.of(number, Status.UNPARSED),
                totals.of(number, Status.TAKEN) + totals.takenCreates(number),
                totals.of(number, Status.UNREAD),
                totals.of(number, Status.OUT_OF_SCOPE),
                lane.lagMs(run.nowMicros()),
                totals.read(number),
                totals.written(number),
                lane.listing() ? lane.expected : -1,
                error == null ? stop == null ? null : stop.sentence() : error,
                error == null ? stop == null ? null : stop.remedy() : lane.remedy,
                drift.stream().filter(one -> one.column() != null).toList(),
                lane.errors(),
                lane.reconnected(),
                lane.contactMicros(),
                lane.retainedBytes);
    }

    private static String state(Run run, Lane lane) {
        if (lane.model.retired()) return "retired";
        if (lane.paused() || run.books().allPaused()) return "paused";
        if (!run.started() || !lane.active()) return "idle";
        if (lane.error != null || lane.stopped()) return "down";
        return lane.listing() || !lane.read() ? "reading" : "running";
    }
}
