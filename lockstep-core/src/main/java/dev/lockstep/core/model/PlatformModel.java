package dev.lockstep.core.model;

import dev.lockstep.core.expression.Expression;
import dev.lockstep.core.lens.Access;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A platform as the core sees it: what the workspace says of it and what its connector can do.
 *
 * @param number given once when it is added to the workspace
 * @param order its place in the workspace: earlier wins ties
 * @param name as in the workspace
 * @param access read, write or both
 * @param columns by column number
 * @param create whether a record is made for customers that lack one
 * @param createIf when given, only for customers of whom this is true
 * @param where when given, only these customers belong here
 * @param leave what becomes of a record that no longer belongs
 * @param onDelete what a deletion here means
 * @param standardize values that read as desired are still rewritten to the canonical form
 * @param settleMicros how long after a write of ours a spelling or a reversal is taken for the platform's doing
 * @param echoes its stream shows our own writes and names them ({@link Observation#ownWrite})
 * @param conditional its writes take preconditions
 * @param clockBoundMicros how far its clock may be off
 * @param retired no longer in the workspace: paused, with its claims
 */
public record PlatformModel(
        int number,
        int order,
        String name,
        Access access,
        List<Column> columns,
        boolean create,
        @Nullable Expression createIf,
        @Nullable Expression where,
        Leave leave,
        OnDelete onDelete,
        boolean standardize,
        long settleMicros,
        boolean echoes,
        boolean conditional,
        long clockBoundMicros,
        boolean retired) {

    public enum Leave {
        KEEP,
        ARCHIVE,
        DELETE
    }

    public enum OnDelete {
        UNLINK,
        DELETE,
        RECREATE
    }

    /** One that is no longer in the workspace: only its numbers, and what it said, still count. */
    public static PlatformModel retired(int number, int order, String name, List<Column> columns) {
        return new PlatformModel(
                number,
                order,
                name,
                Access.READ,
                List.copyOf(columns),
                false,
                null,
                null,
                Leave.KEEP,
                OnDelete.UNLINK,
                false,
                0,
                false,
                true,
                0,
                true);
    }

    public PlatformModel withColumns(List<Column> others) {
        return with(List.copyOf(others), echoes, retired);
    }

    public PlatformModel asRetired() {
        return with(columns, echoes, true);
    }

    /** Without a stream: it is read now and then. */
    public PlatformModel asPolled() {
        return with(columns, false, retired);
    }

    private PlatformModel with(List<Column> nowColumns, boolean nowEchoes, boolean nowRetired) {
        return new PlatformModel(
                number,
                order,
                name,
                access,
                nowColumns,
                create,
                createIf,
                where,
                leave,
                onDelete,
                standardize,
                settleMicros,
                nowEchoes,
                conditional,
                clockBoundMicros,
                nowRetired);
    }

    public boolean writable() {
        return !retired && access != Access.READ;
    }

    public boolean heard() {
        return !retired && access != Access.WRITE;
    }

    /** Its key is mapped: writing the key column renames the record. */
    public boolean keyIsMapped() {
        return columns.stream().anyMatch(column -> column.key() && !column.retired());
    }
}
