package dev.lockstep.simulator.checkers;

import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Write;
import dev.lockstep.simulator.Sometimes;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.ledger.Edit;
import dev.lockstep.simulator.platform.Habits;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Contested: what something on a platform keeps changing back is left alone after five rounds, and nothing else is. */
final class OnlyTheContestedIsLeft implements Checker {
    /** Five rounds; and some more of those whose answer or echo got lost. */
    private static final int MOST_ROUNDS = 12;

    /** By place: the value that we wrote last, and how often it was put back since anybody else wrote there. */
    private record Rounds(@Nullable String value, int count) {}

    private final TreeMap<String, Rounds> rounds = new TreeMap<>();

    @Override
    public void applied(World world, SimulatedPlatform platform, Write write, Receipt receipt) {
        int column = platform.habits().jobOn();
        Row before = platform.overwritten();
        if (column < 0 || before == null || write.kind() != Write.Kind.UPDATE) return;
        for (Write.Cell cell : write.cells()) {
            if (cell.column() != column) continue;
            String at = platform.number() + "/" + before.number;
            long origin = before.origin[column];
            boolean job = origin > 0 && world.ledger.edit(origin).by() == Edit.By.JOB;
            Rounds last = rounds.get(at);
            boolean again = job && last != null && Objects.equals(last.value(), cell.raw());
            Rounds now = new Rounds(cell.raw(), last != null && again ? last.count() + 1 : 0);
            rounds.put(at, now);
            // Where a poll comes late, nobody can tell what a job has put back from what a person typed.
            boolean tells = platform.habits().streams();
            if (tells && now.count() > MOST_ROUNDS)
                broken(world, "write " + write.id() + " is round " + now.count() + " at " + at);
        }
    }

    @Override
    public void committed(World world, List<Fact> facts) {
        for (Fact fact : facts) {
            if (fact.kind() != Fact.Kind.CONTESTED) continue;
            Habits habits = world.platforms.get(fact.record().platform()).habits();
            if (fact.column() == habits.jobOn()) world.sometimes(Sometimes.JOB_LEFT_ALONE);
            else if (fact.column() == habits.triggerSets()) world.sometimes(Sometimes.TRIGGER_LEFT_ALONE);
            else if (!world.platforms
                    .get(fact.record().platform())
                    .shapes()
                    .get(fact.column())
                    .mapped()) world.sometimes(Sometimes.UNARCHIVING_LEFT_ALONE);
            // Who takes a consent back again and again looks like a job; a withdrawal is written all the same.
            else if (!world.model.field(fact.field()).isConsent())
                broken(world, fact + ", where nothing on the platform changes anything back");
        }
    }
}
