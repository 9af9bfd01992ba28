package dev.lockstep.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documentation printed from the code: compared by tests, written with {@code -Ddocs.write}. */
public final class Docs {
    private Docs() {}

    /** Fails when `docs/NAME` is not this text. */
    public static void compare(String name, String text) throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) folder = folder.getParent();
        Path file = folder.resolve("docs").resolve(name);
        if (System.getProperty("docs.write") != null) Files.writeString(file, text);
        assertThat(file)
                .as("docs/" + name + " is stale: ./mvnw -pl lockstep-app -am test -Dtest='*DocsTest' -Ddocs.write")
                .content()
                .isEqualTo(text);
    }
}
