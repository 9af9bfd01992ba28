package dev.lockstep.app.init;

import dev.lockstep.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What lies beside a workspace: what git shall ignore, and the secrets. What is there already stays. */
final class Beside {
    private static final List<String> IGNORED = List.of(".lockstep/", ".env");

    private final Path folder;

    Beside(Path folder) {
        this.folder = folder;
    }

    /** Adds to {@code .gitignore} what nobody should commit. */
    void ignore() {
        add(folder.resolve(".gitignore"), IGNORED);
    }

    /**
     * Keeps the URLs in {@code .env}, readable by its owner alone.
     *
     * @return the variables kept
     */
    List<String> keep(Map<String, String> variables) {
        if (variables.isEmpty()) return List.of();
        Path file = folder.resolve(".env");
        List<String> lines = new ArrayList<>();
        variables.forEach((name, url) -> lines.add(name + "=" + url));
        makePrivate(file);
        add(file, lines);
        return List.copyOf(variables.keySet());
    }

    private static void makePrivate(Path file) {
        try {
            if (!Files.exists(file)) Files.createFile(file);
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null) view.setPermissions(PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static void add(Path file, List<String> lines) {
        try {
            String before = Files.exists(file) ? Files.readString(file) : "";
            List<String> there = before.lines().map(String::strip).toList();
            List<String> missing =
                    lines.stream().filter(line -> !there.contains(line)).toList();
            if (missing.isEmpty()) return;
            String gap = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
            Files.writeString(
                    file,
                    gap + String.join("\n", missing) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static EngineException failure(Path file, IOException e) {
        return new EngineException("The file " + file + " cannot be written: " + e.getMessage() + ".", "");
    }
}
