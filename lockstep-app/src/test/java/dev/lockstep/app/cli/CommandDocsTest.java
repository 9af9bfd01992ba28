package dev.lockstep.app.cli;

import dev.lockstep.app.Docs;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandDocsTest {
    private static final Pattern COMMON = Pattern.compile(
            "(?m)^ +(-h, --help|-w, --workspace|--data|--json|--log-json|--quiet)\\b[= ].*\\R(?: {20,}.*\\R)*");

    @Test
    void theDocumentationOfTheCommandsIsWhatTheirHelpSays() throws IOException {
        StringBuilder text = new StringBuilder("""
                # Commands

                Printed from the program; `lockstep COMMAND --help` says the same. The options of `lockstep` itself are those of every
                command, and are shown once.

                Every command works alone on the data folder, or through the server that has it open. An error is one
                sentence on standard error, with the statement that mends it below; standard output is the answer alone.
                """);
        for (CommandLine command : HelpTest.commands()) {
            command.setUsageHelpWidth(100);
            text.append("\n## ")
                    .append(command.getCommandSpec().qualifiedName())
                    .append("\n\n```\n");
            String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
            String own =
                    command.getParent() == null ? help : COMMON.matcher(help).replaceAll("");
            text.append(own.strip()).append("\n```\n");
        }
        Docs.compare("commands.md", text.toString());
    }
}
