package dev.lockstep.spi;

/**
 * What a platform can do, declared honestly: the core plans by it, and people are shown what it cannot promise.
 *
 * @param streams {@link Watches} works: every committed change, in order, as it happens
 * @param polls {@link Polls} works
 * @param reads the full list and single records can be read
 * @param writes records can be created, updated and deleted
 * @param echoes the stream names our own writes
 * @param conditional writes take preconditions
 * @param deletesSeen deletions are shown
 * @param batchSize most writes in one call
 * @param writers most calls of {@link Writes#write} at once
 * @param clockBoundMicros how far its clock may be off ours
 */
public record Capabilities(
        boolean streams,
        boolean polls,
        boolean reads,
        boolean writes,
        boolean echoes,
        boolean conditional,
        boolean deletesSeen,
        int batchSize,
        int writers,
        long clockBoundMicros) {}
