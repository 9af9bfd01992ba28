package dev.lockstep.engine;

import dev.lockstep.engine.view.FirstSyncView;
import java.util.List;

/** Is told how far long work has come, a few times a second, from the engine's threads. */
public interface Progress {

    Progress NONE = (phase, platform, done, total) -> {};

    enum Phase {
        /** Reading a platform in full. */
        READING,
        /** Working out what each customer should look like. */
        PLANNING,
        /** Writing to the platforms: records that hold desired, of those in scope. */
        WRITING,
        /** Comparing a platform with what is known. */
        COMPARING
    }

    /**
     * @param platform the platform's name; empty for work that is not one platform's
     * @param total how much there is, about; -1 when not known
     */
    void at(Phase phase, String platform, long done, long total);

    /** What the first sync is about to do, platform by platform: told before it writes anything. */
    default void first(List<FirstSyncView> platforms) {}
}
