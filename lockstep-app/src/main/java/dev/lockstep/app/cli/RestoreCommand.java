package dev.lockstep.app.cli;

import dev.lockstep.engine.store.Copy;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code restore}: puts a copy back. */
@Command(
        name = "restore",
        description = {
            "Puts back what `lockstep backup` copied, as the data folder.",
            "The old one must have been moved away. What was edited since is read from the platforms: the next start"
                    + " reads all of them, before it writes."
        },
        footer = {"", "Example:", "  lockstep restore /backups/lockstep.zip && lockstep sync"})
public final class RestoreCommand implements Callable<Integer> {
    private final Lockstep lockstep;

    @Parameters(paramLabel = "FILE", description = "The file that `lockstep backup` made.")
    private String file = "";

    public RestoreCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        Path copy = lockstep.surroundings().folder().resolve(file);
        Path folder = lockstep.dataFolder();
        Copy.putBack(copy, folder);
        if (lockstep.json()) lockstep.sayJson(Map.of("restored", folder.toString()));
        else lockstep.say("Put back as " + folder + ". The next sync or start reads every platform before it writes.");
        return 0;
    }
}
