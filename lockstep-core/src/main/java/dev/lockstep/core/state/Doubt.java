package dev.lockstep.core.state;

import org.jspecify.annotations.Nullable;

/**
 * A consent was shown as a write of ours, of which nobody knows yet what came of it, was to leave it: that may have
 * been us, or a person who said the same.
 *
 * @param withdraws it was shown as withdrawn: until it is known whose word that is, it counts as a person's
 * @param micros when it was said, should a person have said it
 * @param carriedMicros the stamp that the value carries, should it be ours
 * @param shown by what version of the record; where there are none, when it was last seen so, and 0 for by a receipt
 * @param raw what it showed
 */
public record Doubt(
        boolean withdraws,
        long micros,
        long carriedMicros,
        long shown,
        @Nullable String raw) {}
