package dev.lockstep.simulator.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What somebody did in one cell.
 *
 * @param number counts from 1
 * @param platform the platform's number
 * @param key the record's key then
 * @param column the column's number
 * @param field the number of the field that the column carries
 * @param raw what the platform holds now
 * @param value the canonical value; null for a blank
 * @param atMicros when, by true time
 * @param platformMicros when, by the platform's clock
 * @param byTrigger the platform's own trigger did it
 */
public record Edit(
        long number,
        int platform,
        String key,
        int column,
        int field,
        @Nullable String raw,
        @Nullable String value,
        long atMicros,
        long platformMicros,
        boolean byTrigger) {}
