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
 */
public record Habits(
        boolean streams,
        boolean dated,
        boolean conditional,
        long skewMicros,
        long pollMicros,
        boolean hidesUnchanged,
        int triggerOn,
        int triggerSets) {}
