package dev.lockstep.app;

import dev.lockstep.app.cli.ApproveCommand;
import dev.lockstep.app.cli.BackupCommand;
import dev.lockstep.app.cli.CheckCommand;
import dev.lockstep.app.cli.ConnectorsCommand;
import dev.lockstep.app.cli.CustomerCommand;
import dev.lockstep.app.cli.EventsCommand;
import dev.lockstep.app.cli.FailedCommand;
import dev.lockstep.app.cli.Failures;
import dev.lockstep.app.cli.ForgetCommand;
import dev.lockstep.app.cli.Lockstep;
import dev.lockstep.app.cli.PauseCommand;
import dev.lockstep.app.cli.PlanCommand;
import dev.lockstep.app.cli.RestoreCommand;
import dev.lockstep.app.cli.ResumeCommand;
import dev.lockstep.app.cli.ResyncCommand;
import dev.lockstep.app.cli.ReviewCommand;
import dev.lockstep.app.cli.SimulateCommand;
import dev.lockstep.app.cli.StatusCommand;
import dev.lockstep.app.cli.Surroundings;
import dev.lockstep.app.cli.SyncCommand;
import dev.lockstep.app.cli.UpCommand;
import dev.lockstep.app.cli.VerifyCommand;
import dev.lockstep.app.demo.DemoCommand;
import dev.lockstep.app.init.InitCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The program. The commands below are all there are. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // The HTTP server speaks through the JDK's own logging: of its start and its end nobody needs to hear.
        java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.WARNING);
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(Surroundings.ofProcess(), out, err, arguments);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** Runs one command; answers the exit code. */
    public static int run(Surroundings surroundings, PrintWriter out, PrintWriter err, String... arguments) {
        return commandLine(surroundings).setOut(out).setErr(err).execute(arguments);
    }

    /** The first line of a command's help names no options: they are listed right below. */
    private static void brief(CommandLine line) {
        for (CommandLine command : line.getSubcommands().values()) {
            command.getCommandSpec().usageMessage().abbreviateSynopsis(true);
            brief(command);
        }
    }

    /** All commands. */
    public static CommandLine commandLine(Surroundings surroundings) {
        Lockstep lockstep = new Lockstep(surroundings);
        CommandLine line = new CommandLine(lockstep)
                .addSubcommand(new DemoCommand(lockstep))
                .addSubcommand(new InitCommand(lockstep))
                .addSubcommand(new CheckCommand(lockstep))
                .addSubcommand(new PlanCommand(lockstep))
                .addSubcommand(new SyncCommand(lockstep))
                .addSubcommand(new UpCommand(lockstep))
                .addSubcommand(new StatusCommand(lockstep))
                .addSubcommand(new VerifyCommand(lockstep))
                .addSubcommand(new CustomerCommand(lockstep))
                .addSubcommand(new FailedCommand(lockstep))
                .addSubcommand(new ReviewCommand(lockstep))
                .addSubcommand(new ApproveCommand(lockstep))
                .addSubcommand(new PauseCommand(lockstep))
                .addSubcommand(new ResumeCommand(lockstep))
                .addSubcommand(new ResyncCommand(lockstep))
                .addSubcommand(new BackupCommand(lockstep))
                .addSubcommand(new RestoreCommand(lockstep))
                .addSubcommand(new ForgetCommand(lockstep))
                .addSubcommand(new ConnectorsCommand(lockstep))
                .addSubcommand(new EventsCommand(lockstep))
                .addSubcommand(new SimulateCommand(lockstep));
        String version = Main.class.getPackage().getImplementationVersion();
        line.getCommandSpec().version("lockstep " + (version == null ? "(built from source)" : version));
        brief(line);
        Failures failures = new Failures(lockstep);
        return line.setUsageHelpAutoWidth(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(surroundings.colour() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }
}
