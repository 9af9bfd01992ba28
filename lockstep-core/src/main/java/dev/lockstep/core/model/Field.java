package dev.lockstep.core.model;

import dev.lockstep.core.expression.Expression;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import org.jspecify.annotations.Nullable;

/**
 * A field of the company's own customer model.
 *
 * @param number its number, given once: the index in {@link Model#fields()}
 * @param name as in the workspace
 * @param type decides what is equal
 * @param settings what the type's normaliser needs (region, zone)
 * @param keep which claim is golden
 * @param identifies equal values mean the same customer
 * @param order place in the workspace's model: identifiers are taken in this order
 * @param sharedLimit claimed by more records of one platform than this, a value identifies nobody
 * @param vetoes records that claim different values of it are not one customer
 * @param computed for a computed field: the expression; it has no claims
 * @param retired no longer in the workspace: kept, paused
 */
public record Field(
        int number,
        String name,
        FieldType type,
        Settings settings,
        Keep keep,
        boolean identifies,
        int order,
        int sharedLimit,
        boolean vetoes,
        @Nullable Expression computed,
        boolean retired) {

    public boolean isConsent() {
        return type == FieldType.CONSENT;
    }
}
