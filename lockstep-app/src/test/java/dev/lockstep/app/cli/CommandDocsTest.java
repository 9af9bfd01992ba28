package dev.lockstep.app.cli;

import dev.lockstep.app.Docs;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandDocsTest {
    @Test
    void theDocumentationOfTheCommandsIsWhatTheirHelpSays() throws IOException {
        StringBuilder text = new StringBuilder("""
                # Commands

                Printed from the program; `lockstep COMMAND --help` says the same.

                Every command works alone on the data folder, or through the server that has it open. An error is one
                sentence on standard error, with the statement that mends it below; standard output is the answer alone.
                """);
        for (CommandLine command : HelpTest.commands()) {
            command.setUsageHelpWidth(100);
            text.append("\n## ")
                    .append(command.getCommandSpec().qualifiedName())
                    .append("\n\n```\n");
            text.append(command.getUsageMessage(CommandLine.Help.Ansi.OFF).strip())
                    .append("\n```\n");
        }
        Docs.compare("commands.md", text.toString());
    }
}
