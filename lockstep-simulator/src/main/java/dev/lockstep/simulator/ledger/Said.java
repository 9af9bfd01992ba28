package dev.lockstep.simulator.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What a record was heard to say of a field, with the bounds of its stamp: they are equal where the platform's stream
 * dates it exactly.
 *
 * @param edit the number of the edit that said it
 * @param value the canonical value; null for a blank
 * @param raw as the platform shows it
 * @param from the earliest stamp it may have been given
 * @param to the latest
 * @param onTop the latest stamp that the value it replaced may carry
 * @param saw of a consent: the stamp of the withdrawal that the value it replaced is known to carry; else undated
 * @param platform the platform's number
 * @param firstSight said by being there when the record was first seen
 * @param maybe it may have been taken for the platform's own doing (semantics, settle)
 */
public record Said(
        long edit,
        @Nullable String value,
        @Nullable String raw,
        long from,
        long to,
        long onTop,
        long saw,
        int platform,
        boolean firstSight,
        boolean maybe) {
    public static final long UNDATED = Long.MIN_VALUE;

    Said as(String word) {
        return new Said(edit, word, raw, from, to, onTop, saw, platform, firstSight, maybe);
    }

    Said unsure() {
        return new Said(edit, value, raw, from, to, onTop, saw, platform, firstSight, true);
    }

    /** The platform's stream has dated it. */
    public boolean exact() {
        return from == to && to != UNDATED && !maybe;
    }

    /** A blank at first sight, which wins only alone. */
    public boolean weakest() {
        return firstSight && value == null;
    }
}
