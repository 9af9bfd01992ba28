package dev.lockstep.engine;

import dev.lockstep.spi.Capabilities;
import dev.lockstep.spi.Description.FoundColumn;
import dev.lockstep.spi.Platform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open platform, and how the workspace wants it worked with.
 *
 * @param number its number in the model
 * @param type the connector's name
 * @param platform open; the engine closes it
 * @param capabilities as it was described; null when it could not be reached: the engine asks again until it can
 * @param sync {@code realtime}, {@code every 5m}, or a cron expression; {@code realtime} where it only polls is every 2
 *     s
 * @param limit most writes in a span of time, {@code 10/s}, {@code 600/m}, {@code 1000/h}; null: no limit
 * @param guard how much one cause may do to it
 * @param mappedAs what its columns were when the model was made, by number; empty when that is not known
 */
public record PlatformLink(
        int number,
        String type,
        Platform platform,
        @Nullable Capabilities capabilities,
        String sync,
        @Nullable String limit,
        GuardRule guard,
        List<@Nullable FoundColumn> mappedAs) {
    public PlatformLink(
            int number,
            String type,
            Platform platform,
            @Nullable Capabilities capabilities,
            String sync,
            @Nullable String limit) {
        this(number, type, platform, capabilities, sync, limit, GuardRule.STANDARD, List.of());
    }
}
