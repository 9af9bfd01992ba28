package dev.lockstep.spi;

import dev.lockstep.core.model.Observation;

/**
 * Where a platform puts what it shows. Calls block when the engine is behind: that is the backpressure. Everything put
 * by one platform is handled in the order in which it was put.
 */
public interface Inbox {

    /**
     * What the platform was found to be: what follows was read as this says. Put before every read and whenever it has
     * changed, so that no value of a column that has become another is taken for an edit.
     *
     * @param missed what came before may lack changes of columns that changed meanwhile: it is to be read again in full
     */
    default void described(Description now, boolean missed) throws InterruptedException {}

    /** Something was seen. */
    void observe(Observation observation) throws InterruptedException;

    /**
     * All that came before is complete up to this position: once it is durable, {@link Watches#confirm} is called with
     * it (or with a later one), and reading may go on from it after a restart.
     */
    void position(String position) throws InterruptedException;

    /** A read of everything begins: what is known and not seen in it by its end may be gone. */
    void listBegins(long nowMicros) throws InterruptedException;

    /** That read is complete. */
    void listEnds() throws InterruptedException;

    /** Every row is gone at once (TRUNCATE). */
    void emptied(long version, long datedMicros) throws InterruptedException;

    /**
     * The position asked for is not to be had any more (slot gone, another time-line, cursor expired): a full read
     * follows, and no record is created or deleted there before it ends.
     */
    void positionLost(String why) throws InterruptedException;

    /** How far reading has come, for people: the stream stands at this time of the platform's clock. */
    void progress(long platformMicros);

    /** How many bytes the platform keeps for whoever reads it, for as long as what was shown is not confirmed. */
    default void retains(long bytes) {}

    /** About how many records a full read will show, for progress; -1 when not known. */
    void expects(long records);
}
