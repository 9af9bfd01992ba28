package dev.lockstep.app.cli;

import dev.lockstep.engine.Progress;
import dev.lockstep.engine.view.FirstSyncView;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says how far long work has come: a line that moves on a terminal, a plain line every ten seconds elsewhere. */
final class ProgressLines implements Progress, AutoCloseable {
    private static final long TERMINAL_EVERY_NANOS = 200_000_000L;
    private static final long ELSEWHERE_EVERY_NANOS = 10_000_000_000L;
    private static final Map<Phase, String> WORDS = new EnumMap<>(Map.of(
            Phase.READING, "read",
            Phase.PLANNING, "planned",
            Phase.WRITING, "in step",
            Phase.COMPARING, "compared"));

    /** Where a count stood when it was first told, for its rate. */
    private record Begin(long done, long nanos) {}

    private final PrintWriter err;
    private final boolean terminal;
    private final boolean quiet;
    private final Map<String, Begin> begins = new HashMap<>();
    private long toldNanos;
    private boolean open;

    ProgressLines(PrintWriter err, boolean terminal, boolean quiet) {
        this.err = err;
        this.terminal = terminal;
        this.quiet = quiet;
        this.toldNanos = System.nanoTime();
    }

    @Override
    public synchronized void at(Phase phase, String platform, long done, long total) {
        if (quiet) return;
        long now = System.nanoTime();
        Begin begin = begins.computeIfAbsent(phase + platform, key -> new Begin(done, now));
        if (now - toldNanos < (terminal ? TERMINAL_EVERY_NANOS : ELSEWHERE_EVERY_NANOS)) return;
        toldNanos = now;
        String line = line(phase, platform, done, total, rate(begin, done, now));
        if (terminal) {
            err.print("\r\033[K" + line);
            open = true;
        } else {
            err.println(line);
        }
        err.flush();
    }

    @Override
    public synchronized void first(List<FirstSyncView> platforms) {
        if (quiet) return;
        end();
        for (FirstSyncView one : platforms) err.println(line(one));
        err.flush();
    }

    /** {@code The first sync of shop: 1,020 records to create, 610 to overwrite, 590 to fill in.} */
    static String line(FirstSyncView one) {
        String guarded = one.losses() + one.deletes() == 0
                ? "."
                : "; " + count(one.losses()) + " would lose a value or a consent and " + count(one.deletes())
                        + " be deleted: if these are too many they wait for `lockstep approve`.";
        return "The first sync of " + one.platform() + ": " + count(one.creates()) + " records to create, "
                + count(one.overwrites()) + " to overwrite, " + count(one.fills()) + " to fill in" + guarded;
    }

    private static double rate(Begin begin, long done, long now) {
        long nanos = now - begin.nanos;
        return nanos <= 0 ? 0 : (done - begin.done) * 1e9 / nanos;
    }

    /** {@code shop: read 12,000 of about 60,000 (20 %), 8,000 a second, 6 s left}. */
    static String line(Progress.Phase phase, String platform, long done, long total, double rate) {
        StringBuilder line = new StringBuilder(platform.isEmpty() ? "" : platform + ": ");
        line.append(WORDS.get(phase)).append(' ').append(count(done));
        if (total >= 0) line.append(" of about ").append(count(Math.max(total, done)));
        if (total > 0)
            line.append(" (").append(Math.min(100, done * 100 / total)).append(" %)");
        if (rate >= 1) line.append(", ").append(count(Math.round(rate))).append(" a second");
        if (rate >= 1 && total > done)
            line.append(", ").append(left((total - done) / rate)).append(" left");
        return line.toString();
    }

    private static String left(double seconds) {
        long whole = Math.round(seconds);
        return whole < 120 ? whole + " s" : whole < 7200 ? whole / 60 + " min" : whole / 3600 + " h";
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    @Override
    public void close() {
        end();
    }

    /** Ends the moving line. */
    synchronized void end() {
        if (open) {
            err.print("\r\033[K");
            err.flush();
            open = false;
        }
    }
}
