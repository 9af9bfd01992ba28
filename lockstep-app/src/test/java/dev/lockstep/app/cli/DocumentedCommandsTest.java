package dev.lockstep.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.app.Main;
import dev.lockstep.app.cli.TwoDatabases.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Every command of the README and of the documentation works: those that end are run, in the order of the pages, on two
 * databases of our own; the others are read by the command line.
 */
class DocumentedCommandsTest {
    /** These run until stopped, need one that does, or take minutes; each has a test of its own. */
    private static final Set<String> NOT_RUN =
            Set.of("demo", "up", "events", "simulate", "backup", "restore", "forget");

    private static final Pattern FENCE = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern INLINE = Pattern.compile("`(?:\\./)?(lockstep [a-z][^`]*)`");

    @TempDir
    Path folder;

    @Test
    void everyCommandOfTheDocumentationWorks() throws Exception {
        try (TwoDatabases databases = TwoDatabases.in(folder.resolve("unused"))) {
            Path here = folder.resolve("start");
            Files.createDirectories(here);
            List<String> wrong = new ArrayList<>();
            int run = 0;
            for (String written : commands()) {
                if (written.startsWith("cd ")) {
                    here = here.resolve(written.substring(3));
                    continue;
                }
                String[] words = words(written, databases);
                String fault = unread(words);
                if (fault == null && !NOT_RUN.contains(words[0])) {
                    run++;
                    Run done = TwoDatabases.runIn(here, words);
                    boolean fine = done.code() == 0 || done.code() == 2;
                    if (!fine || done.err().contains("unexpected")) fault = done.code() + ": " + done.err();
                }
                if (fault != null) wrong.add(written + " -> " + fault);
            }
            assertThat(wrong).isEmpty();
            assertThat(run).isGreaterThan(15);
        }
    }

    @Test
    void theExampleOfEveryHelpIsReadByTheCommandLine() {
        List<String> wrong = new ArrayList<>();
        for (CommandLine command : HelpTest.commands()) {
            String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
            List<String> examples = help.substring(help.lastIndexOf("Example:"))
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith("lockstep "))
                    .toList();
            if (examples.isEmpty()) wrong.add(command.getCommandSpec().qualifiedName() + " has no example");
            for (String example : examples) {
                for (String one : example.replaceFirst(" [#>|].*", "").split(" && ")) {
                    String fault = unread(one.replace("\"", "")
                            .substring("lockstep ".length())
                            .split(" +"));
                    if (fault != null) wrong.add(one + " -> " + fault);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Why the command line does not take these words; null when it does. */
    private static String unread(String... words) {
        // Read, this one would turn the logs of all tests into JSON.
        String[] quiet =
                Stream.of(words).filter(word -> !word.equals("--log-json")).toArray(String[]::new);
        try {
            Main.commandLine(new Surroundings(Map.of(), Path.of(""), false)).parseArgs(quiet);
            return null;
        } catch (CommandLine.ParameterException e) {
            return e.getMessage();
        }
    }

    /** The first hour from its beginning, then what the other pages say, each once. */
    private static Set<String> commands() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("mvnw"))) root = root.getParent();
        List<Path> pages = new ArrayList<>(List.of(root.resolve("docs/first-hour.md"), root.resolve("README.md")));
        try (Stream<Path> docs = Files.list(root.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")
                            && !page.endsWith("commands.md")
                            && !page.endsWith("first-hour.md"))
                    .sorted()
                    .forEach(pages::add);
        }
        pages.add(root.resolve("examples/two-databases/README.md"));
        Set<String> commands = new LinkedHashSet<>();
        for (Path page : pages) {
            String text = Files.readString(page);
            Matcher fence = FENCE.matcher(text);
            while (fence.find()) fence.group(1).lines().forEach(line -> add(line, commands));
            Matcher inline = INLINE.matcher(FENCE.matcher(text).replaceAll(""));
            while (inline.find()) add(inline.group(1), commands);
        }
        return commands;
    }

    private static void add(String line, Set<String> commands) {
        String bare = line.replaceFirst("\\s#.*", "").strip().replaceFirst("^(\\.\\./|\\./)+", "");
        if (bare.startsWith("lockstep ") || bare.equals("cd customers")) commands.add(bare);
    }

    private static String[] words(String written, TwoDatabases databases) {
        List<String> words = new ArrayList<>();
        for (String word : written.substring("lockstep ".length()).split(" +")) {
            if (word.equals("URL")) {
                return new String[] {"init", "elsewhere", "--postgres", databases.url("shop"), databases.url("crm")};
            } else if (word.startsWith("postgresql://")) {
                words.add(databases.url(word.substring(word.lastIndexOf('/') + 1)));
            } else if (word.equals("NAME") || word.equals("PLATFORM")) {
                words.add("crm");
            } else {
                words.add(word);
            }
        }
        return words.toArray(String[]::new);
    }
}
