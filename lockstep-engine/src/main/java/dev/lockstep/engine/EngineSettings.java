package dev.lockstep.engine;

import java.time.InstantSource;

/**
 * What a user may set of the engine itself.
 *
 * @param clock tells the time
 * @param batchInputs most observations in one write batch
 * @param batchMillis about the longest that one batch may take to work out
 * @param historyDays how long history is kept
 */
public record EngineSettings(InstantSource clock, int batchInputs, int batchMillis, int historyDays) {

    public static EngineSettings standard() {
        return new EngineSettings(InstantSource.system(), 4000, 200, 400);
    }
}
