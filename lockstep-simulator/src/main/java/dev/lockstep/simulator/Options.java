package dev.lockstep.simulator;

import dev.lockstep.simulator.host.Fault;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a seed is run.
 *
 * @param polls platforms without a change stream take part
 * @param policies platforms may have a scope, and deletions may spread
 * @param operations jobs of platforms may put back what is written, and records be archived
 * @param oddities platforms fill in defaults, keys change hands, who comes back says otherwise; and at the end an
 *     operator takes an edit back
 * @param leaving at the very end a platform is left for good
 * @param crowds some twenty people a seed; else some eight, who meet the more often
 * @param queued messages between machines wait in queues, and any queue may be next; else all are brought at once
 * @param consents a small workspace, in which people hardly do more than opt in and out
 * @param cut what is left out of it
 * @param trace takes the readable trace; null: none
 */
public record Options(
        boolean polls,
        boolean policies,
        boolean operations,
        boolean oddities,
        boolean leaving,
        boolean crowds,
        boolean queued,
        boolean consents,
        Cut cut,
        @Nullable Consumer<String> trace) {
    public static final Options ALL = new Options(true, true, true, true, false, true, false, false, Cut.NOTHING, null);

    public Options withTrace(@Nullable Consumer<String> lines) {
        return new Options(polls, policies, operations, oddities, leaving, crowds, queued, consents, cut, lines);
    }

    public Options withCut(Cut other) {
        return new Options(polls, policies, operations, oddities, leaving, crowds, queued, consents, other, trace);
    }

    public Options withFaults(Set<Fault> those) {
        return withCut(cut.withFaults(those));
    }

    public Options withPolicies(boolean allowed) {
        return new Options(
                polls, allowed, allowed && operations, oddities, leaving, crowds, queued, consents, cut, trace);
    }

    public Options withOperations(boolean allowed) {
        return new Options(polls, policies, allowed, oddities, leaving, crowds, queued, consents, cut, trace);
    }

    public Options withOddities(boolean allowed) {
        return new Options(polls, policies, operations, allowed, leaving, crowds, queued, consents, cut, trace);
    }

    public Options withLeaving(boolean wanted) {
        return new Options(polls, policies, operations, oddities, wanted, crowds, queued, consents, cut, trace);
    }

    public Options withCrowds(boolean wanted) {
        return new Options(polls, policies, operations, oddities, leaving, wanted, queued, consents, cut, trace);
    }

    public Options withPolls(boolean allowed) {
        return new Options(allowed, policies, operations, oddities, leaving, crowds, queued, consents, cut, trace);
    }

    public Options withQueues(boolean are) {
        return new Options(polls, policies, operations, oddities, leaving, crowds, are, consents, cut, trace);
    }

    public Options withConsents(boolean mostly) {
        return new Options(polls, policies, operations, oddities, leaving, crowds, queued, mostly, cut, trace);
    }

    /** As the command line says it: each option after a space; empty when nothing was left out. */
    public String flags() {
        String cuts = cut.toString();
        return (polls ? "" : " --streams-only")
                + (policies ? "" : " --no-policies")
                + (operations || !policies ? "" : " --no-operations")
                + (oddities ? "" : " --no-oddities")
                + (leaving ? " --leaving" : "")
                + (crowds ? "" : " --few-people")
                + (queued ? " --queues" : "")
                + (consents ? " --consents" : "")
                + (cuts.isEmpty() ? "" : " --cut " + cuts);
    }
}
