package dev.lockstep.bench.speed;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one pipeline came to at one kind of work in one round.
 *
 * @param values by the names below; empty where it failed
 * @param failure why there are none
 */
record Figure(
        String pipeline,
        int round,
        Work work,
        Map<String, Double> values,
        @Nullable String failure) {

    static final String ROWS = "rows/s";
    static final String CHANGES = "changes/s";
    static final String AFTER_START = "a second after start-up";
    static final String SECONDS = "s";
    static final String START = "s start-up";

    /** Of the pipeline and of all servers. */
    static final String PROCESSOR = "s of processor";

    static final String OWN_PROCESSOR = "s of it outside the servers";
    static final String MEMORY = "MB";
    static final String HALF = "ms p50";
    static final String MOST = "ms p99";
    static final String LONGEST = "ms longest";

    /** What there is to do, and by which figure pipelines are compared. */
    enum Work {
        FIRST_COPY("first copy", ROWS),
        CATCH_UP("catch-up", CHANGES),
        DELAY("delay", HALF);

        final String title;
        final String by;

        Work(String title, String by) {
            this.title = title;
            this.by = by;
        }
    }
}
