package dev.lockstep.app.cli;

import dev.lockstep.app.workspace.Mistake;
import dev.lockstep.app.workspace.Nearest;
import dev.lockstep.app.workspace.WorkspaceException;
import dev.lockstep.engine.EngineException;
import dev.lockstep.spi.PlatformException;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong: one sentence on standard error, and what mends it on the next lines. Never a stack trace. */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    /** The exit code of every error. */
    public static final int ERROR = 1;

    /** Done, and something differs or is left. */
    static final int LEFT = 2;

    private final Lockstep lockstep;

    public Failures(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine line, @Nullable ParseResult parsed) {
        PrintWriter err = line.getErr();
        switch (e) {
            case WorkspaceException wrong -> tell(err, wrong.mistakes());
            case EngineException wrong -> tell(err, wrong.getMessage(), wrong.remedy());
            case PlatformException wrong -> tell(err, wrong.getMessage(), wrong.remedy());
            case InterruptedException interrupted -> tell(err, "Stopped.", "");
            default -> unexpected(err, e);
        }
        return ERROR;
    }

    private void unexpected(PrintWriter err, Exception e) {
        String detail = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        tell(
                err,
                "Something unexpected went wrong: " + detail.lines().findFirst().orElse(""),
                "Please report it; LOCKSTEP_TRACE=1 in the environment shows where it happened.");
        if (lockstep.surroundings().environment().containsKey("LOCKSTEP_TRACE")) {
            for (StackTraceElement element : e.getStackTrace()) err.println("    at " + element);
        }
        err.flush();
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine line = e.getCommandLine();
        PrintWriter err = line.getErr();
        tell(err, sentence(e), "");
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().getFirst();
            String hint = Nearest.hint(
                    word,
                    word.startsWith("-") ? options(line) : line.getSubcommands().keySet());
            if (!hint.isEmpty()) err.println(" " + hint);
        }
        err.println("  See: " + line.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ERROR;
    }

    private static List<String> options(CommandLine line) {
        return line.getCommandSpec().options().stream()
                .flatMap(option -> Stream.of(option.names()))
                .toList();
    }

    /** A first word that is no command is what people mistype most. */
    private static String sentence(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()
                && !unmatched.getUnmatched().getFirst().startsWith("-")
                && !e.getCommandLine().getSubcommands().isEmpty()) {
            return "There is no command `" + unmatched.getUnmatched().getFirst() + "`.";
        }
        return firstLine(e);
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return message.endsWith(".") ? message : message + ".";
    }

    static void tell(PrintWriter err, List<Mistake> mistakes) {
        mistakes.forEach(err::println);
        err.flush();
    }

    static void tell(PrintWriter err, @Nullable String sentence, String remedy) {
        err.println(sentence == null ? "It failed." : sentence);
        if (!remedy.isEmpty()) remedy.lines().forEach(line -> err.println("  " + line));
        err.flush();
    }
}
