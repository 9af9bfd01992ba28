package dev.lockstep.engine.view;

import org.jspecify.annotations.Nullable;

/**
 * Something happened to a record: who said what, and where it went. {@code drifted} and {@code mended} are about a
 * platform, or a column of it: they name no customer and no key.
 *
 * @param sequence counts events since this process began
 * @param atMicros when we learnt of it
 * @param kind {@link dev.lockstep.core.machine.Fact.Kind} in lower case: {@code edit}, {@code wrote}, {@code created} …
 * @param customer the id of its customer
 * @param platform where it happened
 * @param key the record's key there
 * @param field the field; null where none is meant
 * @param column the column; null where none is meant
 * @param before the raw value before
 * @param after the raw value after
 * @param sourcePlatform for a write: the platform whose value it carries; else null
 * @param sourceKey for a write: the key of the record that said it; else null
 * @param tookMs for a write: milliseconds from the edit's commit to the receipt, where the edit is dated; else -1
 * @param detail rule, reason or evidence, for people
 */
public record ChangeEvent(
        long sequence,
        long atMicros,
        String kind,
        String customer,
        String platform,
        String key,
        @Nullable String field,
        @Nullable String column,
        @Nullable String before,
        @Nullable String after,
        @Nullable String sourcePlatform,
        @Nullable String sourceKey,
        long tookMs,
        String detail) {}
