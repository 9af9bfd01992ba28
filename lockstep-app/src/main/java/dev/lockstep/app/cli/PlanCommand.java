package dev.lockstep.app.cli;

import static dev.lockstep.app.cli.ProgressLines.count;

import dev.lockstep.app.json.PlanJson;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.Engine.SyncRequest;
import dev.lockstep.engine.EngineException;
import dev.lockstep.engine.view.PlanView;
import dev.lockstep.engine.view.PlanView.ColumnPlan;
import dev.lockstep.engine.view.PlanView.PlannedWrite;
import dev.lockstep.engine.view.PlanView.PlatformPlan;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plan}: what a sync would write. */
@Command(
        name = "plan",
        description = {
            "Prints what a sync would write, and first what would be lost. Writes nothing.",
            "Reads every platform and works out who is who. First what would be deleted, withdrawn, cleared or"
                    + " overwritten, with three examples each (--out has all); then blanks filled, then records made.",
            "--json is a list of every write: platform, key (null for a new record), kind, and columns,"
                    + " each from and to."
        },
        footer = {"", "Example:", "  lockstep plan --out plan.json"})
public final class PlanCommand implements Callable<Integer> {
    private static final int SAMPLES = 3;

    private final Lockstep lockstep;

    @Option(names = "--out", paramLabel = "FILE", description = "Keep every write, as JSON, in this file.")
    private @Nullable Path out;

    @Option(names = "--customer", paramLabel = "ID", description = "Only this customer, by id or identifier.")
    private @Nullable String customer;

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N customers that need a write.")
    private int limit;

    @Option(names = "--without", paramLabel = "NAME", description = "Go on without this platform; repeatable.")
    private List<String> without = List.of();

    /** {@code platform/column} to the first few overwrites. */
    private final Map<String, List<String>> samples = new LinkedHashMap<>();

    public PlanCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        try (Opening opening = Opening.of(lockstep);
                ProgressLines progress = lockstep.progress();
                Writer file = file()) {
            opening.remarkWarnings();
            Engine engine = opening.work("plan", Set.copyOf(without));
            PlanView view;
            try (PlanJson kept = PlanJson.array(file);
                    PlanJson shown = PlanJson.array(lockstep.json() ? lockstep.out() : Writer.nullWriter())) {
                Consumer<PlannedWrite> each = write -> {
                    kept.write(write);
                    shown.write(write);
                    sample(write);
                };
                view = engine.plan(new SyncRequest(Set.copyOf(without), customer, limit), each, progress);
            }
            progress.end();
            if (lockstep.json()) {
                lockstep.say("");
            } else {
                say(view);
            }
            return view.writes() == 0 ? 0 : Failures.LEFT;
        } catch (UncheckedIOException e) {
            throw new EngineException("The plan cannot be kept: " + e.getMessage() + ".", "");
        }
    }

    private Writer file() throws IOException {
        if (out == null) return Writer.nullWriter();
        Path path = lockstep.surroundings().folder().resolve(out);
        return new BufferedWriter(Files.newBufferedWriter(path));
    }

    private void sample(PlannedWrite write) {
        if (!write.kind().equals("update")) return;
        for (PlanView.PlannedCell cell : write.cells()) {
            if (cell.before() == null || cell.before().isBlank()) continue;
            List<String> some =
                    samples.computeIfAbsent(write.platform() + "/" + cell.column(), key -> new ArrayList<>());
            if (some.size() < SAMPLES) {
                some.add(write.key() + ": " + Tables.quoted(cell.before()) + " becomes " + Tables.quoted(cell.after()));
            }
        }
    }

    private void say(PlanView view) {
        if (view.writes() == 0) lockstep.say("Nothing would be written: everything is in step.");
        for (PlatformPlan platform : view.platforms()) {
            if (platform.deletes() > 0) {
                lockstep.say(count(platform.deletes()) + " records would be deleted in " + platform.platform() + ".");
            }
        }
        for (PlatformPlan platform : view.platforms()) {
            for (ColumnPlan column : platform.columns()) sayGone(platform.platform(), column);
        }
        for (PlatformPlan platform : view.platforms()) {
            for (ColumnPlan column : platform.columns()) sayOverwritten(platform.platform(), column);
        }
        for (PlatformPlan platform : view.platforms()) {
            for (ColumnPlan column : platform.columns()) {
                if (column.filled() == 0) continue;
                lockstep.say(count(column.filled()) + " blanks in " + platform.platform() + "." + column.column()
                        + " would be filled.");
            }
        }
        for (PlatformPlan platform : view.platforms()) {
            if (platform.creates() > 0) {
                lockstep.say(count(platform.creates()) + " records would be made in " + platform.platform() + ".");
            }
        }
        view.notes().forEach(lockstep::say);
        lockstep.say(count(view.customers()) + " customers, " + count(view.joined()) + " of them of several records; "
                + count(view.writes()) + " writes.");
    }

    private void sayGone(String platform, ColumnPlan column) {
        String name = platform + "." + column.column();
        if (column.withdrawn() > 0) {
            lockstep.say(count(column.withdrawn()) + " consents in " + name + " would be withdrawn.");
        }
        if (column.blanked() > 0) lockstep.say(count(column.blanked()) + " values in " + name + " would be cleared.");
        if (column.withdrawn() + column.blanked() > 0) saySamples(platform, column);
    }

    private void sayOverwritten(String platform, ColumnPlan column) {
        String name = platform + "." + column.column();
        if (column.overwritten() > 0) {
            String winners = column.winners().stream()
                    .map(winner -> winner.platform() + " " + count(winner.count()))
                    .collect(Collectors.joining(", "));
            lockstep.say(count(column.overwritten()) + " values in " + name + " would be overwritten"
                    + (winners.isEmpty() ? "." : ", by the word of " + winners + "."));
        }
        boolean shown = column.withdrawn() + column.blanked() > 0;
        if (column.overwritten() > 0 && !shown) saySamples(platform, column);
    }

    private void saySamples(String platform, ColumnPlan column) {
        samples.getOrDefault(platform + "/" + column.column(), List.of()).forEach(line -> lockstep.say("  " + line));
    }
}
