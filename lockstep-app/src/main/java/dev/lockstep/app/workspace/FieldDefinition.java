package dev.lockstep.app.workspace;

import dev.lockstep.core.expression.Expression;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of the customer model, as written.
 *
 * @param keep null: the type's default
 * @param sharedLimit null: the workspace's
 * @param value for a computed field, as written
 * @param expression the same, compiled
 * @param trait it is computed from behaviour, which is not available yet: nobody claims it
 * @param was its former name
 */
public record FieldDefinition(
        String name,
        FieldType type,
        Settings settings,
        boolean identifies,
        @Nullable KeepDefinition keep,
        @Nullable Integer sharedLimit,
        @Nullable Written value,
        @Nullable Expression expression,
        boolean trait,
        @Nullable String was,
        Place at) {

    FieldDefinition compiled(FieldType known, @Nullable Expression compiled) {
        return new FieldDefinition(
                name, known, settings, identifies, keep, sharedLimit, value, compiled, trait, was, at);
    }

    /**
     * @param rule {@code latest}, {@code first}, {@code union}, {@code consent} or {@code trust}
     * @param trust for {@code trust}: platforms, most trusted first
     */
    public record KeepDefinition(String rule, List<String> trust, Place at) {}
}
