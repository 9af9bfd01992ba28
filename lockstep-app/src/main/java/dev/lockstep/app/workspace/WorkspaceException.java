package dev.lockstep.app.workspace;

import java.util.List;
import java.util.stream.Collectors;

/** The workspace cannot be used as it is written. */
public final class WorkspaceException extends RuntimeException {
    private final transient List<Mistake> mistakes;

    public WorkspaceException(List<Mistake> mistakes) {
        super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
        this.mistakes = List.copyOf(mistakes);
    }

    /** All of them, warnings too, in the order of the text. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
