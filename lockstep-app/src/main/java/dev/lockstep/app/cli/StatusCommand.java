package dev.lockstep.app.cli;

import static dev.lockstep.app.cli.ProgressLines.count;

import dev.lockstep.engine.view.DriftView;
import dev.lockstep.engine.view.PlatformView;
import dev.lockstep.engine.view.StatusView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code status}: how things stand. */
@Command(
        name = "status",
        description = {
            "How far each platform is, and what is left.",
            "Asks the running server, or reads the data folder; no platform is asked. Of each platform's records:",
            "  in step    hold what they should",
            "  pending    wait for a write",
            "  failed     were refused: lockstep failed",
            "  contested  hold a value that the platform keeps changing back: lockstep review",
            "  held       are stopped by the guard: lockstep approve",
            "  taken      cannot have their value, since another record there has it and it must be unique",
            "  unparsed   hold a value that cannot be read, or should hold one that cannot be written there",
            "Lag is how old the newest change is that has not been seen or brought there."
        },
        footer = {"", "Example:", "  lockstep status --json | jq .consistency"})
public final class StatusCommand implements Callable<Integer> {
    private final Lockstep lockstep;

    public StatusCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        try (Opening opening = Opening.of(lockstep)) {
            StatusView status = opening.ask("status").status();
            if (lockstep.json()) {
                lockstep.sayJson(status);
            } else {
                say(lockstep, status);
            }
            return status.inStep() ? 0 : Failures.LEFT;
        }
    }

    static void say(Lockstep lockstep, StatusView status) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "platform",
                "state",
                "records",
                "in step",
                "pending",
                "failed",
                "contested",
                "held",
                "taken",
                "unparsed",
                "lag"));
        for (PlatformView one : status.platforms()) {
            rows.add(List.of(
                    one.name(),
                    one.state(),
                    count(one.records()),
                    count(one.inSync()),
                    count(one.pending()),
                    count(one.failed()),
                    count(one.contested()),
                    count(one.held()),
                    count(one.taken()),
                    count(one.unparsed()),
                    one.lagMs() < 0 ? "–" : Tables.millis(one.lagMs())));
        }
        if (status.halted() != null) lockstep.say(status.halted());
        Tables.lines(rows).forEach(lockstep::say);
        lockstep.say(count(status.customers()) + " customers, consistency "
                + String.format(Locale.ROOT, "%.4f", Math.floor(status.consistency() * 10_000) / 10_000)
                + (status.paused() ? ", paused" : "") + (status.ready() ? "" : ", not everything has been read yet"));
        for (PlatformView one : status.platforms()) {
            if (one.error() != null) lockstep.say(Tables.about(one.name(), one.error()));
            if (one.error() != null && one.remedy() != null && !one.remedy().isEmpty())
                lockstep.say("  " + one.remedy());
        }
        for (PlatformView one : status.platforms()) {
            for (DriftView drift : one.drift()) {
                lockstep.say(drift.sentence() + " It is neither read nor written until that is mended.");
                if (!drift.remedy().isEmpty()) lockstep.say("  " + drift.remedy());
            }
        }
        status.notes().forEach(lockstep::say);
    }
}
