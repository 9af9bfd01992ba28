package dev.lockstep.app.workspace;

import java.util.List;

/**
 * What may be written for one option: read by the parser, the JSON Schema and the documentation alike.
 *
 * @param name as written in the workspace
 * @param kind what its value looks like
 * @param choices for {@link Kind#CHOICE}: the words allowed
 * @param description one sentence; what holds when it is not given
 */
record OptionRule(String name, Kind kind, List<String> choices, String description) {

    enum Kind {
        /** One value, kept as it is written. */
        TEXT,
        /** true or false. */
        FLAG,
        /** A whole number. */
        COUNT,
        /** {@code 10s}, {@code 5m}, {@code 1h}, {@code 400d}. */
        DURATION,
        /** {@code 20%}. */
        PERCENT,
        /** {@code 10/s}. */
        RATE,
        /** A number between 0 and 1. */
        SHARE,
        /** A CEL expression. */
        EXPRESSION,
        /** true, false or a CEL expression. */
        FLAG_OR_EXPRESSION,
        /** One of a few words. */
        CHOICE,
        /** A list of texts; one text alone is a list of one. */
        TEXTS,
        /** A rule's name, or a list of platforms. */
        KEEP,
        /** A mapping of texts to texts. */
        TABLE,
        /** {@code realtime}, {@code every 15m} or a cron expression. */
        SCHEDULE,
        /** {@code off}, or a mapping of the guard's options. */
        GUARD,
        /** A mapping whose own options are described elsewhere. */
        SECTION
    }

    static OptionRule of(String name, Kind kind, String description) {
        return new OptionRule(name, kind, List.of(), description);
    }

    static OptionRule choice(String name, List<String> choices, String description) {
        return new OptionRule(name, Kind.CHOICE, choices, description);
    }
}
