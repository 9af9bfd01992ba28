package dev.lockstep.engine;

import dev.lockstep.engine.store.Points.Call;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How much of a folder's log was written, and how much of that would survive a power cut. */
final class LogLength {
    private final Path folder;
    private @Nullable Path log;
    private long logged;
    private long synced;

    LogLength(Path folder) {
        this.folder = folder;
    }

    /** A call is done. */
    void after(Call call) {
        if (!call.disk) return;
        if (call == Call.OPEN) log = DiskImage.log(folder);
        logged = DiskImage.size(Objects.requireNonNull(log));
        // Whoever opens a folder makes what was in its log durable by itself.
        if (call != Call.LOG) synced = logged;
    }

    boolean isOpen() {
        return log != null;
    }

    long logged() {
        return logged;
    }

    long synced() {
        return synced;
    }
}
