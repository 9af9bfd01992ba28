package dev.lockstep.simulator.host;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Cascade;
import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Echo;
import dev.lockstep.core.machine.Effect;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.Member;
import dev.lockstep.simulator.Agenda;
import dev.lockstep.simulator.Trace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings messages to the machines of the core: all that follow from one at once, as one process does; or through queues
 * that are durable, one for each machine, where any may come next, as between several.
 */
final class Machines {
    /** So many messages, at most, are brought in one batch: a power of two of which this is the greatest exponent. */
    private static final int PACES = 6;

    private final boolean queued;
    private final Workspace workspace;
    private final Agenda agenda;
    private final Trace trace;
    private final Cascade cascade = new Cascade();
    private final int pace;
    /** Who asked for leave to write a record last: it may not have the record any more. */
    private final Map<RecordName, RecordName> asked = new HashMap<>();

    private boolean remembers;

    Machines(boolean queued, Workspace workspace, Agenda agenda, Trace trace) {
        this.queued = queued;
        this.workspace = workspace;
        this.agenda = agenda;
        this.trace = trace;
        pace = queued ? 1 << agenda.delay(0, PACES) : 0;
    }

    /** From now on what is edited can be taken back. */
    void remember() {
        remembers = true;
    }

    /**
     * Takes something from outside. With queues it waits while anything of the same lanes is on its way: tokens move,
     * and two words about one record would change places (docs/decisions/0029).
     *
     * @param what tells it to machines
     */
    void give(List<String> lanes, Consumer<Batch> what, Batch batch) {
        if (queued) batch.given.add(new Waiting.Given(lanes, what));
        else what.accept(batch);
    }

    /** Shows a write of ours to the group that awaits it, past the machine of its key; false when it awaits none. */
    boolean echo(RecordName record, Observation seen, Batch batch, Runnable heard) {
        RecordName group = queued ? null : asked.get(record);
        Member member = group == null ? null : batch.group(group).members.get(record);
        if (group == null || member == null || !Echo.isOf(member, seen)) return false;
        tell(new Address.Group(group), new Message.Told(record, new Message.Seen(seen)), batch, List.of(), heard);
        return true;
    }

    /** Gives leave to write: to the group that asked for it, as a host may that remembers which that was. */
    void leave(Message.Go go, Batch batch) {
        RecordName group = queued ? null : asked.get(go.record());
        Address to = group == null ? Address.Slot.of(go.record()) : new Address.Group(group);
        tell(to, group == null ? go : new Message.Told(go.record(), go), batch, List.of(), null);
    }

    /**
     * Says something to a machine.
     *
     * @param lanes are in use until it has been heard
     * @param heard is done once it has been heard by the machine that decides by it, and that is durable
     */
    void tell(Address to, Message message, Batch batch, List<String> lanes, @Nullable Runnable heard) {
        if (!queued) {
            Step out = new Step();
            cascade.run(to, message, batch, context(batch, message), out);
            took(out, batch);
            if (heard != null) batch.heard.add(heard);
            return;
        }
        long input = batch.nextInput();
        batch.posted.add(new Mail.Letter(input, to, message, said(message)));
        if (said(message) != null) {
            batch.hearings.put(input, new Mail.Hearing(lanes, heard == null ? () -> {} : heard));
        } else if (heard != null) batch.heard.add(heard);
    }

    /** Brings some of what waits, each the first for its machine. */
    void deliver(Batch batch) {
        if (!queued) return;
        Mail mail = batch.store.mail;
        List<Address> waiting = new ArrayList<>(mail.queues.keySet());
        int most = Math.min(waiting.size(), 1 + (int) agenda.delay(0, pace));
        for (int i = 0; i < most; i++) {
            Collections.swap(waiting, i, (int) agenda.delay(i, waiting.size()));
            bring(waiting.get(i), mail, batch);
        }
        begin(mail, batch);
    }

    private void bring(Address to, Mail mail, Batch batch) {
        ArrayDeque<Mail.Letter> queue = mail.queues.get(to);
        if (queue == null) return;
        Mail.Letter letter = batch.doomed ? queue.getFirst().copy() : queue.getFirst();
        batch.brought.add(to);
        trace.line(agenda.nowMicros(), () -> "brings " + letter.input() + " to " + to + ": " + letter.message());
        Step out = new Step();
        cascade.deliver(new Step.Envelope(to, letter.message()), batch, context(batch, letter.message()), out);
        took(out, batch);
        boolean goesOn = false;
        for (Step.Envelope next : out.messages) {
            boolean carries = letter.told() != null && said(next.message()) == letter.told();
            goesOn |= carries;
            batch.posted.add(
                    new Mail.Letter(letter.input(), next.to(), next.message(), carries ? letter.told() : null));
        }
        if (letter.told() != null && !goesOn) batch.heardOf.add(letter.input());
    }

    /** Tells what has waited long enough, in the order in which it came. */
    private void begin(Mail mail, Batch batch) {
        for (Waiting.Numbered ready : mail.given.ready()) {
            batch.begun.add(ready);
            ready.given().what().accept(batch);
        }
        batch.looked = true;
    }

    /** What of the world outside a message tells; null when nothing. */
    private static @Nullable Object said(Message message) {
        return switch (message) {
            case Message.Seen seen -> seen.observation();
            case Message.SeenAs seen -> seen.observation();
            case Message.Occupy occupy -> occupy.observation();
            case Message.Born born -> born.observation();
            case Message.Landed landed -> landed.receipt();
            case Message.Decided decided -> decided.decision();
            case Message.Made made -> made.receipt() != null ? made.receipt() : made.shown();
            case Message.Told told -> said(told.message());
            default -> null;
        };
    }

    /** While a platform is left nothing is planned. */
    private Context context(Batch batch, Message message) {
        boolean plans = batch.gateOpen && !(message instanceof Message.Forget);
        Context context = new Context(workspace.model(), agenda.nowMicros(), plans);
        return remembers && said(message) instanceof Observation seen ? context.because(Cause.of(seen)) : context;
    }

    private void took(Step out, Batch batch) {
        for (Effect effect : out.effects) {
            batch.take(effect);
            if (effect instanceof Effect.Want want) asked.put(want.record(), want.group());
            if (!(effect instanceof Effect.Send)) trace.line(agenda.nowMicros(), () -> "     asks " + effect);
        }
        batch.facts.addAll(out.facts);
    }
}
