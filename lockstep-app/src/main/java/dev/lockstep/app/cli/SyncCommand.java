package dev.lockstep.app.cli;

import dev.lockstep.engine.Engine;
import dev.lockstep.engine.Engine.SyncRequest;
import dev.lockstep.engine.view.PlatformView;
import dev.lockstep.engine.view.SyncView;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sync}: one pass. */
@Command(
        name = "sync",
        description = "One pass: reads what changed since the last, brings everything into step, and ends.",
        footer = {
            "",
            "Example:",
            "  lockstep sync --limit 10    # the first ten customers, to look before letting it run"
        })
public final class SyncCommand implements Callable<Integer> {
    private final Lockstep lockstep;

    @Option(names = "--customer", paramLabel = "ID", description = "Only this customer, by id or identifier.")
    private @Nullable String customer;

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N customers that need a write.")
    private int limit;

    @Option(names = "--without", paramLabel = "NAME", description = "Go on without this platform; repeatable.")
    private List<String> without = List.of();

    @Option(
            names = "--strict",
            description = "Exit with 2 also when only contested, taken or unparsed values are left.")
    private boolean strict;

    public SyncCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Opening opening = Opening.of(lockstep);
                ProgressLines progress = lockstep.progress()) {
            opening.remarkWarnings();
            Engine engine = opening.work("sync", Set.copyOf(without));
            SyncView view = engine.sync(new SyncRequest(Set.copyOf(without), customer, limit), progress);
            progress.end();
            if (lockstep.json()) {
                lockstep.sayJson(view);
            } else {
                say(view);
            }
            return code(view);
        }
    }

    private void say(SyncView view) {
        lockstep.say("Read " + ProgressLines.count(view.read()) + ", wrote " + ProgressLines.count(view.written())
                + " in " + Tables.millis(view.millis()) + ".");
        StatusCommand.say(lockstep, view.status());
        view.notes().stream()
                .filter(note -> !view.status().notes().contains(note))
                .forEach(lockstep::say);
    }

    private int code(SyncView view) {
        boolean down = false;
        for (PlatformView platform : view.status().platforms()) {
            if (platform.error() == null || without.contains(platform.name())) continue;
            String remedy = platform.remedy() == null ? "" : platform.remedy();
            Failures.tell(lockstep.err(), platform.error(), remedy);
            down = true;
        }
        if (down) return Failures.ERROR;
        List<PlatformView> counted = view.status().platforms().stream()
                .filter(one -> !without.contains(one.name()))
                .toList();
        boolean left = counted.stream().anyMatch(one -> one.pending() + one.failed() + one.held() + one.unread() > 0);
        boolean open = counted.stream().anyMatch(one -> one.contested() + one.taken() + one.unparsed() > 0);
        return !view.converged() || left || (strict && open) ? Failures.LEFT : 0;
    }
}
