package dev.lockstep.app.workspace;

import dev.lockstep.app.workspace.Workspace.GuardDefinition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads {@code guard:}, of the workspace or of a platform. */
final class Guards {
    private Guards() {}

    /** Null when it is not given. */
    static @Nullable GuardDefinition read(Options options, Mistakes mistakes) {
        Yaml node = options.get("guard");
        if (node == null) return null;
        Duration hour = Duration.ofHours(1);
        if (node instanceof Yaml.Text text) {
            if (!text.text().equals("off")) {
                mistakes.add(text.at(), "`guard` is `off`, or a mapping such as { share: 20%, least: 50, per: 1h }.");
            }
            return new GuardDefinition(false, 20, 50, hour);
        }
        Options guard = Options.of(node, "`guard`", OptionRules.GUARD, mistakes);
        if (guard == null) return null;
        Double percent = guard.percent("share");
        Integer least = guard.count("least", 0);
        Duration per = guard.duration("per");
        return new GuardDefinition(
                true, percent == null ? 20 : percent, least == null ? 50 : least, per == null ? hour : per);
    }
}
