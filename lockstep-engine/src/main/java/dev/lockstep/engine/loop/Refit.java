package dev.lockstep.engine.loop;

import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.Column;
import dev.lockstep.engine.loop.Fit.Drift;
import dev.lockstep.spi.Description;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what a platform was found to be. A column that is gone, or has become another, is neither read nor written
 * from here on; when it is back, everything is read again in full, and what it held before is compared with care. What
 * was refused is tried again whenever something has changed.
 */
final class Refit {
    private static final Logger LOG = LoggerFactory.getLogger(Refit.class);

    private Refit() {}

    static void described(Turn turn, Lane lane, Input.Described described, Outbox outbox, Consumer<Job> jobs) {
        Fit before = lane.fit;
        Description found = described.found();
        List<Drift> mended = before.mendedIn(Fit.of(lane.model, lane.mappedAs, found, lane.back));
        Map<Integer, Long> back = new TreeMap<>(lane.back);
        for (Drift drift : mended) came(lane, drift, back, turn.nowMicros);
        Fit now = Fit.of(lane.model, lane.mappedAs, found, back);
        boolean same = now.equals(before);
        boolean again = !mended.isEmpty() || same && described.missed();
        if (again && !now.stopped()) {
            Commands.resync(turn, lane.number);
            turn.afterCommit(() -> outbox.again(lane.number));
        }
        if (same) return;
        store(turn, lane.number, now, back);
        turn.fits(now.model());
        boolean replan = turn.books.gateOpen && !again && !now.plansAs(before);
        if (replan) Sweep.begin(turn, new Cause(Cause.Kind.WORKSPACE, -1, turn.nowMicros));
        turn.afterCommit(() -> {
            lane.fit = now;
            lane.back = back;
            turn.books.model = turn.books.model.with(now.model());
            jobs.accept(new Retry(lane.number));
            if (replan) jobs.accept(new Sweep(Loop.SWEEP_GROUPS));
            tell(lane, before, now, mended, outbox);
        });
    }

    private static void came(Lane lane, Drift drift, Map<Integer, Long> back, long nowMicros) {
        for (Column column : lane.model.columns()) {
            if (drift.column() < 0 || drift.column() == column.number()) back.put(column.number(), nowMicros);
        }
    }

    private static void tell(Lane lane, Fit before, Fit now, List<Drift> mended, Outbox outbox) {
        for (Drift drift : now.drifts()) {
            if (before.lacks(drift.column())) continue;
            LOG.warn("{} It is neither read nor written until that is mended. {}", drift.sentence(), drift.remedy());
            outbox.drifted(lane.number, path(now, drift), true, drift.sentence());
        }
        for (Drift drift : mended) {
            LOG.info("Mended, and read again in full: {}", drift.sentence());
            outbox.drifted(lane.number, path(now, drift), false, drift.sentence());
        }
    }

    private static @Nullable String path(Fit fit, Drift drift) {
        return drift.column() < 0
                ? null
                : fit.model().columns().get(drift.column()).path();
    }

    // ---- over restarts

    /** One line for each: the column's number, what is wrong, what mends it; and when each column came back. */
    private static void store(Turn turn, int platform, Fit fit, Map<Integer, Long> back) {
        StringBuilder drifts = new StringBuilder();
        for (Drift drift : fit.drifts()) {
            drifts.append(drift.column()).append('\t');
            drifts.append(flat(drift.sentence()))
                    .append('\t')
                    .append(flat(drift.remedy()))
                    .append('\n');
        }
        StringBuilder times = new StringBuilder();
        back.forEach((column, micros) ->
                times.append(column).append('\t').append(micros).append('\n'));
        turn.meta(Meta.drift(platform), drifts.isEmpty() ? null : drifts.toString());
        turn.meta(Meta.back(platform), times.isEmpty() ? null : times.toString());
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    static void load(Lane lane, @Nullable String drifts, @Nullable String back) {
        Map<Integer, Long> times = new TreeMap<>();
        if (back != null) {
            back.lines()
                    .map(line -> line.split("\t", -1))
                    .forEach(parts -> times.put(Integer.parseInt(parts[0]), Long.parseLong(parts[1])));
        }
        List<Drift> known = new ArrayList<>();
        if (drifts != null) {
            drifts.lines()
                    .map(line -> line.split("\t", -1))
                    .forEach(parts -> known.add(new Drift(Integer.parseInt(parts[0]), parts[1], parts[2])));
        }
        known.removeIf(drift -> drift.column() >= lane.model.columns().size());
        lane.back = times;
        lane.fit = Fit.of(lane.model, known, times);
    }
}
