package dev.lockstep.app.init;

import dev.lockstep.app.cli.Lockstep;
import dev.lockstep.app.cli.Opening;
import dev.lockstep.app.json.Json;
import dev.lockstep.app.workspace.Workspace;
import dev.lockstep.app.workspace.WorkspaceSchema;
import dev.lockstep.engine.EngineException;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code init}: a first workspace, from what databases hold. */
@Command(
        name = "init",
        description = {
            "Looks round databases for tables that hold people, guesses what their columns mean by name and by content,"
                    + " and writes a workspace with the evidence beside each guess. Changes no database."
        },
        footer = {
            "",
            "Example:",
            "  lockstep init --postgres postgresql://ada@localhost/shop postgresql://ada@localhost/crm",
            "  lockstep init customers --yes --postgres \"$SHOP_URL\" \"$CRM_URL\""
        })
public final class InitCommand implements Callable<Integer> {
    private final Lockstep lockstep;
    private final @Nullable Function<String, String> given;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The workspace's folder, made when missing.")
    private @Nullable String folder;

    @Option(
            names = "--postgres",
            arity = "1..*",
            paramLabel = "URL",
            description = "PostgreSQL databases to look at, as postgresql://USER:PASSWORD@HOST:5432/DATABASE.")
    private List<String> postgres = new ArrayList<>();

    @Option(names = "--yes", description = "Ask nothing: what cannot be known is guessed, and marked.")
    private boolean yes;

    public InitCommand(Lockstep lockstep) {
        this(lockstep, null);
    }

    /** @param given answers questions in place of a terminal; null: the terminal, where there is one */
    InitCommand(Lockstep lockstep, @Nullable Function<String, String> given) {
        this.lockstep = lockstep;
        this.given = given;
    }

    /** What {@code --json} answers. */
    record Answer(String workspace, List<PlatformAnswer> platforms, List<String> export, String next) {}

    record PlatformAnswer(String name, String table, long records, Map<String, String> columns, int guesses) {}

    @Override
    public Integer call() {
        List<String> urls = urls();
        Path target = target();
        Path file = target.resolve(Workspace.FILE);
        if (Files.exists(file)) {
            throw new EngineException(
                    "There is a workspace already: " + file + ".",
                    "Name another folder: lockstep init DIR --postgres …");
        }
        Function<String, String> ask = yes ? null : asking();
        if (urls.isEmpty()) urls = asked(ask);
        Round round = new Round(lockstep.surroundings().environment(), this::remark);
        urls.forEach(round::look);
        CustomerModel model = CustomerModel.of(round.platforms());
        Consents.settle(round.platforms(), ask);
        round.count();
        write(file, WorkspaceText.of(round.platforms(), model));
        write(
                target.resolve("lockstep.schema.json"),
                Json.pretty(WorkspaceSchema.of(List.copyOf(Opening.specs().values()))) + "\n");
        Beside beside = new Beside(target);
        beside.ignore();
        List<String> kept = beside.keep(round.variables());
        answer(file, round, kept);
        return 0;
    }

    /** What follows {@code --postgres} and is no URL is the folder. */
    private List<String> urls() {
        List<String> urls = new ArrayList<>();
        for (String one : postgres) {
            if (one.contains("://") || folder != null) {
                urls.add(one);
            } else {
                folder = one;
            }
        }
        return urls;
    }

    private Path target() {
        Path base = folder == null
                ? lockstep.workspaceFolder()
                : lockstep.surroundings().folder().resolve(folder).normalize();
        try {
            return Files.createDirectories(base);
        } catch (IOException e) {
            throw new EngineException("The folder " + base + " cannot be made: " + e.getMessage() + ".", "");
        }
    }

    private @Nullable Function<String, String> asking() {
        if (given != null) return given;
        Console console = lockstep.surroundings().terminal() ? System.console() : null;
        return console == null ? null : question -> Objects.requireNonNullElse(console.readLine("%s", question), "");
    }

    private static List<String> asked(@Nullable Function<String, String> ask) {
        List<String> urls = new ArrayList<>();
        if (ask != null) {
            String question = "URL of a database with customers, postgresql://USER:PASSWORD@HOST:5432/DATABASE: ";
            for (String url = ask.apply(question).strip();
                    !url.isEmpty();
                    url = ask.apply(question).strip()) {
                urls.add(url);
                question = "And of the next one; nothing to go on: ";
            }
        }
        if (urls.isEmpty()) {
            throw new EngineException(
                    "Which databases?",
                    "lockstep init --postgres postgresql://USER:PASSWORD@HOST:5432/DATABASE postgresql://…");
        }
        return urls;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new EngineException("The file " + file + " cannot be written: " + e.getMessage() + ".", "");
        }
    }

    private void remark(String line) {
        if (lockstep.quiet()) return;
        lockstep.err().println(line);
        lockstep.err().flush();
    }

    private void answer(Path file, Round round, List<String> kept) {
        String next = next(file);
        List<PlatformAnswer> platforms = round.platforms().stream()
                .map(one -> new PlatformAnswer(
                        one.name(), one.table().name(), one.table().rows(), WorkspaceText.mapping(one), (int)
                                one.guesses().stream()
                                        .filter(guess -> guess.doubt() != null)
                                        .count()))
                .toList();
        if (lockstep.json()) {
            lockstep.out().println(Json.pretty(new Answer(file.toString(), platforms, kept, next)));
        } else {
            for (PlatformAnswer one : platforms) {
                lockstep.out()
                        .println(one.name() + ": " + one.table() + ", " + WorkspaceText.count(one.records())
                                + " rows, " + one.columns().size() + " columns mapped"
                                + (one.guesses() == 0 ? "" : ", " + one.guesses() + " of them marked GUESS"));
            }
            lockstep.out().println("Wrote " + file + ".");
            if (!kept.isEmpty()) {
                lockstep.out()
                        .println("The URLs are in .env beside it, for you alone to read and ignored by git; or export "
                                + String.join(", ", kept) + " and delete it.");
            }
            lockstep.out().println("Read the lines that say GUESS, then: " + next);
        }
        lockstep.out().flush();
    }

    private String next(Path file) {
        Path target = Objects.requireNonNull(file.getParent());
        Path here = lockstep.surroundings().folder();
        if (target.equals(here)) return "lockstep check";
        Path shown = target.startsWith(here) ? here.relativize(target) : target;
        return "lockstep check --workspace " + shown;
    }
}
