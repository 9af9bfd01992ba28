package dev.lockstep.spi;

import dev.lockstep.core.lens.Access;
import dev.lockstep.core.normalise.FieldType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A platform as the workspace describes it.
 *
 * @param workspace a short stable name of the workspace, for names made on the platform (slots, publications)
 * @param number the platform's number, in every observation
 * @param name as in the workspace
 * @param options the connector's own options, as text
 * @param access what Lockstep may do there
 * @param key the columns that make the key; empty: the platform's own key
 * @param modified the column that holds the record's time of change; null: none
 * @param deletes the workspace asks for records to be deleted there
 * @param columns the mapped columns by number
 */
public record PlatformSettings(
        String workspace,
        int number,
        String name,
        Map<String, String> options,
        Access access,
        List<String> key,
        @Nullable String modified,
        boolean deletes,
        List<MappedColumn> columns) {

    /**
     * A mapped column.
     *
     * @param number its number: where it stands in the {@code raw} of observations and receipts
     * @param path the platform's name for it: segments, the first of which is the column itself
     * @param type of the field it carries; decides the JSON type where the path leads into JSON; null: text
     * @param heard it is read
     * @param written it is written
     * @param sought creates may look by it for the record they would make, unless the platform's key is mapped
     */
    public record MappedColumn(
            int number, List<String> path, @Nullable FieldType type, boolean heard, boolean written, boolean sought) {}
}
