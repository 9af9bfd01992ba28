package dev.lockstep.core.model;

import dev.lockstep.core.lens.Access;
import java.util.List;

/** A platform as plain as can be: read and written, it keeps who leaves, and shows no echoes. */
public final class PlainPlatform {
    private PlainPlatform() {}

    public static PlatformModel of(int number, List<Column> columns) {
        return of(number, number, columns, 0);
    }

    public static PlatformModel of(int number, int order, List<Column> columns, long clockBoundMicros) {
        return new PlatformModel(
                number,
                order,
                "p" + number,
                Access.BOTH,
                columns,
                true,
                null,
                null,
                PlatformModel.Leave.KEEP,
                PlatformModel.OnDelete.UNLINK,
                false,
                0,
                false,
                true,
                clockBoundMicros,
                false);
    }
}
