package dev.lockstep.connectors.postgres;

/** When a table that is streamed is looked at again: every few seconds, and soon when something points to a change. */
final class Glances {
    private static final long PAUSE_MILLIS = 5000;
    private static final long SHORTEST_MILLIS = 200;

    private boolean soon;
    private boolean missed;

    /** A write was refused for what the table is. */
    synchronized void soon() {
        soon = true;
        notifyAll();
    }

    /** Rows have come that do not fit what is known of the table: some of what they held was not shown. */
    synchronized void missed() {
        missed = true;
        notifyAll();
    }

    /** Waits for the next look; answers whether something was missed before it. */
    boolean await() throws InterruptedException {
        Thread.sleep(SHORTEST_MILLIS);
        synchronized (this) {
            long end = System.nanoTime() + (PAUSE_MILLIS - SHORTEST_MILLIS) * 1_000_000;
            while (!soon && !missed) {
                long leftMillis = (end - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) break;
                wait(leftMillis);
            }
            boolean was = missed;
            soon = false;
            missed = false;
            return was;
        }
    }
}
