package dev.lockstep.app.workspace;

import dev.lockstep.core.expression.Expression;
import dev.lockstep.core.lens.Access;
import dev.lockstep.core.lens.ColumnKind;
import dev.lockstep.core.lens.ColumnLens;
import dev.lockstep.core.lens.ColumnOptions;
import dev.lockstep.core.lens.LensException;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.spi.Description;
import dev.lockstep.spi.Description.FoundColumn;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the core's columns of one platform, of what is written and what was found. */
final class Columns {
    private static final FoundColumn UNKNOWN =
            new FoundColumn(ColumnKind.TEXT, false, false, false, false, false, 0, "text");

    private final Workspace workspace;
    private final PlatformDefinition platform;
    private final Numbers numbers;
    private final Mistakes mistakes;
    private final Map<ColumnOptions, ColumnLens> lenses;

    Columns(
            Workspace workspace,
            PlatformDefinition platform,
            Numbers numbers,
            Mistakes mistakes,
            Map<ColumnOptions, ColumnLens> lenses) {
        this.workspace = workspace;
        this.platform = platform;
        this.numbers = numbers;
        this.mistakes = mistakes;
        this.lenses = lenses;
    }

    /** A column that is no longer mapped, or not there: neither heard nor written. */
    static Column retired(int number, String path) {
        ColumnLens lens = ColumnLens.of(ColumnOptions.of(FieldType.TEXT));
        return new Column(number, path, -1, lens, null, List.of(), false, false, false, false, false, null, true);
    }

    /** @param description null: the platform could not be reached, and its columns count as plain text */
    Column column(
            String path, int number, @Nullable Description description, Function<ColumnDefinition, Access> access) {
        ColumnDefinition column = platform.columns().stream()
                .filter(one -> one.path().equals(path))
                .findFirst()
                .orElse(null);
        FoundColumn found = description == null ? UNKNOWN : found(description, number);
        if (column == null && found != null && platform.archive().containsKey(path)) {
            return archived(number, path, found, description == null);
        }
        if (column == null || found == null) return retired(number, path);
        FieldDefinition field = column.field() == null ? null : workspace.field(column.field());
        Expression value = column.value();
        ColumnLens lens = lens(column, field, found, access.apply(column), description == null);
        if (lens == null) return retired(number, path);
        Column mapped = new Column(
                number,
                path,
                field == null ? -1 : numbers.field(field.name()),
                lens,
                value,
                column.split().stream().map(numbers::field).toList(),
                field != null && first(column),
                found.key(),
                found.unique(),
                found.required(),
                found.generated(),
                column.defaultText(),
                false);
        return platform.archive().containsKey(path) ? archived(mapped, description == null) : mapped;
    }

    /** Mapped for nothing else: without a field, it makes no claims. */
    private Column archived(int number, String path, FoundColumn found, boolean unknown) {
        ColumnKind kind = found.kind() == ColumnKind.ARRAY ? ColumnKind.OTHER : found.kind();
        ColumnOptions options = ColumnOptions.of(type(kind)).withKind(kind);
        Column column = new Column(
                number,
                path,
                -1,
                ColumnLens.of(options),
                null,
                List.of(),
                false,
                found.key(),
                found.unique(),
                found.required(),
                found.generated(),
                null,
                false);
        return archived(column, unknown);
    }

    private static FieldType type(ColumnKind kind) {
        return switch (kind) {
            case NUMBER -> FieldType.NUMBER;
            case BOOLEAN -> FieldType.BOOLEAN;
            case DATE -> FieldType.DATE;
            case TIMESTAMP, TIMESTAMPTZ -> FieldType.DATETIME;
            case JSON -> FieldType.JSON;
            case TEXT, ARRAY, OTHER -> FieldType.TEXT;
        };
    }

    /** The column, and what it is set to in a record that is archived. */
    private Column archived(Column column, boolean unknown) {
        Written written = Objects.requireNonNull(platform.archive().get(column.path()));
        String what = "`archive` of " + platform.name() + " sets `" + column.path() + "` to `" + written.text() + "`";
        if (column.key() || column.unique() || column.generated()) {
            mistakes.add(written.at(), what + ", which tells its records apart: take another column.");
            return column;
        }
        Value value = column.lens().read(written.text()).valueOrNull();
        if (value != null) return column.archivedAs(value);
        if (!unknown) mistakes.add(written.at(), what + ", which that column cannot hold.");
        return column;
    }

    private static @Nullable FoundColumn found(Description description, int number) {
        return number < description.columns().size() ? description.columns().get(number) : null;
    }

    /** The first column of its platform that carries its field, of those that are heard if any is. */
    private boolean first(ColumnDefinition column) {
        List<ColumnDefinition> same = platform.columns().stream()
                .filter(one -> column.field() != null && column.field().equals(one.field()))
                .toList();
        return same.stream()
                .filter(one -> one.access() != Access.WRITE)
                .findFirst()
                .orElse(same.getFirst())
                .equals(column);
    }

    /** Null when there is none, which is told. */
    private @Nullable ColumnLens lens(
            ColumnDefinition column,
            @Nullable FieldDefinition field,
            FoundColumn found,
            Access access,
            boolean unknown) {
        Access bounded = found.generated() && column.access() == null ? Access.READ : access;
        ColumnOptions options = field == null
                ? new ColumnOptions(
                        column.value() == null ? FieldType.TEXT : column.value().type(),
                        Settings.NONE.overriddenBy(column.settings()),
                        found.kind(),
                        access,
                        null,
                        Map.of(),
                        found.maxLength() == 0 ? null : found.maxLength())
                : Lenses.options(field, column, found.kind(), bounded, found.maxLength());
        if (found.generated() && column.access() != null && column.access() != Access.READ) {
            mistakes.add(
                    column.at(),
                    "Column `" + column.path() + "` is computed by " + platform.name()
                            + " itself: write `access: read`.");
        }
        try {
            return lenses.computeIfAbsent(options, ColumnLens::of);
        } catch (LensException e) {
            // Of a platform that could not be reached nobody knows what its columns are made of.
            if (!unknown) {
                mistakes.add(
                        column.at(), "Column `" + column.path() + "` of " + platform.name() + ": " + e.getMessage());
            }
            return null;
        }
    }
}
