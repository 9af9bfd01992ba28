package dev.lockstep.simulator.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.simulator.mutants.Hunt.Catch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The simulator sees defects of the core: planted ones, each in a file of its own. docs/mutants.md says how to plant
 * more.
 */
class MutantsTest {
    /** Those that die within so few seeds may be drawn for every build. */
    private static final int SOON = 40;

    private static final int HANDFUL = 5;
    /** No more are begun after that. */
    private static final long BUDGET_NANOS = 15_000_000_000L;

    private static final int COUNTED = Integer.getInteger("mutants.seeds", 100);

    private final long from = Long.getLong("mutants.from", System.currentTimeMillis());
    private final Hunt hunt = new Hunt(from);

    @Test
    @DisabledIfSystemProperty(named = "mutants.all", matches = ".*")
    @DisabledIfSystemProperty(named = "mutants.folder", matches = ".*")
    void aHandfulOfDefectsIsSeenAtOnce() throws Exception {
        List<Mutant> soon = new ArrayList<>(planted().stream()
                .filter(mutant -> mutant.within() <= SOON && mutant.survives().isEmpty())
                .toList());
        Collections.shuffle(soon, new Random(from));
        long began = System.nanoTime();
        List<Catch> caught = new ArrayList<>();
        for (Mutant mutant : soon) {
            if (caught.size() == HANDFUL || System.nanoTime() - began > BUDGET_NANOS) break;
            caught.add(say(hunt.hunt(mutant, 0, mutant.within())));
        }
        allDead(caught);
    }

    @Test
    @EnabledIfSystemProperty(named = "mutants.folder", matches = ".+")
    void defectsOfAFolderAreSeen() throws Exception {
        List<Catch> caught = new ArrayList<>();
        for (Mutant mutant : Mutant.of(Path.of(System.getProperty("mutants.folder")))) {
            caught.add(say(hunt.hunt(mutant, COUNTED, mutant.within())));
        }
        allDead(caught);
    }

    /** Writes the table; with {@code -Dmutants.all=one,another} the rows of these alone. */
    @Test
    @EnabledIfSystemProperty(named = "mutants.all", matches = ".*")
    void everyDefectIsSeen() throws Exception {
        List<String> some = List.of(System.getProperty("mutants.all").split(","));
        boolean all = some.equals(List.of("")) || some.equals(List.of("true"));
        MutantsTable table = new MutantsTable(docs());
        table.keepOnly(planted().stream().map(Mutant::name).toList());
        List<Catch> caught = new ArrayList<>();
        for (Mutant mutant : planted()) {
            if (!all && !some.contains(mutant.name())) continue;
            Catch one = say(hunt.hunt(mutant, COUNTED, mutant.within()));
            if (mutant.survives().isEmpty()) caught.add(one);
            table.put(one);
            table.write();
        }
        System.out.println("mutants: broke without any defect: " + hunt.noKills());
        allDead(caught);
    }

    @Test
    void everyDefectCanBePlanted() throws IOException {
        for (Mutant mutant : planted()) {
            assertThat(mutant.plant(Files.readString(MutatedCore.source(mutant))))
                    .contains(mutant.after());
        }
    }

    @Test
    void everyDefectHasItsRowInTheDocumentation() throws IOException {
        assertThat(new MutantsTable(docs()).names())
                .as("docs/mutants.md is stale: see there how it is written")
                .containsExactlyElementsOf(planted().stream().map(Mutant::name).toList());
    }

    private static List<Mutant> planted() throws IOException {
        return Mutant.of(MutatedCore.root().resolve("lockstep-simulator/src/test/resources/mutants"));
    }

    private static Path docs() {
        return MutatedCore.root().resolve("docs/mutants.md");
    }

    private Catch say(Catch caught) {
        System.out.println("mutants: from seed " + from + " on: " + MutantsTable.row(caught) + " " + caught.said());
        return caught;
    }

    private static void allDead(List<Catch> caught) {
        assertThat(caught).as("mutants that were tried").isNotEmpty();
        assertThat(caught.stream().filter(Catch::alive).map(MutantsTable::row))
                .as("defects that no seed has shown")
                .isEmpty();
    }
}
