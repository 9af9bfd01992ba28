package dev.lockstep.bench.guard;

/**
 * What somebody does that he should not have.
 *
 * @param what in words
 * @param source on which platform
 * @param sql what he runs, each a transaction of its own; {@code $T} is the table
 * @param touched which rows of another platform it has reached
 * @param deletes its rows are gone then, and not there
 * @param percent how much of a platform may be touched
 * @param least so much in any case
 */
record Mistake(
        String what, int source, java.util.List<String> sql, String touched, boolean deletes, int percent, int least) {

    /** The most records of a platform of so many that may be touched before a person is asked. */
    long limit(long records) {
        return Math.max(least, records * percent / 100);
    }
}
