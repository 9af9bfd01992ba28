package dev.lockstep.simulator.platform;

import org.jspecify.annotations.Nullable;

/** Is told of every change that a person, or a platform's own trigger, makes in a cell; answers the edit's number. */
public interface Scribe {
    long edited(SimulatedPlatform platform, String key, int column, @Nullable String raw, boolean byTrigger);
}
