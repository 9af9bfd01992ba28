package dev.lockstep.engine.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Another process has the data folder open. */
public final class InUseException extends StoreException {
    private final transient Store.@Nullable Owner owner;

    InUseException(Path path, Store.@Nullable Owner owner) {
        super(
                "The data folder " + path + " is in use by "
                        + (owner == null ? "another process" : owner.description() + " (process " + owner.pid() + ")")
                        + ".",
                "Stop that one first, or choose another folder with --data.");
        this.owner = owner;
    }

    /** Who; null when it has not said so yet. */
    public Store.@Nullable Owner owner() {
        return owner;
    }
}
