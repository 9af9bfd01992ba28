package dev.lockstep.app.workspace;

import dev.lockstep.core.expression.Expression;
import dev.lockstep.core.lens.Access;
import dev.lockstep.core.normalise.Settings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column of a platform, as written.
 *
 * @param path its name as written, which may lead into JSON
 * @param segments the same, taken apart
 * @param field the field it carries; null for a computed or split column
 * @param access null: the platform's
 * @param settings what it says in place of the field's
 * @param values what the platform writes, and what it means; empty: no table
 * @param value a computed column
 * @param split the fields into which its text falls; empty: none
 * @param defaultText written on create where there is no value
 * @param standardize null: the platform's
 */
public record ColumnDefinition(
        String path,
        List<String> segments,
        @Nullable String field,
        @Nullable Access access,
        @Nullable Written format,
        Map<String, String> values,
        @Nullable Expression value,
        List<String> split,
        @Nullable String defaultText,
        @Nullable Boolean standardize,
        Settings settings,
        Place at) {}
