package dev.lockstep.app.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pause}: no writes until resumed. */
@Command(
        name = "pause",
        description = "No more writes to a platform, or to any, until resumed; reading goes on. Survives a restart.",
        footer = {"", "Example:", "  lockstep pause crm"})
public final class PauseCommand implements Callable<Integer> {
    private final Lockstep lockstep;

    @Parameters(arity = "0..1", paramLabel = "PLATFORM", description = "The platform (default: all).")
    private @Nullable String platform;

    public PauseCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        try (Opening opening = Opening.of(lockstep)) {
            opening.ask("pause").pause(platform);
        }
        String what = platform == null ? "all platforms" : platform;
        if (lockstep.json()) {
            lockstep.sayJson(Map.of("paused", what));
        } else {
            lockstep.say("Paused " + what + ".");
        }
        return 0;
    }
}
