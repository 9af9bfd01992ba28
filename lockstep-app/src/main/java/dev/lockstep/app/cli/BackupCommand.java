package dev.lockstep.app.cli;

import static dev.lockstep.app.cli.ProgressLines.count;

import dev.lockstep.engine.view.BackupView;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code backup}: the data folder as one file. */
@Command(
        name = "backup",
        description = {
            "Copies the data folder into one file, also while a server runs.",
            "With checksums, and without tokens; `lockstep restore` puts it back."
        },
        footer = {"", "Example:", "  lockstep backup /backups/lockstep.zip"})
public final class BackupCommand implements Callable<Integer> {
    private final Lockstep lockstep;

    @Parameters(paramLabel = "FILE", description = "The file to make.")
    private String file = "";

    public BackupCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        Path target = lockstep.surroundings().folder().resolve(file);
        try (Opening opening = Opening.of(lockstep)) {
            BackupView view = opening.ask("backup").backup(target);
            if (lockstep.json()) lockstep.sayJson(view);
            else lockstep.say("Copied to " + view.file() + ", " + count(view.bytes()) + " bytes.");
        }
        return 0;
    }
}
