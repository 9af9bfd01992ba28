package dev.lockstep.app.cli;

import static dev.lockstep.app.cli.ProgressLines.count;

import dev.lockstep.engine.Engine;
import dev.lockstep.engine.view.ApprovalView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code approve}: what the guard has stopped. */
@Command(
        name = "approve",
        description = {
            "Lists the changes that the guard has stopped, lets them go, or takes them back.",
            "They would delete, blank, overwrite or create too much at once. Those that are named go.",
            "With --reject their edits are taken back: they count no more, and every platform gets back what it held"
                    + " before, the one where the change was made too. What others have edited since stays."
        },
        footer = {
            "",
            "Example:",
            "  lockstep approve                    # the list",
            "  lockstep approve 3fa2c1             # lets that one go",
            "  lockstep approve 3fa2c1 --reject    # takes it back"
        })
public final class ApproveCommand implements Callable<Integer> {
    private final Lockstep lockstep;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "As the list names them.")
    private @Nullable List<String> ids;

    @Option(names = "--all", description = "All that are held.")
    private boolean all;

    @Option(names = "--reject", description = "Takes the edits back instead.")
    private boolean reject;

    public ApproveCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        try (Opening opening = Opening.of(lockstep)) {
            Engine engine = opening.ask("approve");
            List<String> chosen = new ArrayList<>(ids == null ? List.of() : ids);
            if (all) engine.approvals().forEach(one -> chosen.add(one.id()));
            if (chosen.isEmpty()) return list(engine.approvals());
            if (reject) return reject(engine, chosen);
            chosen.forEach(engine::approve);
            if (lockstep.json()) lockstep.sayJson(Map.of("approved", chosen));
            else lockstep.say("Let go: " + String.join(", ", chosen) + ".");
            return 0;
        }
    }

    private int reject(Engine engine, List<String> chosen) {
        List<ApprovalView> rejected = new ArrayList<>();
        for (String id : chosen) {
            // Of one cause that is held on several platforms all are taken back at once.
            boolean gone = !rejected.isEmpty()
                    && engine.approvals().stream().noneMatch(one -> one.id().equals(id));
            if (!gone) rejected.add(engine.reject(id));
        }
        if (lockstep.json()) lockstep.sayJson(Map.of("rejected", rejected));
        else rejected.forEach(one -> lockstep.say(sentence(one)));
        return 0;
    }

    private static String sentence(ApprovalView one) {
        String said = one.id() + ": the edits in " + one.source() + " are being taken back; " + count(one.held())
                + " records of " + one.platform() + " stay as they are";
        if (one.written() == 0) return said + ".";
        String written = count(one.written()) + " records of " + one.platform() + " that were written before the limit";
        return one.cause().equals("drip")
                ? said + ". Of " + written + ", those that came of the same transactions get back what they held;"
                        + " what earlier ones did stands."
                : said + ", and " + written + " get back what they held.";
    }

    private int list(List<ApprovalView> held) {
        if (lockstep.json()) {
            lockstep.sayJson(held);
        } else if (held.isEmpty()) {
            lockstep.say("Nothing is held.");
        } else {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("id", "from", "to", "held", "deletes", "blanks", "changes", "written"));
            for (ApprovalView one : held) {
                rows.add(List.of(
                        one.id(),
                        one.source().isEmpty() ? one.cause() : one.source(),
                        one.platform(),
                        count(one.held()),
                        count(one.deletes()),
                        count(one.losses()),
                        count(one.changes()),
                        count(one.written())));
            }
            Tables.lines(rows).forEach(lockstep::say);
            held.forEach(one -> lockstep.say(one.why()));
        }
        return held.isEmpty() ? 0 : Failures.LEFT;
    }
}
