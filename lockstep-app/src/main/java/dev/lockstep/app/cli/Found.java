package dev.lockstep.app.cli;

import dev.lockstep.app.json.Json;
import dev.lockstep.engine.EngineException;
import dev.lockstep.spi.Description;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the platforms were found to be the last time they were looked at, kept in the data folder: so that questions
 * need no platform, and one that is down at a start holds up no other.
 */
final class Found {
    private final Path file;
    private final Map<String, Description> all = new LinkedHashMap<>();

    private Found(Path file) {
        this.file = file;
    }

    static Found in(Path dataFolder) {
        Found found = new Found(dataFolder.resolve("platforms.json"));
        found.read();
        return found;
    }

    /** A file that an older or newer program wrote otherwise says nothing: the platforms are asked again. */
    private void read() {
        if (!Files.exists(file)) return;
        try {
            for (Map.Entry<String, JsonNode> entry :
                    Json.tree(Files.readString(file)).properties()) {
                all.put(entry.getKey(), Json.read(entry.getValue(), Description.class));
            }
        } catch (IOException | JacksonException e) {
            all.clear();
        }
    }

    Map<String, Description> all() {
        return Map.copyOf(all);
    }

    @Nullable
    Description of(String platform) {
        return all.get(platform);
    }

    void put(String platform, Description description) {
        all.put(platform, description);
    }

    void save() {
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, Json.pretty(all));
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new EngineException("The data folder cannot be written: " + e.getMessage() + ".", "");
        }
    }
}
