package dev.lockstep.core.plan;

import dev.lockstep.core.expression.Expression;
import dev.lockstep.core.golden.Golden;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Value;
import org.jspecify.annotations.Nullable;

/** Asks expressions of the workspace about a customer. */
final class Scope {
    private Scope() {}

    /** No condition holds for all. */
    static boolean holds(@Nullable Expression condition, Golden golden, Model model) {
        return condition == null || condition.test(name -> golden.value(model, name));
    }

    static @Nullable Value value(Expression expression, FieldType type, Golden golden, Model model) {
        return expression.evaluate(name -> golden.value(model, name), type);
    }
}
