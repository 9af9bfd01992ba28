package dev.lockstep.app.cli;

import dev.lockstep.app.workspace.WorkspaceSchema;
import dev.lockstep.engine.EngineException;
import dev.lockstep.spi.Spec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code connectors}: what can be connected. */
@Command(
        name = "connectors",
        description = "What can be connected; with a name, its options.",
        footer = {
            "",
            "Example:",
            "  lockstep connectors postgres",
            "  lockstep connectors --schema > lockstep.schema.json   # for editors that check YAML"
        })
public final class ConnectorsCommand implements Callable<Integer> {
    private final Lockstep lockstep;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A platform type.")
    private @Nullable String name;

    @Option(names = "--schema", description = "The JSON Schema of the workspace file.")
    private boolean schema;

    public ConnectorsCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        Map<String, Spec> specs = Opening.specs();
        if (schema) {
            lockstep.sayJson(WorkspaceSchema.of(List.copyOf(specs.values())));
        } else if (name == null) {
            list(specs);
        } else {
            Spec spec = specs.get(name);
            if (spec == null) {
                throw new EngineException("There is no platform type `" + name + "`.", "lockstep connectors");
            }
            describe(spec);
        }
        return 0;
    }

    private void list(Map<String, Spec> specs) {
        if (lockstep.json()) {
            lockstep.sayJson(specs.values());
            return;
        }
        specs.values().forEach(spec -> lockstep.say(spec.type() + "  " + spec.summary()));
    }

    private void describe(Spec spec) {
        if (lockstep.json()) {
            lockstep.sayJson(spec);
            return;
        }
        lockstep.say(spec.type() + ": " + spec.summary());
        for (Spec.Option option : spec.options()) {
            String when = option.required()
                    ? " (required)"
                    : option.defaultText() == null ? "" : " (default: " + option.defaultText() + ")";
            lockstep.say("  " + option.name() + when + ": " + option.description());
        }
        spec.notes().forEach(note -> lockstep.say("  - " + note));
        lockstep.say("");
        spec.example().lines().forEach(lockstep::say);
    }
}
