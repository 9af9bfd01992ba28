package dev.lockstep.simulator.host;

import dev.lockstep.simulator.Agenda;
import java.util.SplittableRandom;

/** A guard as the core sees one: at times it stops what is due to a record, and later a person lets it go. */
public final class Guard {
    private static final int STOPS_ONE_IN = 30;

    private final SplittableRandom random;
    private final boolean on;

    public Guard(SplittableRandom random, boolean on) {
        this.random = random;
        this.on = on;
    }

    boolean stops() {
        return on && random.nextInt(STOPS_ONE_IN) == 0;
    }

    long untilMicros(long nowMicros) {
        return nowMicros + random.nextLong(Agenda.SECOND, 3 * Agenda.MINUTE);
    }
}
