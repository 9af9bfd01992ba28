package dev.lockstep.engine;

import dev.lockstep.spi.SteadyClock;

/**
 * What a user may set of the engine itself.
 *
 * @param clock tells the time, to the engine as to the connectors
 * @param batchInputs most observations in one write batch
 * @param batchMillis about the longest that one batch may take to work out
 * @param historyDays how long history is kept
 * @param digest stands for the parts of the workspace by which everything is planned: when it is not that of the last
 *     time, every customer is planned anew
 */
public record EngineSettings(SteadyClock clock, int batchInputs, int batchMillis, int historyDays, String digest) {

    public static EngineSettings standard() {
        return new EngineSettings(SteadyClock.SYSTEM, 1000, 200, 400, "");
    }

    public EngineSettings withDigest(String workspace) {
        return new EngineSettings(clock, batchInputs, batchMillis, historyDays, workspace);
    }
}
