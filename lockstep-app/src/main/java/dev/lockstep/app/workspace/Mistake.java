package dev.lockstep.app.workspace;

/**
 * Something wrong in the workspace.
 *
 * @param place where
 * @param fatal nothing may start before it is mended; else a warning
 * @param sentence what is wrong and what would be right, for the person who writes the file; never a secret's value
 */
public record Mistake(Place place, boolean fatal, String sentence) {
    @Override
    public String toString() {
        return place + ": " + (fatal ? "" : "warning: ") + sentence;
    }
}
