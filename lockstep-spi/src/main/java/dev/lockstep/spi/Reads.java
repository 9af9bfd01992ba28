package dev.lockstep.spi;

import java.util.List;

/** Can read single records. */
public interface Reads {

    /**
     * Reads these records and puts an observation of origin READ for each in the inbox, gone ones too. A platform that
     * streams puts it there only when its stream has passed the time of the read, so that it never contradicts what the
     * stream shows later; it may return before that.
     */
    void read(List<String> keys, Inbox inbox) throws InterruptedException;
}
