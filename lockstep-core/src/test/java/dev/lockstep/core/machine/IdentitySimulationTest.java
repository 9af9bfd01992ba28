package dev.lockstep.core.machine;

import dev.lockstep.core.machine.IdentityRun.Order;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Who is who after anything at all has happened, in every order of delivery. Every run draws fresh seeds; a failure
 * prints the one that failed, which {@code -Dseed=} plays again, and {@code -Dseeds=} asks for more of them.
 */
class IdentitySimulationTest {
    private static final int INPUTS = 120;
    private static final int ROOM_FOR_ALL = 1000;
    private static final long DEFAULT_MILLIS = 1200;

    @ParameterizedTest
    @EnumSource(Order.class)
    void whoIsWhoDoesNotDependOnWhatCameWhenOrHow(Order order) {
        run(order, ROOM_FOR_ALL);
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void aGroupIsNeverLargerThanItsLimitAndMendsItselfWhenThereIsRoom(Order order) {
        run(order, 5);
    }

    @Test
    void aSeedPlaysTheSameTwice() {
        IdentityRun one = new IdentityRun(7, Order.PAIR, ROOM_FOR_ALL, INPUTS);
        IdentityRun again = new IdentityRun(7, Order.PAIR, ROOM_FOR_ALL, INPUTS);
        one.run();
        again.run();
        IdentityRun.require(one.delivered == again.delivered, () -> "the same seed took another course");
    }

    private static void run(Order order, int limit) {
        Long only = Long.getLong("seed");
        if (only != null) {
            new IdentityRun(only, order, limit, INPUTS).run();
            return;
        }
        Long seeds = Long.getLong("seeds");
        long first = System.nanoTime() & 0xFFFF_FFFFFFL;
        long start = System.nanoTime();
        long run = 0;
        for (long messages = 0; seeds == null ? elapsedMillis(start) < DEFAULT_MILLIS : run < seeds; run++) {
            IdentityRun one = new IdentityRun(first + run, order, limit, INPUTS);
            try {
                one.run();
            } catch (RuntimeException | AssertionError e) {
                String again = "SEED=%d %s, limit %d: %s; again: ./mvnw -pl lockstep-core -am test"
                        + " -Dtest=IdentitySimulationTest -Dseed=%1$d";
                throw new AssertionError(again.formatted(first + run, order, limit, e.getMessage()), e);
            }
            messages += one.delivered;
        }
        System.out.printf("%s, limit %d: %d seeds from %d%n", order, limit, run, first);
    }

    private static long elapsedMillis(long startNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }
}
