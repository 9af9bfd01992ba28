package dev.lockstep.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.simulator.host.Fault;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ShrinkTest {
    @Test
    void aCutIsReadAsItIsWritten() {
        Cut cut = Cut.NOTHING
                .withFaults(EnumSet.of(Fault.LAG, Fault.STALE_READ))
                .withPlatforms(2)
                .withPeople(3)
                .withoutDeeds(new TreeSet<>(Set.of(1, 2, 3, 9)))
                .withoutStruck(Set.of(2));
        assertEquals("faults=LAG+STALE_READ,platforms=2,people=3,deeds=1-3+9,struck=2", cut.toString());
        assertEquals(cut, Cut.parse(cut.toString()));
        assertEquals(Cut.NOTHING, Cut.parse(""));
    }

    @Test
    void aPartThatACutDoesNotHaveIsSaid() {
        String said = assertThrows(IllegalArgumentException.class, () -> Cut.parse("people=3,pets=1"))
                .getMessage();
        assertTrue(said.contains("'pets=1'"), said);
    }

    @Test
    void nothingAtAllHappensToAHostWithoutFaultsDeedsAndPeople() {
        Cut cut = Cut.NOTHING.withFaults(Set.of()).withPeople(0).withoutDeeds(numbers(1_000));
        Report report = Simulation.run(7, Options.ALL.withOperations(false).withCut(cut));
        assertEquals(0, report.edits());
        assertEquals(0, report.crashes());
        assertEquals(0, report.writes());
    }

    private static Set<Integer> numbers(int last) {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (int i = 1; i <= last; i++) numbers.add(i);
        return numbers;
    }
}
