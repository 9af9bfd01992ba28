package dev.lockstep.core.model;

import dev.lockstep.core.expression.Expression;
import dev.lockstep.core.lens.ColumnLens;
import dev.lockstep.core.normalise.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One mapped column of a platform.
 *
 * @param number its number on its platform, given once: the index in {@link PlatformModel#columns()}
 * @param path the platform's own name for it, as in the workspace
 * @param field the number of the field it carries; -1 for a computed or a split column
 * @param lens reads and writes it
 * @param value for a computed column (written only): the expression; else null
 * @param split for a split column (read only): the numbers of the fields it falls into; else empty
 * @param first the first column of its platform that carries its field: the one that speaks
 * @param key it is (part of) the platform's key
 * @param unique the platform keeps its values unique
 * @param required the platform takes no null in it
 * @param generated the platform computes it: never written
 * @param archive what it is set to in a record that is archived there; null for nearly all columns. A column may be
 *     mapped only for that: then it has no field, and makes no claims
 * @param defaultRaw written on create where there is no golden value; else null
 * @param retired no longer in the workspace, or gone from the platform: neither heard nor written
 * @param backMicros until then the column was away (dropped, renamed, of another type); 0 when it never was. What is
 *     known of it from before that is compared with care: nobody knows who emptied it
 */
public record Column(
        int number,
        String path,
        int field,
        ColumnLens lens,
        @Nullable Expression value,
        List<Integer> split,
        boolean first,
        boolean key,
        boolean unique,
        boolean required,
        boolean generated,
        @Nullable Value archive,
        @Nullable String defaultRaw,
        boolean retired,
        long backMicros) {

    /** A column that was never away, and is not for archiving. */
    public Column(
            int number,
            String path,
            int field,
            ColumnLens lens,
            @Nullable Expression value,
            List<Integer> split,
            boolean first,
            boolean key,
            boolean unique,
            boolean required,
            boolean generated,
            @Nullable String defaultRaw,
            boolean retired) {
        this(
                number,
                path,
                field,
                lens,
                value,
                split,
                first,
                key,
                unique,
                required,
                generated,
                null,
                defaultRaw,
                retired,
                0);
    }

    /** The same, set to this in a record that is archived. */
    public Column archivedAs(Value archived) {
        return with(required, archived, retired, backMicros);
    }

    /** What is found there is heard. */
    public boolean heard() {
        return !retired && value == null && lens.readable();
    }

    /** As the platform has it now. */
    public Column as(boolean nowRequired, boolean away, long back) {
        return with(nowRequired, archive, retired || away, back);
    }

    private Column with(boolean nowRequired, @Nullable Value archived, boolean nowRetired, long back) {
        return new Column(
                number,
                path,
                field,
                lens,
                value,
                split,
                first,
                key,
                unique,
                nowRequired,
                generated,
                archived,
                defaultRaw,
                nowRetired,
                back);
    }

    /** Lockstep may write it. */
    public boolean written() {
        return !retired && !generated && split.isEmpty() && lens.writable();
    }
}
