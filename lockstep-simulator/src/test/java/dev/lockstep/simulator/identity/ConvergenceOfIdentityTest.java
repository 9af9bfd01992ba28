package dev.lockstep.simulator.identity;

import dev.lockstep.core.model.RecordName;
import dev.lockstep.simulator.identity.Course.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random joins and splits give the same customers, with the same ids, for every order of delivery that keeps each
 * record's own versions in order; and the same as a computation from scratch over what is said in the end, what was
 * said before, and people's answers. Every build runs fresh seeds for a few seconds; {@code -Didentity.seeds=10000}
 * runs so many, {@code -Didentity.from=} says from which on.
 */
class ConvergenceOfIdentityTest {
    private static final int SEEDS = Integer.getInteger("identity.seeds", 0);
    private static final long FROM = Long.getLong("identity.from", System.currentTimeMillis());
    private static final long BUDGET_NANOS = 3_000_000_000L;

    private static final int MOST_THINGS = Integer.getInteger("identity.things", 140);
    private static final int ROOM_FOR_ALL = 1_000;
    private static final int LITTLE_ROOM = 5;

    private static final String AGAIN = "seed %d, %s, group limit %d: %s is of customer %s, and from scratch of %s;"
            + " again: -Didentity.seeds=1 -Didentity.from=%1$d";

    private long things;
    private long records;
    private long joins;
    private long splits;
    private long courses;

    @Test
    void everyOrderOfDeliveryGivesTheCustomersThatAComputationFromScratchGives() {
        run(ROOM_FOR_ALL);
    }

    /** What does not fit depends on who came first; what fits does not. */
    @Test
    void aGroupThatFitsIsNotTouchedByTheLimit() {
        run(LITTLE_ROOM);
    }

    private void run(int groupLimit) {
        List<String> broken = new ArrayList<>();
        long began = System.nanoTime();
        int seeds = 0;
        while (SEEDS > 0 ? seeds < SEEDS : System.nanoTime() - began < BUDGET_NANOS) {
            one(FROM + seeds++, groupLimit, broken);
            if (broken.size() >= 5) break;
        }
        System.out.printf(
                "identity: %d seeds from %d on, group limit %d: %d orders of delivery, %d records, %d things told, "
                        + "%d joins, %d splits, %d broken%n",
                seeds, FROM, groupLimit, courses, records, things, joins, splits, broken.size());
        if (!broken.isEmpty()) throw new AssertionError(String.join("\n", broken));
    }

    private void one(long seed, int groupLimit, List<String> broken) {
        int happens = Math.min(MOST_THINGS, 20 + (int) Math.floorMod(seed * 37, 121L));
        Script script = new Script(seed, happens, groupLimit);
        FromScratch scratch = new FromScratch(script);
        records += script.people.size();
        things += script.inputs.size();
        for (Order order : Order.values()) {
            Course course = new Course(script, order, seed);
            TreeMap<RecordName, RecordName> customers = course.run();
            courses++;
            joins += course.joins;
            splits += course.splits;
            for (RecordName name : script.people.keySet()) {
                if (scratch.groupOf(name) > groupLimit) continue;
                RecordName is = customers.get(name);
                RecordName should = scratch.customerOf(name);
                if (should.equals(is)) continue;
                broken.add(AGAIN.formatted(seed, order, groupLimit, name, is, should));
                return;
            }
        }
    }
}
