package dev.lockstep.spi;

import org.jspecify.annotations.Nullable;

/** Shows every committed change, in order, as it happens. */
public interface Watches {

    /**
     * Streams changes until its thread is interrupted. Without a position: first a full read, such that nothing falls
     * between that and the stream. With a position that is lost: {@code positionLost}, then the same.
     *
     * @param position where to go on: the last that was durable; null for the first time
     * @throws PlatformException when the connection breaks; called again later with the last durable position
     */
    void watch(@Nullable String position, Inbox inbox) throws InterruptedException;

    /** Everything up to this position is durable here: the platform need not keep it. Never blocks for long. */
    void confirm(String position);

    /** The platform's position now: reached by the stream, it has shown everything committed before this call. */
    String now();

    /** Whether {@code position} has reached {@code target}. */
    boolean reached(String position, String target);
}
