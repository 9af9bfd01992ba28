package dev.lockstep.simulator.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code docs/mutants.md}: one row a mutant, written by the full run, those that die soonest first. */
final class MutantsTable {
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\|.*");
    private static final Pattern KILLED = Pattern.compile(".*\\| (\\d+) of (\\d+) \\| [^|]*\\|");

    private final Path file;
    private final TreeMap<String, String> rows = new TreeMap<>();

    MutantsTable(Path file) throws IOException {
        this.file = file;
        if (!Files.exists(file)) return;
        for (String line : Files.readAllLines(file)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) rows.put(row.group(1), line);
        }
    }

    /** The mutants that have a row. */
    List<String> names() {
        return new ArrayList<>(rows.keySet());
    }

    void put(Hunt.Catch caught) {
        rows.put(caught.mutant().name(), row(caught));
    }

    void keepOnly(List<String> names) {
        rows.keySet().retainAll(names);
    }

    static String row(Hunt.Catch caught) {
        Mutant mutant = caught.mutant();
        String how = mutant.options().isEmpty() ? "" : " (`" + mutant.options() + "`)";
        return "| `%s` | %s%s | %s | %s | %d of %d | %s |"
                .formatted(
                        mutant.name(),
                        mutant.wrong(),
                        how,
                        mutant.promise(),
                        caught.alive() ? mutant.survives() : by(caught.by()),
                        caught.killed(),
                        caught.of(),
                        caught.alive()
                                ? "none of " + caught.run()
                                : caught.first() == 0 ? "" : ordinal(caught.first()));
    }

    /** Who saw it first, most often first. */
    private static String by(Map<String, Integer> by) {
        return by.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(one -> one.getValue() == 0 ? one.getKey() : one.getKey() + " " + one.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String ordinal(int place) {
        boolean teen = place / 10 % 10 == 1;
        String ending = switch (teen ? 0 : place % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
        return place + ending;
    }

    void write() throws IOException {
        List<String> killed = new ArrayList<>();
        List<String> alive = new ArrayList<>();
        for (String row : rows.values()) (row.contains("| none of ") ? alive : killed).add(row);
        killed.sort(Comparator.comparingDouble(MutantsTable::share).reversed());
        StringBuilder text = new StringBuilder("""
                # What the simulator can see

                Each row is a defect planted in the core, and what `./lockstep simulate` made of it: which checker was the first to see it
                and how often, in how many of so many fresh seeds, and which seed was the first to show it. The easiest to see come first.
                A seed that breaks without any defect counts for nothing. Who breaks nothing, but never reaches what the same seeds reach
                without the defect, is seen by that ("never reached"). Written by

                    ./mvnw -q -Dfast -pl lockstep-simulator -am test -Dtest=MutantsTest -Dmutants.all

                which takes fresh seeds, so the figures are never twice the same. Every build plants a few of them, and fails when one
                survives.

                ## To plant another

                One file each, as those in `lockstep-simulator/src/test/resources/mutants`. It says what is wrong in a sentence, the source
                (under the core's package), the text there (exactly once; line breaks and indentation do not matter), and the text instead:

                    wrong: a withdrawal is forgotten when a grant comes after it
                    promise: 8, consent never loosens
                    file: edit/Claims.java
                    --- before
                    new ConsentLog(entry, log.withdrawn())
                    --- after
                    new ConsentLog(entry, null)

                Two more lines are possible: `within: 1000`, so many fresh seeds are tried (300 otherwise), and `options:`, how they are run (any of
                `--streams-only --consents --queues --leaving --without-operations --without-policies --without-faults --only-faults=A,B`).
                A folder of one's own is tried by

                    ./mvnw -q -Dfast -pl lockstep-simulator -am test -Dtest=MutantsTest -Dmutants.folder=/path/to/folder

                which prints the rows, and fails when one survives.

                ## Killed

                """);
        table(text, "by", killed);
        if (!alive.isEmpty()) {
            text.append("\n## Not seen, and why\n\n");
            table(text, "why", alive);
        }
        Files.writeString(file, text);
    }

    private static void table(StringBuilder text, String fourth, List<String> rows) {
        text.append("| mutant | what is wrong | promise | ").append(fourth).append(" | seeds | first |\n");
        text.append("|---|---|---|---|---|---|\n");
        for (String row : rows) text.append(row).append('\n');
    }

    private static double share(String row) {
        Matcher killed = KILLED.matcher(row);
        if (!killed.matches()) throw new IllegalStateException("no figures in " + row);
        return Double.parseDouble(killed.group(1)) / Math.max(1, Double.parseDouble(killed.group(2)));
    }
}
