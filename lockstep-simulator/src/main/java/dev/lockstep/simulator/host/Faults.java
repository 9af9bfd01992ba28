package dev.lockstep.simulator.host;

import dev.lockstep.simulator.Cut;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Draws which faults happen: each is off, seldom or often, by the seed. */
public final class Faults {
    private final SplittableRandom random;
    private final EnumMap<Fault, Double> rates = new EnumMap<>(Fault.class);
    private final EnumMap<Fault, Long> counts = new EnumMap<>(Fault.class);
    private final Cut cut;
    private int drawnSoFar;
    private boolean on;

    public Faults(SplittableRandom random, Cut cut) {
        this.random = random;
        this.cut = cut;
        for (Fault fault : Fault.values()) {
            double often = switch (fault) {
                case CRASH_BEFORE_COMMIT, CRASH_AFTER_COMMIT -> 0.01;
                case CRASH_IN_RECOVERY, POSITION_LOST, REDELIVERY -> 0.3;
                case PLATFORM_DOWN -> 0.5;
                default -> 0.1;
            };
            double rate = switch (random.nextInt(3)) {
                case 0 -> 0;
                case 1 -> often / 8;
                default -> often;
            };
            rates.put(fault, cut.faults().contains(fault) ? rate : 0);
            counts.put(fault, 0L);
        }
    }

    /** Between {@code true} and {@code false} faults happen. */
    public void on(boolean areOn) {
        on = areOn;
    }

    boolean areOn() {
        return on;
    }

    public boolean happens(Fault fault) {
        double drawn = random.nextDouble();
        if (!on || drawn >= rates.getOrDefault(fault, 0.0)) return false;
        if (cut.struck().contains(++drawnSoFar)) return false;
        counts.merge(fault, 1L, Long::sum);
        return true;
    }

    public long between(long least, long most) {
        return random.nextLong(least, most);
    }

    public Map<Fault, Long> counts() {
        return counts;
    }
}
