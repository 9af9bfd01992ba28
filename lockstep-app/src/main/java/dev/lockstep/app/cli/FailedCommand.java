package dev.lockstep.app.cli;

import static dev.lockstep.app.cli.ProgressLines.count;

import dev.lockstep.engine.Engine;
import dev.lockstep.engine.EngineException;
import dev.lockstep.engine.view.FailedView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code failed}: writes that were refused. */
@Command(
        name = "failed",
        description = "What could not be written and why: set aside, while all else goes on.",
        footer = {
            "",
            "Example:",
            "  lockstep failed                       # the list",
            "  lockstep failed retry --platform crm  # after the cause is mended"
        })
public final class FailedCommand implements Callable<Integer> {
    private final Lockstep lockstep;

    @Option(names = "--platform", paramLabel = "NAME", description = "Only of this platform.")
    private @Nullable String platform;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most so many (default: 100).")
    private int limit = 100;

    public FailedCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        List<FailedView> failed;
        try (Opening opening = Opening.of(lockstep)) {
            failed = opening.ask("failed").failed(platform, limit);
        }
        if (lockstep.json()) {
            lockstep.sayJson(failed);
        } else if (failed.isEmpty()) {
            lockstep.say("Nothing has failed.");
        } else {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("id", "platform", "write", "customer", "reason"));
            for (FailedView one : failed) {
                String write = one.kind() + (one.key() == null ? "" : " " + one.key());
                rows.add(List.of(one.id(), one.platform(), write, one.customer(), one.reason()));
            }
            Tables.lines(rows).forEach(lockstep::say);
        }
        return failed.isEmpty() ? 0 : Failures.LEFT;
    }

    @Command(
            name = "retry",
            description = "Tries refused writes again: those named, or all of --platform, or all.",
            footer = {"", "Example:", "  lockstep failed retry"})
    int retry(
            @Parameters(arity = "0..*", paramLabel = "ID", description = "As the list names them.") @Nullable
                    List<String> ids,
            @Option(names = "--platform", paramLabel = "NAME", description = "Only of this platform.") @Nullable
                    String of) {
        return order("retry", "retried", ids, engine -> engine.retryFailed(ids == null ? List.of() : ids, of));
    }

    @Command(
            name = "drop",
            description = "Forgets refused writes until the plan changes: those named, or all of --platform.",
            footer = {"", "Example:", "  lockstep failed drop --platform crm"})
    int drop(
            @Parameters(arity = "0..*", paramLabel = "ID", description = "As the list names them.") @Nullable
                    List<String> ids,
            @Option(names = "--platform", paramLabel = "NAME", description = "Only of this platform.") @Nullable
                    String of) {
        if ((ids == null || ids.isEmpty()) && of == null) {
            throw new EngineException("Nothing is named to be dropped.", "lockstep failed drop --platform NAME");
        }
        return order("drop", "dropped", ids, engine -> engine.dropFailed(ids == null ? List.of() : ids, of));
    }

    private int order(String command, String done, @Nullable List<String> ids, ToLongFunction<Engine> order) {
        long many;
        try (Opening opening = Opening.of(lockstep)) {
            many = order.applyAsLong(opening.ask("failed " + command));
        }
        if (many == 0 && ids != null && !ids.isEmpty()) {
            throw new EngineException(
                    "No refused write is known as " + String.join(", ", ids) + ".", "`lockstep failed` lists them.");
        }
        if (lockstep.json()) {
            lockstep.sayJson(Map.of(done, many));
        } else {
            lockstep.say(count(many) + " " + done + ".");
        }
        return 0;
    }
}
