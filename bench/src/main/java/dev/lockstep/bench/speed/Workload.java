package dev.lockstep.bench.speed;

/**
 * How much there is to do.
 *
 * @param rows in the first copy
 * @param changes made while the pipeline is stopped
 * @param perSecond changes a second while the delay is measured, for so many {@code seconds}
 * @param limitSeconds what is not there by then has failed
 */
record Workload(int rows, int changes, int perSecond, int seconds, int limitSeconds) {

    Workload {
        // Each change takes a row of its own, and each row of the delay too.
        if (changes > rows * 7L / 10 || perSecond * seconds > rows / 10) {
            throw new IllegalArgumentException("--rows must be at least changes / 0.7, and 10 x per-second x seconds");
        }
    }
}
