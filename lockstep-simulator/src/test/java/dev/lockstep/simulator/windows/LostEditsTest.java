package dev.lockstep.simulator.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How many edits are lost by what a platform cannot do. {@code -Dwindows.edits=20000} measures so many for each
 * capability, and writes the table of docs/windows.md; {@code -Dwindows.from=} is the seed.
 */
class LostEditsTest {
    private static final long FROM = Long.getLong("windows.from", 1_795_440_000_000L);
    private static final String BEGIN = "<!-- measured: see LostEditsTest -->";
    private static final String END = "<!-- end of what was measured -->";

    private static final String HEAD = "\n| The platform shows changes by | Writes | Edits | Never seen"
            + " | Written over unseen | They had stood (median, longest)"
            + " | Last words lost | Against one earlier by (median, longest) |\n|---|---|---|---|---|---|---|---|\n";

    @Test
    void whereThereIsAStreamAndAConditionNothingIsOverwrittenUnseenAndTheLastWordStands() {
        LostEdits best = new LostEdits(Capability.all()[0], FROM).run(150);
        assertThat(best.overwritten).as("seed " + FROM).isEmpty();
        assertThat(best.neverSeen).as("seed " + FROM).isZero();
        assertThat(best.lastWordsLost).as("seed " + FROM).isEmpty();
    }

    @Test
    void aConditionKeepsUnseenEditsWhereverItIsTaken() {
        for (Capability capability : Capability.all()) {
            if (!capability.conditional()) continue;
            assertThat(new LostEdits(capability, FROM).run(100).overwritten)
                    .as(capability + ", seed " + FROM)
                    .isEmpty();
        }
    }

    @Test
    void theTableHasARowForEveryCapability() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String line : table(Files.readString(page())).lines().toList()) {
            String[] cells = line.split("\\|");
            if (cells.length > 3) rows.add(cells[1].strip() + " | " + cells[2].strip());
        }
        List<String> capabilities = Arrays.stream(Capability.all())
                .map(one -> one.shows() + " | " + one.writes())
                .toList();
        assertThat(rows.subList(2, rows.size()))
                .as("docs/windows.md is stale: -Dtest=LostEditsTest -Dwindows.edits=20000 writes it")
                .containsExactlyElementsOf(capabilities);
    }

    @Test
    @EnabledIfSystemProperty(named = "windows.edits", matches = "\\d+")
    void writesTheTable() throws IOException {
        long edits = Long.getLong("windows.edits", 0);
        StringBuilder table = new StringBuilder();
        table.append(HEAD);
        for (Capability capability : Capability.all()) {
            String row = row(capability, new LostEdits(capability, FROM).run(edits));
            System.out.print(row);
            table.append(row);
        }
        table.append("\nMeasured from seed ").append(FROM).append(" on.\n");
        String text = Files.readString(page());
        String before = text.substring(0, text.indexOf(BEGIN) + BEGIN.length());
        Files.writeString(page(), before + table + text.substring(text.indexOf(END)));
    }

    private static String row(Capability capability, LostEdits lost) {
        return "| %s | %s | %d | %s | %s | %s | %s | %s |%n"
                .formatted(
                        capability.shows(),
                        capability.writes(),
                        lost.edits,
                        share(lost.neverSeen, lost.edits),
                        share(lost.overwritten.size(), lost.edits),
                        window(lost.overwritten),
                        share(lost.lastWordsLost.size(), lost.lastWords),
                        window(lost.lastWordsLost))
                .replace("\r", "");
    }

    private static String share(long some, long all) {
        return some == 0 ? "none" : String.format(Locale.ROOT, "%.2f %%", 100.0 * some / all);
    }

    private static String window(List<Long> micros) {
        if (micros.isEmpty()) return "-";
        List<Long> sorted = new ArrayList<>(micros);
        sorted.sort(null);
        return seconds(sorted.get(sorted.size() / 2)) + ", " + seconds(sorted.getLast());
    }

    private static String seconds(long micros) {
        return String.format(Locale.ROOT, micros < 1_000_000 ? "%.3f s" : "%.1f s", micros / 1e6);
    }

    private static String table(String page) {
        return page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));
    }

    private static Path page() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) folder = folder.getParent();
        return folder.resolve("docs/windows.md");
    }
}
