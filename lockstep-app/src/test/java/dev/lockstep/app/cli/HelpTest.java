package dev.lockstep.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.app.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {
    @TempDir
    Path folder;

    static List<CommandLine> commands() {
        return all(Main.commandLine(new Surroundings(Map.of(), Path.of(""), false)))
                .toList();
    }

    private static Stream<CommandLine> all(CommandLine line) {
        return Stream.concat(
                Stream.of(line),
                line.getSubcommands().values().stream().distinct().flatMap(HelpTest::all));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandAnswersHelpWithAnExampleAndTheCommonOptions(CommandLine command) {
        String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);

        assertThat(help).contains("Example:").contains("lockstep ");
        assertThat(help)
                .contains("--workspace")
                .contains("--data")
                .contains("--json")
                .contains("--quiet");
    }

    @Test
    void aWrongWordIsOneSentence() {
        TwoDatabases.Run run = TwoDatabases.runIn(folder, "snyc");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("There is no command `snyc`.").contains("sync");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aFolderWithoutAWorkspaceIsSaidToBeOne() {
        TwoDatabases.Run run = TwoDatabases.runIn(folder, "check");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("lockstep.yaml:1:1: There is no such file");
    }

    @Test
    void allMistakesOfTheWorkspaceAreToldAndNothingElse() throws Exception {
        Files.writeString(folder.resolve("lockstep.yaml"), "customer: { a: { type: txt } }\nplatfroms: {}\n");

        TwoDatabases.Run run = TwoDatabases.runIn(folder, "sync");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(3).allMatch(line -> line.startsWith("lockstep.yaml:"));
    }
}
