package dev.lockstep.spi;

/** Can read everything it holds. */
public interface Lists {

    /**
     * Reads every record once: {@code listBegins}, an observation of origin FULL for each, {@code listEnds}. Where the
     * platform also streams, each observation carries the version as of which it is true, so that it fits between the
     * stream's; and while its stream is being watched it puts them in the inbox only when that has passed the time of
     * the read, since what a stream shows has a date, and what a read finds has none.
     *
     * @throws PlatformException when it breaks off; it may be called again
     */
    void list(Inbox inbox) throws InterruptedException;
}
