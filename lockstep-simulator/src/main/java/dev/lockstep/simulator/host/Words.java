package dev.lockstep.simulator.host;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.Decision;
import dev.lockstep.simulator.Agenda;
import dev.lockstep.simulator.ledger.Ledger;
import java.util.List;

/** What operators say. */
public final class Words {
    private final Host host;
    private final Machines machines;
    private final Ledger ledger;

    Words(Host host, Machines machines, Ledger ledger) {
        this.host = host;
        this.machines = machines;
        this.ledger = ledger;
    }

    /** From now on what is edited can be taken back. */
    public void remember() {
        machines.remember();
    }

    /** A word about two records; given again until it is durable. */
    public void decide(RecordName one, RecordName other, boolean same) {
        decide(one, other, same, host.agenda.nowMicros());
    }

    private void decide(RecordName one, RecordName other, boolean same, long stampMicros) {
        if (ledger.decisions().micros(one, other) >= stampMicros) return;
        if (host.isUp()) host.put(new Input.Decided(one, other, same, stampMicros));
        host.agenda.after(20 * Agenda.SECOND, () -> decide(one, other, same, stampMicros));
    }

    void decided(Input.Decided word, Batch batch) {
        Decision one = new Decision(word.other(), word.same(), word.stampMicros());
        Decision other = new Decision(word.one(), word.same(), word.stampMicros());
        host.run(Address.Slot.of(word.one()), new Message.Decided(word.one(), one), batch);
        Message last = new Message.Decided(word.other(), other);
        Runnable heardOf = () -> ledger.decided(word.one(), word.other(), word.same(), word.stampMicros());
        machines.tell(Address.Slot.of(word.other()), last, batch, List.of(), heardOf);
        host.trace.line(host.agenda.nowMicros(), () -> "decided " + word);
    }

    /** What this cause has edited on a record is taken back. */
    public void takeBack(RecordName record, Cause cause) {
        host.put(new Input.Told(Address.Slot.of(record), new Message.TakeBack(record, cause)));
    }

    /** A platform is left for good: it is forgotten, and taken out of the workspace before it is read again. */
    public void leave(int platform) {
        host.put(new Input.Left(platform));
    }

    void left(int platform, Batch batch) {
        for (RecordName least : batch.groupNames()) {
            host.run(new Address.Group(least), new Message.Forget(platform), batch);
        }
        batch.forget(platform);
    }
}
