package dev.lockstep.spi;

import java.util.List;

/** Can take away again what Lockstep has made on it to hear of changes. Touches none of its data. */
public interface Leaves {

    /**
     * Drops what nobody else uses.
     *
     * @return what was dropped, a sentence each
     * @throws PlatformException when it cannot be reached, or will not have it
     */
    List<String> leave();
}
