package dev.lockstep.app.cli;

import dev.lockstep.engine.Engine;
import dev.lockstep.engine.EngineException;
import dev.lockstep.engine.view.ReviewView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code review}: what only a person can settle. */
@Command(
        name = "review",
        description = {
            "Lists what waits for a person's answer, and takes the answers.",
            "Values that something on their platform keeps changing back are left alone until then."
        },
        footer = {
            "",
            "Example:",
            "  lockstep review                       # the list, with both values",
            "  lockstep review 3fa2c19b04 --theirs   # what the platform holds is right: it spreads"
        })
public final class ReviewCommand implements Callable<Integer> {
    private final Lockstep lockstep;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "As the list names them.")
    private @Nullable List<String> ids;

    @Option(names = "--ours", description = "What Lockstep wrote is right: it is written again.")
    private boolean ours;

    @Option(
            names = "--theirs",
            description = "What the platform holds is right: it counts as edited there now, and spreads.")
    private boolean theirs;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most so many (default: 100).")
    private int limit = 100;

    public ReviewCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        boolean named = ids != null && !ids.isEmpty();
        if (named && ours == theirs) {
            throw new EngineException("An answer is one of two.", "Add --ours or --theirs.");
        }
        if (!named && (ours || theirs)) {
            throw new EngineException("Nothing is named to be answered.", "lockstep review ID --ours");
        }
        try (Opening opening = Opening.of(lockstep)) {
            Engine engine = opening.ask("review");
            if (ids == null || ids.isEmpty()) return list(engine.reviews(limit));
            for (String id : ids) engine.answer(id, ours);
            if (lockstep.json()) lockstep.sayJson(Map.of("answered", ids));
            else lockstep.say("Answered: " + String.join(", ", ids) + ".");
            return 0;
        }
    }

    private int list(List<ReviewView> open) {
        if (lockstep.json()) {
            lockstep.sayJson(open);
        } else if (open.isEmpty()) {
            lockstep.say("Nothing waits for an answer.");
        } else {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("id", "platform", "record", "column", "ours", "theirs", "customer"));
            for (ReviewView one : open) {
                rows.add(List.of(
                        one.id(),
                        one.platform(),
                        one.key(),
                        one.column(),
                        Tables.quoted(one.ours()),
                        Tables.quoted(one.theirs()),
                        one.customer()));
            }
            Tables.lines(rows).forEach(lockstep::say);
        }
        return open.isEmpty() ? 0 : Failures.LEFT;
    }
}
