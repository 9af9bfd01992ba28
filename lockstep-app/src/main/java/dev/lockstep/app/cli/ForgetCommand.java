package dev.lockstep.app.cli;

import static dev.lockstep.app.cli.ProgressLines.count;

import dev.lockstep.engine.view.ForgetView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code forget}: leaves a platform. */
@Command(
        name = "forget",
        description = {
            "Leaves a platform for good: drops what Lockstep made there, and forgets its records.",
            "Touches none of its data, and changes no other platform: what only it said and others hold, they say"
                    + " from then on. A platform that is only taken out of the workspace is paused, and keeps all."
        },
        footer = {"", "Example:", "  lockstep forget crm   # then take it out of lockstep.yaml"})
public final class ForgetCommand implements Callable<Integer> {
    private final Lockstep lockstep;

    @Parameters(paramLabel = "PLATFORM", description = "The platform, in the workspace or taken out of it.")
    private String platform = "";

    public ForgetCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        ForgetView view;
        try (Opening opening = Opening.of(lockstep)) {
            view = opening.ask("forget").forget(platform);
        }
        if (lockstep.json()) {
            lockstep.sayJson(view);
        } else {
            lockstep.say("Forgot " + view.platform() + ": " + count(view.records()) + " records.");
            view.notes().forEach(lockstep::say);
        }
        return 0;
    }
}
