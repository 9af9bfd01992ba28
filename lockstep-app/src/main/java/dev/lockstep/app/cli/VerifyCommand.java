package dev.lockstep.app.cli;

import static dev.lockstep.app.cli.ProgressLines.count;

import dev.lockstep.engine.Engine;
import dev.lockstep.engine.view.VerifyView;
import dev.lockstep.engine.view.VerifyView.Finding;
import dev.lockstep.engine.view.VerifyView.PlatformCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verify}: reads everything again, and compares. */
@Command(
        name = "verify",
        description = {
            "Reads every platform again in full and compares with what should be there.",
            "Says what is missing, extra, different or double, with samples."
        },
        footer = {"", "Example:", "  lockstep verify --repair"})
public final class VerifyCommand implements Callable<Integer> {
    private final Lockstep lockstep;

    @Option(names = "--repair", description = "Mend what is found.")
    private boolean repair;

    public VerifyCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Opening opening = Opening.of(lockstep);
                ProgressLines progress = lockstep.progress()) {
            Engine engine = opening.work("verify", Set.of());
            VerifyView view = engine.verify(repair, progress);
            progress.end();
            if (lockstep.json()) {
                lockstep.sayJson(view);
            } else {
                say(view);
            }
            boolean broken = false;
            for (PlatformCheck one : view.platforms()) {
                if (one.error() == null) continue;
                Failures.tell(lockstep.err(), Tables.about(one.platform(), one.error()), "");
                broken = true;
            }
            return broken ? Failures.ERROR : view.clean() ? 0 : Failures.LEFT;
        }
    }

    private void say(VerifyView view) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("platform", "checked", "missing", "extra", "different", "double", "failed", "warnings"));
        for (PlatformCheck one : view.platforms()) {
            rows.add(List.of(
                    one.platform(),
                    count(one.checked()),
                    count(one.missing()),
                    count(one.extra()),
                    count(one.different()),
                    count(one.duplicate()),
                    count(one.failed()),
                    count(one.warnings())));
        }
        Tables.lines(rows).forEach(lockstep::say);
        for (PlatformCheck one : view.platforms()) {
            for (Finding finding : one.samples()) {
                String values = finding.column() == null
                        ? ""
                        : ", " + finding.column() + " is " + Tables.quoted(finding.found())
                                + (finding.kind().equals("warning")
                                        ? ""
                                        : ", should be " + Tables.quoted(finding.expected()));
                lockstep.say("  " + one.platform() + " " + finding.key() + ": " + finding.kind() + values
                        + (finding.detail().isEmpty() ? "" : " (" + finding.detail() + ")"));
            }
        }
        view.notes().forEach(lockstep::say);
        if (view.clean()) {
            lockstep.say("Nothing differs.");
        } else if (!repair) {
            lockstep.say("lockstep verify --repair mends it.");
        }
    }
}
