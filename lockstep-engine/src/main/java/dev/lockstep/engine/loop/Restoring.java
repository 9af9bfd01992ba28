package dev.lockstep.engine.loop;

import dev.lockstep.engine.store.Changes;
import dev.lockstep.engine.store.Copy;
import dev.lockstep.engine.store.Store;
import org.jspecify.annotations.Nullable;

/** An older copy of the data folder was put back: all that it knows of where it stood on the platforms is void. */
public final class Restoring {
    private Restoring() {}

    /** Once, at the first opening. */
    public static void begin(Store store, long nowMicros) {
        String made = Copy.putBack(store.folder());
        if (made == null) return;
        int platforms = store.registry().platforms().size();
        try (Changes changes = store.begin()) {
            for (int i = 0; i < platforms; i++) {
                Meta.put(changes, Meta.position(i), (@Nullable String) null);
                Meta.put(changes, Meta.lost(i), "1");
                Meta.put(changes, Meta.relist(i), "1");
            }
            Meta.put(changes, Meta.RESTORED, made);
            // Ids given since the copy was made must not be given again.
            String id = Meta.get(store, Meta.WRITE_ID);
            long next = Math.max(nowMicros, id == null ? 0 : Long.parseLong(id));
            Meta.put(changes, Meta.WRITE_ID, Long.toString(next));
            changes.commit(Changes.Keep.DURABLE);
        }
        Copy.known(store.folder());
    }
}
