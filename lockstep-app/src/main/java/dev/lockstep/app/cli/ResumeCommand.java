package dev.lockstep.app.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code resume}: writes go on. */
@Command(
        name = "resume",
        description = "Lets the writes to a platform, or to all, go on.",
        footer = {"", "Example:", "  lockstep resume crm"})
public final class ResumeCommand implements Callable<Integer> {
    private final Lockstep lockstep;

    @Parameters(arity = "0..1", paramLabel = "PLATFORM", description = "The platform (default: all).")
    private @Nullable String platform;

    public ResumeCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        try (Opening opening = Opening.of(lockstep)) {
            opening.ask("resume").resume(platform);
        }
        String what = platform == null ? "all platforms" : platform;
        if (lockstep.json()) {
            lockstep.sayJson(Map.of("resumed", what));
        } else {
            lockstep.say("Resumed " + what + ".");
        }
        return 0;
    }
}
