package dev.lockstep.app.cli;

import dev.lockstep.app.json.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program's options, which every command takes, and what all commands print through. */
@Command(
        name = "lockstep",
        description = "Keeps every platform that holds your customers in step, in both directions.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done and in step, 1 an error, 2 done and something differs or is left.",
            "",
            "Example:",
            "  lockstep check && lockstep plan && lockstep sync"
        })
public final class Lockstep implements Runnable {
    @Option(
            names = {"-w", "--workspace"},
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The folder with lockstep.yaml (default: the current one).")
    @Nullable
    Path workspace;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description =
                    "Where Lockstep keeps what it knows (default: LOCKSTEP_DATA of the environment, else .lockstep in"
                            + " the workspace).")
    @Nullable
    Path data;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Answer in JSON.")
    boolean json;

    @Option(
            names = "--quiet",
            scope = ScopeType.INHERIT,
            description = "No progress, no remarks: errors and the answer.")
    boolean quiet;

    @Option(
            names = "--log-json",
            scope = ScopeType.INHERIT,
            description = "Log in JSON, one line an event, on standard error.")
    void logJson(boolean on) {
        if (on) Logs.inJson();
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this, with an example.")
    boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version.")
    boolean version;

    @Spec
    private @Nullable CommandSpec spec;

    private final Surroundings surroundings;

    public Lockstep(Surroundings surroundings) {
        this.surroundings = surroundings;
        Logs.quieten();
    }

    /** Without a command: the help. */
    @Override
    public void run() {
        spec().commandLine().usage(out());
    }

    /** What the program finds around it. */
    public Surroundings surroundings() {
        return surroundings;
    }

    /** The workspace's folder. */
    public Path workspaceFolder() {
        return workspace == null
                ? surroundings.folder()
                : surroundings.folder().resolve(workspace).normalize();
    }

    /** The data folder. */
    public Path dataFolder() {
        String named = surroundings.environment().get("LOCKSTEP_DATA");
        Path chosen = data == null && named != null && !named.isEmpty() ? Path.of(named) : data;
        return chosen == null
                ? workspaceFolder().resolve(".lockstep")
                : surroundings.folder().resolve(chosen).normalize();
    }

    /** Answers are wanted in JSON. */
    public boolean json() {
        return json;
    }

    /** Nothing is wanted but errors and the answer. */
    public boolean quiet() {
        return quiet;
    }

    /** Where the answer goes. */
    public PrintWriter out() {
        return spec().commandLine().getOut();
    }

    /** Where progress, remarks and errors go. */
    public PrintWriter err() {
        return spec().commandLine().getErr();
    }

    private CommandSpec spec() {
        if (spec == null) throw new IllegalStateException("no command line was made of this yet");
        return spec;
    }

    /** A line of the answer. */
    void say(String line) {
        out().println(line);
        out().flush();
    }

    /** A remark beside the answer. */
    void remark(String line) {
        if (!quiet) {
            err().println(line);
            err().flush();
        }
    }

    void sayJson(@Nullable Object value) {
        say(Json.pretty(value));
    }

    ProgressLines progress() {
        return new ProgressLines(err(), surroundings.terminal(), quiet);
    }
}
