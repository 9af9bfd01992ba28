package dev.lockstep.app.cli;

import dev.lockstep.app.workspace.FreshNumbers;
import dev.lockstep.app.workspace.Mistake;
import dev.lockstep.app.workspace.ModelBuilder;
import dev.lockstep.app.workspace.WorkspaceException;
import dev.lockstep.spi.Capabilities;
import dev.lockstep.spi.Description;
import dev.lockstep.spi.Description.Problem;
import dev.lockstep.spi.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code check}: reads the workspace, looks at every platform, and says all that is wrong. */
@Command(
        name = "check",
        description = {
            "Says all that is wrong with the workspace and the platforms, and how to mend it.",
            "Connects to every platform. Changes nothing anywhere."
        },
        footer = {"", "Example:", "  lockstep check --workspace /etc/lockstep"})
public final class CheckCommand implements Callable<Integer> {
    private final Lockstep lockstep;

    public CheckCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    /** What {@code --json} answers. */
    record Answer(boolean sound, List<Line> workspace, List<PlatformAnswer> platforms) {}

    record Line(String place, boolean fatal, String sentence) {
        static Line of(Mistake mistake) {
            return new Line(mistake.place().toString(), mistake.fatal(), mistake.sentence());
        }
    }

    record PlatformAnswer(
            String name,
            @Nullable String product,
            long records,
            @Nullable Capabilities capabilities,
            List<Problem> problems) {}

    @Override
    public Integer call() {
        try (Opening opening = Opening.of(lockstep)) {
            ModelBuilder builder = new ModelBuilder(opening.workspace(), new FreshNumbers());
            Map<String, Platform> platforms = opening.platforms(builder);
            List<Inspection> inspections;
            try {
                inspections = Inspection.of(platforms, Set.of());
            } finally {
                platforms.values().forEach(Platform::close);
            }
            List<Mistake> mistakes = new ArrayList<>(opening.workspace().warnings());
            mistakes.addAll(mapping(builder, inspections));
            return answer(mistakes, inspections);
        } catch (WorkspaceException e) {
            return answer(e.mistakes(), List.of());
        }
    }

    /** What can only be judged with the columns at hand. */
    private static List<Mistake> mapping(ModelBuilder builder, List<Inspection> inspections) {
        Map<String, Description> found = new LinkedHashMap<>();
        for (Inspection inspection : inspections) {
            if (inspection.found() != null) found.put(inspection.platform(), inspection.found());
        }
        try {
            builder.model(found);
            return builder.warnings();
        } catch (WorkspaceException e) {
            return e.mistakes();
        }
    }

    private int answer(List<Mistake> mistakes, List<Inspection> inspections) {
        boolean sound = mistakes.stream().noneMatch(Mistake::fatal)
                && inspections.stream().allMatch(Inspection::usable);
        if (lockstep.json()) {
            lockstep.sayJson(new Answer(
                    sound,
                    mistakes.stream().map(Line::of).toList(),
                    inspections.stream().map(CheckCommand::answer).toList()));
        } else {
            inspections.forEach(this::describe);
        }
        boolean told = !lockstep.json();
        if (told || !sound) mistakes.forEach(mistake -> lockstep.err().println(mistake));
        for (Inspection inspection : inspections) {
            inspection.problems().forEach(problem -> {
                if (told || problem.fatal()) tell(problem);
            });
        }
        lockstep.err().flush();
        if (sound && !lockstep.json()) lockstep.say("All is well: lockstep plan shows what a sync would do.");
        return sound ? 0 : Failures.ERROR;
    }

    private void tell(Problem problem) {
        Failures.tell(lockstep.err(), (problem.fatal() ? "" : "warning: ") + problem.sentence(), problem.remedy());
    }

    private static PlatformAnswer answer(Inspection inspection) {
        Description found = inspection.found();
        return new PlatformAnswer(
                inspection.platform(),
                found == null ? null : found.product(),
                found == null ? -1 : found.records(),
                found == null ? null : found.capabilities(),
                inspection.problems());
    }

    private void describe(Inspection inspection) {
        Description found = inspection.found();
        if (found == null) return;
        StringBuilder line =
                new StringBuilder(inspection.platform()).append(": ").append(found.product());
        if (found.records() >= 0)
            line.append(", about ").append(ProgressLines.count(found.records())).append(" records");
        Capabilities can = found.capabilities();
        line.append(
                can.streams() ? ", changes as they happen" : can.polls() ? ", changes by polling" : ", read in full");
        if (!can.writes()) line.append(", read only");
        lockstep.say(line.toString());
    }
}
