package dev.lockstep.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connector's options: one description gives parsing, errors, documentation and JSON Schema.
 *
 * @param type its name in the workspace
 * @param summary one sentence: what it connects
 * @param options its own options, besides those of every platform
 * @param example the lines of a platform in a workspace
 * @param notes what a user should know: guarantees and what breaks them, a sentence each
 */
public record Spec(String type, String summary, List<Option> options, String example, List<String> notes) {

    /**
     * One option.
     *
     * @param name as written in the workspace
     * @param required it must be given
     * @param defaultText what holds when it is not given; null when nothing does
     * @param description one sentence
     * @param secret never shown
     */
    public record Option(
            String name, boolean required, @Nullable String defaultText, String description, boolean secret) {}
}
