package dev.lockstep.app.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code resync}: reads a platform again in full. */
@Command(
        name = "resync",
        description = {
            "Reads a platform again in full and mends what differs.",
            "Now where a server runs, else with the next sync."
        },
        footer = {"", "Example:", "  lockstep resync crm"})
public final class ResyncCommand implements Callable<Integer> {
    private final Lockstep lockstep;

    @Parameters(arity = "1", paramLabel = "PLATFORM", description = "The platform.")
    private String platform = "";

    public ResyncCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        try (Opening opening = Opening.of(lockstep)) {
            opening.ask("resync").resync(platform);
        }
        if (lockstep.json()) {
            lockstep.sayJson(Map.of("resync", platform));
        } else {
            lockstep.say(platform + " will be read again in full.");
        }
        return 0;
    }
}
