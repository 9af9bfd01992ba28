package dev.lockstep.app.http;

import dev.lockstep.app.json.Json;
import dev.lockstep.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** {@code server.json} in the data folder says which server has it open, for other commands to ask. */
public final class ServerFile implements AutoCloseable {
    private static final String NAME = "server.json";

    /** @param pid of the server's process */
    record Owner(long pid, String url) {}

    private final Path file;

    private ServerFile(Path file) {
        this.file = file;
    }

    /** Says that this process serves the data folder; until closed. */
    public static ServerFile write(Path dataFolder, String url) {
        Path file = dataFolder.resolve(NAME);
        Path fresh = dataFolder.resolve(NAME + ".new");
        try {
            Files.writeString(
                    fresh, Json.write(new Owner(ProcessHandle.current().pid(), url)));
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new EngineException("The data folder cannot be written: " + e.getMessage() + ".", "");
        }
        return new ServerFile(file);
    }

    /**
     * Who serves the data folder; null when nobody does. One that was killed leaves its file, which counts as nobody.
     */
    static @Nullable Owner read(Path dataFolder) {
        try {
            Owner owner = Json.read(Files.readString(dataFolder.resolve(NAME)), Owner.class);
            return ProcessHandle.of(owner.pid()).filter(ProcessHandle::isAlive).isPresent() ? owner : null;
        } catch (IOException | JacksonException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It names a process that is about to end: whoever reads it sees that.
        }
    }
}
