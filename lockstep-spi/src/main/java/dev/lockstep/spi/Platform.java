package dev.lockstep.spi;

/**
 * An open platform. What it can do besides is told by the small interfaces it also implements: {@link Lists},
 * {@link Watches}, {@link Polls}, {@link Reads}, {@link Writes}. Methods may block; they are called from threads of
 * their own, and end early when their thread is interrupted.
 */
public interface Platform extends AutoCloseable {

    /**
     * Connects and looks: what the platform holds and can do, and all that stands in the way, with remedies.
     *
     * @throws PlatformException when it cannot be reached at all
     */
    Description describe();

    /** Ends its connections and threads. What was confirmed stays confirmed. */
    @Override
    void close();
}
