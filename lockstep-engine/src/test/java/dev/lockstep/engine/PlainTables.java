package dev.lockstep.engine;

import dev.lockstep.core.lens.Access;
import dev.lockstep.core.lens.ColumnLens;
import dev.lockstep.core.lens.ColumnOptions;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.normalise.FieldType;
import java.util.ArrayList;
import java.util.List;

/** Platforms that are a table with a column for each field, as plain as can be. */
public final class PlainTables {
    private PlainTables() {}

    /** Column {@code i} holds field {@code i}. */
    public static List<Column> columns(List<String> names, List<FieldType> types) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            ColumnLens lens = ColumnLens.of(ColumnOptions.of(types.get(i)));
            columns.add(new Column(
                    i, names.get(i), i, lens, null, List.of(), true, false, false, false, false, null, false));
        }
        return columns;
    }

    /** @param echoes its stream shows our own writes too, by name */
    public static PlatformModel platform(
            int number, List<Column> columns, PlatformModel.OnDelete onDelete, boolean echoes) {
        return new PlatformModel(
                number,
                number,
                "table" + number,
                Access.BOTH,
                columns,
                true,
                null,
                null,
                PlatformModel.Leave.KEEP,
                onDelete,
                false,
                10_000_000,
                echoes,
                true,
                100_000,
                false);
    }
}
