package dev.lockstep.simulator.platform;

import dev.lockstep.simulator.ledger.Edit;
import org.jspecify.annotations.Nullable;

/** Is told of everything that people, or a platform's own trigger, do on a platform. */
public interface Scribe {
    /** A change in a cell. Answers the edit's number. */
    long edited(SimulatedPlatform platform, String key, int column, @Nullable String raw, Edit.By by);

    /** A person has deleted a record. */
    void deleted(SimulatedPlatform platform, Row row);
}
