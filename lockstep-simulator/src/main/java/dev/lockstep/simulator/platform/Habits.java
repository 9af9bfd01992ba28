package dev.lockstep.simulator.platform;

/**
 * What a simulated platform can do, and what it does of its own accord.
 *
 * @param streams it has a change stream that names our writes; else it is polled
 * @param dated its records bear their time of change
 * @param conditional its writes take preconditions
 * @param skewMicros how far its clock is off
 * @param pollMicros between two polls
 * @param hidesUnchanged its stream leaves out some unchanged columns
 * @param triggerOn the column whose change sets off its trigger; -1: it has none
 * @param triggerSets the column that the trigger sets
 * @param jobOn the column in which a job puts back what a write of ours has replaced; -1: there is no such job
 * @param fills the column in which the platform fills in a default where a create of ours left it out; -1: none
 * @param looks a create of ours is not made where the natural key is there already
 * @param wholeSeconds its clock knows no less than a second
 */
public record Habits(
        boolean streams,
        boolean dated,
        boolean conditional,
        long skewMicros,
        long pollMicros,
        boolean hidesUnchanged,
        int triggerOn,
        int triggerSets,
        int jobOn,
        int fills,
        boolean looks,
        boolean wholeSeconds) {
    public Habits withJob(int column) {
        return with(column, fills, looks, wholeSeconds);
    }

    public Habits filling(int column) {
        return with(jobOn, column, looks, wholeSeconds);
    }

    public Habits notLooking() {
        return with(jobOn, fills, false, wholeSeconds);
    }

    public Habits inWholeSeconds() {
        return with(jobOn, fills, looks, true);
    }

    private Habits with(int jobColumn, int filled, boolean looking, boolean seconds) {
        return new Habits(
                streams,
                dated,
                conditional,
                skewMicros,
                pollMicros,
                hidesUnchanged,
                triggerOn,
                triggerSets,
                jobColumn,
                filled,
                looking,
                seconds);
    }
}
