package dev.lockstep.app.demo;

import dev.lockstep.engine.view.ChangeEvent;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Shows how changes spread: one calm line for each edit, with where it went and in how many milliseconds. Takes events
 * from the engine's threads, prints when {@link #tick} is called, and keeps the times for the summary.
 */
final class Spread {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    /** So long after its latest write an edit is taken to have arrived everywhere. */
    private static final long RESTED_MICROS = 300_000;
    /** An edit that goes nowhere (it lost, or nobody else holds the field) is forgotten. */
    private static final long FORGOTTEN_MICROS = 10_000_000;

    private static final int LINES_AT_ONCE = 6;

    private final PrintWriter out;
    private final Paint paint;
    private final Map<String, Ripple> ripples = new LinkedHashMap<>();
    private final List<Long> tookMs = new ArrayList<>();

    Spread(PrintWriter out, Paint paint) {
        this.out = out;
        this.paint = paint;
    }

    /** Of one edit: what was said, and by which platforms it was heard in how many ms. */
    private static final class Ripple {
        final ChangeEvent said;
        final Map<String, Long> heard = new TreeMap<>();
        long latestMicros;

        Ripple(ChangeEvent said) {
            this.said = said;
            latestMicros = said.atMicros();
        }
    }

    synchronized void follow(ChangeEvent event) {
        switch (event.kind()) {
            case "edit", "first_sight" -> said(event);
            case "wrote", "created", "renamed" -> heard(event);
            case "joined" -> ripples.put("joined " + event.sequence(), new Ripple(event));
            default -> {
                // What was read, spelled or refused is in `lockstep events` and on the status page.
            }
        }
    }

    private void said(ChangeEvent event) {
        // A new record says many things at once: one line will do.
        var field = event.kind().equals("edit") ? String.valueOf(event.field()) : "";
        ripples.putIfAbsent(key(event.platform(), event.key(), field), new Ripple(event));
    }

    private void heard(ChangeEvent event) {
        if (event.sourcePlatform() == null || event.sourceKey() == null) {
            return;
        }
        var whole = ripples.get(key(event.sourcePlatform(), event.sourceKey(), ""));
        var ripple = ripples.getOrDefault(
                key(event.sourcePlatform(), event.sourceKey(), String.valueOf(event.field())), whole);
        if (event.tookMs() >= 0 && ripple != null) {
            tookMs.add(event.tookMs());
        }
        if (ripple != null) {
            ripple.heard.merge(event.platform(), event.tookMs(), Math::max);
            ripple.latestMicros = Math.max(ripple.latestMicros, event.atMicros());
        }
    }

    private static String key(String platform, String key, String field) {
        return platform + '\t' + key + '\t' + field;
    }

    /** Prints what has come to rest by now. */
    synchronized void tick(Instant now) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        int lines = 0;
        int more = 0;
        for (var each = ripples.values().iterator(); each.hasNext(); ) {
            var ripple = each.next();
            boolean shown = !ripple.heard.isEmpty() || ripple.said.kind().equals("joined");
            if (micros - ripple.latestMicros < (shown ? RESTED_MICROS : FORGOTTEN_MICROS)) {
                continue;
            }
            each.remove();
            if (shown && lines++ < LINES_AT_ONCE) {
                out.println(line(ripple));
            } else if (shown) {
                more++;
            }
        }
        if (more > 0) {
            out.println(paint.dim("          … and " + more + " more"));
        }
    }

    private String line(Ripple ripple) {
        var said = ripple.said;
        var at = CLOCK.format(Instant.EPOCH.plus(said.atMicros(), ChronoUnit.MICROS));
        if (said.kind().equals("joined")) {
            return "%s  %s  %s"
                    .formatted(
                            paint.dim(at),
                            paint.platform("%-10s".formatted(said.platform())),
                            "two customers turn out to be one");
        }
        var arrows = new ArrayList<String>();
        ripple.heard.forEach(
                (platform, ms) -> arrows.add(paint.platform(platform) + (ms < 0 ? "" : " " + paint.ms(ms))));
        var what = said.kind().equals("edit")
                ? said.field() + ": " + quoted(said.before()) + " → " + quoted(said.after())
                : "somebody new: " + said.key();
        return "%s  %s  %s  %s"
                .formatted(
                        paint.dim(at),
                        paint.platform("%-10s".formatted(said.platform())),
                        what,
                        paint.dim("→ ") + String.join(paint.dim(" · "), arrows));
    }

    private static String quoted(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "nothing" : value.length() > 40 ? value.substring(0, 39) + "…" : value;
    }

    /** Forgets the times so far: a summary is of what comes now. */
    synchronized void restart() {
        tookMs.clear();
    }

    /** The time in which this share of the writes reached their platform, in milliseconds; -1 when there were none. */
    synchronized long quantileMs(double share) {
        if (tookMs.isEmpty()) {
            return -1;
        }
        long[] sorted = tookMs.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }
}
