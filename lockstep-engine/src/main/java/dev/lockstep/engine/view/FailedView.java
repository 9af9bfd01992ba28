package dev.lockstep.engine.view;

import org.jspecify.annotations.Nullable;

/**
 * A write that was refused, set aside until somebody mends the cause.
 *
 * @param id names it for {@code retry} and {@code drop}
 * @param platform where it was refused
 * @param kind {@code update} or {@code create}
 * @param key the record's key; null for a create
 * @param customer the id of its customer
 * @param reason why, one sentence
 * @param sinceMicros when it was first set aside
 */
public record FailedView(
        String id,
        String platform,
        String kind,
        @Nullable String key,
        String customer,
        String reason,
        long sinceMicros) {}
