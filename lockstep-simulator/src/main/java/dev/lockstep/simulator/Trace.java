package dev.lockstep.simulator;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What happened, as one rolling hash; and, when a single seed is looked at, as lines for people. */
public final class Trace {
    private final @Nullable Consumer<String> lines;
    private long hash = 0xcbf29ce484222325L;

    public Trace(@Nullable Consumer<String> lines) {
        this.lines = lines;
    }

    /** Part of what must be the same whenever the seed is the same. */
    public void note(long micros, long one, long other) {
        mix(micros);
        mix(one);
        mix(other);
    }

    public void line(long micros, Supplier<String> text) {
        if (lines == null) return;
        long inRun = micros - Simulation.START_MICROS;
        lines.accept("%10.3f  %s".formatted(inRun / 1e6, text.get()));
    }

    public boolean told() {
        return lines != null;
    }

    public long hash() {
        return hash;
    }

    private void mix(long value) {
        hash = (hash ^ value) * 0x100000001b3L;
        hash ^= hash >>> 29;
    }
}
