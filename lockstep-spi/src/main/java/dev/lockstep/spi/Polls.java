package dev.lockstep.spi;

import org.jspecify.annotations.Nullable;

/** Shows what changed since the last look, by the records' own time of change. */
public interface Polls {

    /**
     * Reads what changed since {@code position}, overlapping (what was committed late is seen again), and puts the new
     * position last. Without a position: a full read.
     */
    void poll(@Nullable String position, Inbox inbox) throws InterruptedException;
}
