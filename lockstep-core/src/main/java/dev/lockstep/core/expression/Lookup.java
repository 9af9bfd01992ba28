package dev.lockstep.core.expression;

import dev.lockstep.core.normalise.Value;
import org.jspecify.annotations.Nullable;

/** What an expression asks about one customer while it is evaluated. */
@FunctionalInterface
public interface Lookup {

    /** The value of a field, trait or computed field of that name; null where the customer has none. */
    @Nullable
    Value value(String field);

    /** Whether the customer is in the audience of that name: one of those given when the expression was compiled. */
    default boolean inAudience(String name) {
        return false;
    }
}
