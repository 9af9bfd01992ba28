package dev.lockstep.simulator;

import dev.lockstep.core.lens.Access;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.PlatformModel;
import java.util.List;

/** A platform as a workspace has it that says nothing special of it. */
public final class Plain {
    private Plain() {}

    /** @param streams its stream shows our own writes and names them */
    public static PlatformModel platform(
            int number, List<Column> columns, long settleMicros, boolean streams, boolean conditional) {
        return new PlatformModel(
                number,
                number,
                "platform" + number,
                Access.BOTH,
                columns,
                true,
                null,
                null,
                PlatformModel.Leave.KEEP,
                PlatformModel.OnDelete.UNLINK,
                false,
                settleMicros,
                streams,
                conditional,
                0,
                false);
    }
}
