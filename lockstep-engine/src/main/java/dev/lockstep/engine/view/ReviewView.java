package dev.lockstep.engine.view;

import org.jspecify.annotations.Nullable;

/**
 * Something that only a person can settle: a value that its platform keeps changing back.
 *
 * @param id names it for an answer
 * @param kind {@code contested}
 * @param platform where it is
 * @param key the record's key there
 * @param customer the id of its customer
 * @param field our field; null for a computed column
 * @param column the platform's column
 * @param ours what should be there, in the platform's form, as last written
 * @param theirs what the platform holds
 * @param sinceMicros when the platform first changed it back of late
 */
public record ReviewView(
        String id,
        String kind,
        String platform,
        String key,
        String customer,
        @Nullable String field,
        String column,
        @Nullable String ours,
        @Nullable String theirs,
        long sinceMicros) {}
