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
        int fills) {
    public Habits withJob(int column) {
        return with(column, fills);
    }

    public Habits filling(int column) {
        return with(jobOn, column);
    }

    private Habits with(int jobColumn, int filled) {
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
                filled);
    }
}
