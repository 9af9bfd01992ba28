package dev.lockstep.bench.speed;

import dev.lockstep.bench.Lockstep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ./lockstep up} on a workspace of its own, the way that it comes: what the Lockstep pipelines have in common. */
abstract class Up implements Pipeline {

    final Places places;
    private final Path folder;
    private Lockstep.@Nullable Running running;

    /** @param folder not there yet */
    Up(Places places, Path folder) {
        this.places = places;
        this.folder = folder;
    }

    abstract String workspace();

    @Override
    public void prepare() throws Exception {
        Lockstep.in(folder, workspace());
    }

    @Override
    public void start() throws Exception {
        running = new Lockstep(folder).start("up", "--port", "0");
    }

    @Override
    public void stop() throws Exception {
        if (running != null && !running.stop(60_000)) {
            throw new IllegalStateException("up does not stop within a minute");
        }
    }

    @Override
    public List<ProcessHandle> processes() {
        return running == null || !running.alive() ? List.of() : List.of(running.handle());
    }

    @Override
    public String said() throws IOException {
        var text = running == null ? "" : running.err().strip();
        return (running == null || running.alive() ? "" : "it has ended: ")
                + text.substring(Math.max(0, text.length() - 500));
    }

    @Override
    public void close() throws Exception {
        if (running != null && !running.stop(20_000)) {
            running.kill();
        }
    }
}
