package dev.lockstep.engine;

/**
 * How much one cause may do to one platform before it is stopped. Deletes, and blanks and withdrawals, have fixed
 * limits.
 *
 * @param on false: nothing is stopped
 * @param percent of the platform's records, that may be overwritten or created
 * @param least so many may be, however few the platform has
 * @param perMicros over how long deletes, blanks and withdrawals that come from one platform are counted together
 */
public record GuardRule(boolean on, double percent, int least, long perMicros) {
    public static final GuardRule STANDARD = new GuardRule(true, 20, 50, 3_600_000_000L);
    public static final GuardRule OFF = new GuardRule(false, 100, Integer.MAX_VALUE, 3_600_000_000L);

    private static final int LEAST_DELETES = 20;
    private static final int DELETES_PERCENT = 2;
    private static final int LEAST_LOSSES = 50;
    private static final int LOSSES_PERCENT = 5;

    public long mostDeletes(long records) {
        return Math.max(LEAST_DELETES, records * DELETES_PERCENT / 100);
    }

    public long mostLosses(long records) {
        return Math.max(LEAST_LOSSES, records * LOSSES_PERCENT / 100);
    }

    public long mostChanges(long records) {
        return Math.max(least, (long) (records * percent / 100));
    }
}
