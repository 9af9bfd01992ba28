package dev.lockstep.app.workspace;

import dev.lockstep.core.lens.Access;
import dev.lockstep.core.lens.ColumnKind;
import dev.lockstep.core.lens.ColumnOptions;

/** What the lens of a column is made of. */
final class Lenses {
    private Lenses() {}

    /** @param maxLength 0: not known */
    static ColumnOptions options(
            FieldDefinition field, ColumnDefinition column, ColumnKind kind, Access access, int maxLength) {
        return new ColumnOptions(
                field.type(),
                field.settings().overriddenBy(column.settings()),
                kind,
                access,
                column.format() == null ? null : column.format().text(),
                column.values(),
                maxLength == 0 ? null : maxLength);
    }
}
