package dev.lockstep.core.machine;

import java.util.ArrayDeque;

/** Runs messages through the machines until quiet: one cascade is one atomic batch of a host. */
public final class Cascade {
    /** A bound that no protocol comes near; passing it is a defect, and stops the batch rather than the process. */
    private static final int MOST_MESSAGES = 2_000_000;

    private final RecordMachine records = new RecordMachine();
    private final IdentifierMachine identifiers = new IdentifierMachine();
    private final GroupMachine groups = new GroupMachine();
    private final ArrayDeque<Step.Envelope> queue = new ArrayDeque<>();

    /** Runs {@code message} and all that follows from it. Effects and facts gather in {@code out}. */
    public void run(Address to, Message message, States states, Context context, Step out) {
        queue.clear();
        queue.add(new Step.Envelope(to, message));
        int left = MOST_MESSAGES;
        for (Step.Envelope next = queue.poll(); next != null; next = queue.poll()) {
            if (left-- == 0) throw new IllegalStateException("a cascade did not come to rest: " + message);
            deliver(next, states, context, out);
            queue.addAll(out.messages);
            out.messages.clear();
        }
    }

    /** One message to one machine: what a host with queues calls. */
    public void deliver(Step.Envelope envelope, States states, Context context, Step out) {
        switch (envelope.to()) {
            case Address.Slot slot ->
                records.on(slot, states.record(slot), (Message.ToRecord) envelope.message(), context, out);
            case Address.Identifier at ->
                identifiers.on(
                        at.key(), states.identifier(at.key()), (Message.ToIdentifier) envelope.message(), context, out);
            case Address.Group group ->
                groups.on(
                        group.least(), states.group(group.least()), (Message.ToGroup) envelope.message(), context, out);
        }
    }
}
