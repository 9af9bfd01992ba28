package dev.lockstep.app.cli;

import java.io.Console;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the program finds around it, given by tests.
 *
 * @param environment the process's
 * @param folder where it was started
 * @param terminal standard error is a terminal: progress may move, and colour may be shown
 */
public record Surroundings(Map<String, String> environment, Path folder, boolean terminal) {

    public static Surroundings ofProcess() {
        return new Surroundings(System.getenv(), Path.of("").toAbsolutePath(), isTerminal(System.console()));
    }

    /** From JDK 22 on there may be a console that is none; only since then it can be asked. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) return false;
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Never with NO_COLOR, whatever it says. */
    public boolean colour() {
        return terminal && !environment.containsKey("NO_COLOR");
    }
}
