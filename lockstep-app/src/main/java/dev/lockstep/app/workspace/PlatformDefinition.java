package dev.lockstep.app.workspace;

import dev.lockstep.core.expression.Expression;
import dev.lockstep.core.lens.Access;
import dev.lockstep.core.model.PlatformModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A platform, as written.
 *
 * @param access null: what the connector can do
 * @param key columns; empty: the platform's own key
 * @param modified the column that holds the record's time of change; null: none
 * @param create false, true, or with {@code createIf} only some
 * @param archive for {@code leave: archive}: column names and what to set them to
 * @param sync {@code realtime}, {@code every 15m} or a cron expression
 * @param settle how long a platform may respell or reverse what we wrote
 * @param limit {@code 10/s}; null: none
 * @param options the connector's own, as text; secrets among them
 */
public record PlatformDefinition(
        String name,
        String type,
        @Nullable Access access,
        List<String> key,
        @Nullable String modified,
        List<ColumnDefinition> columns,
        boolean create,
        @Nullable Expression createIf,
        @Nullable Expression where,
        PlatformModel.Leave leave,
        Map<String, Written> archive,
        PlatformModel.OnDelete onDelete,
        String sync,
        Duration settle,
        boolean standardize,
        @Nullable String limit,
        Workspace.@Nullable GuardDefinition guard,
        Map<String, String> options,
        @Nullable String was,
        Place at) {}
