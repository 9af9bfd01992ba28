package dev.lockstep.simulator.platform;

import org.jspecify.annotations.Nullable;

/**
 * One change of one row, as a platform's log has it.
 *
 * @param version counts the platform's changes
 * @param datedMicros when, by the platform's clock
 * @param key the row's key after it
 * @param renamedFrom the row's key before it, where that differs; else null
 * @param row the row after it; null when it is gone
 * @param ownWrite the id of the write of ours that made it; 0 for somebody else's
 * @param shown by column: the log shows it (unchanged large values are left out)
 */
public record Commit(
        long version,
        long datedMicros,
        String key,
        @Nullable String renamedFrom,
        @Nullable Row row,
        long ownWrite,
        boolean[] shown) {}
