package dev.lockstep.engine.loop;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.state.RecordState;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Keys;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each kind of input means. */
final class Inputs {
    private static final Logger LOG = LoggerFactory.getLogger(Inputs.class);

    private final Books books;
    private final Mailbox mailbox;
    private final Outbox outbox;
    private final Consumer<Job> jobs;

    Inputs(Books books, Mailbox mailbox, Outbox outbox, Consumer<Job> jobs) {
        this.books = books;
        this.mailbox = mailbox;
        this.outbox = outbox;
        this.jobs = jobs;
    }

    void handle(Turn turn, Mailbox.Item item) {
        Lane lane = books.lanes.get(item.platform());
        turn.because(Cause.NONE);
        switch (item.input()) {
            case Input.Observed observed -> observed(turn, lane, observed.observation());
            case Input.Landed landed -> landed(turn, lane, landed);
            case Input.Described described -> Refit.described(turn, lane, described, outbox, jobs);
            case Input.Positioned positioned -> positioned(turn, lane, positioned.position());
            case Input.ListBegan began -> listBegan(turn, lane);
            case Input.ListEnded ended ->
                turn.afterCommit(() -> jobs.accept(new ListEnd(lane, mailbox, outbox.reads(lane.number))));
            case Input.Emptied emptied -> turn.afterCommit(() -> jobs.accept(new Empty(lane, mailbox, emptied)));
            case Input.PositionLost lost -> positionLost(turn, lane, lost.why());
            case Input.Reconnected again -> turn.afterCommit(() -> books.looks.forget(lane.number));
            case Input.Marker marker -> turn.whenDurable(marker.then());
        }
    }

    private void observed(Turn turn, Lane lane, Observation seen) {
        turn.delta.readOne(lane.number);
        turn.because(books.restored == null ? Cause.of(seen) : new Cause(Cause.Kind.RESTORED, lane.number, 0));
        Address.Slot slot = new Address.Slot(lane.number, seen.key());
        if (lane.marking && !seen.gone()) turn.changes.put(Family.SEEN, Keys.slot(slot), new byte[0]);
        if (seen.origin() == Observation.Origin.READ) turn.looked(slot);
        if (lane.listing && seen.origin() == Observation.Origin.FULL) turn.afterCommit(() -> lane.shown++);
        if (seen.origin() == Observation.Origin.STREAM && seen.datedMicros() != Stamp.UNDATED) {
            turn.afterCommit(() -> lane.lagMicros = Math.max(0, turn.nowMicros - seen.datedMicros()));
        }
        turn.afterCommit(() -> lane.handledMicros = turn.nowMicros);
        Errand by = seen.ownWrite() == 0 ? null : books.open.get(seen.ownWrite());
        if (by != null && !by.create() && turn.echo(by.record(), seen)) return;
        RecordState there = turn.record(slot);
        boolean appears = there.occupant == null || there.gone;
        if (by != null && by.create() && appears) {
            turn.run(Address.Slot.of(by.record()), new Message.Born(by.record(), seen));
        } else {
            Observation dated = appears ? seen.appearedAfter(lane.listedMicros) : seen;
            String from = Objects.requireNonNullElse(seen.renamedFrom(), seen.key());
            turn.run(new Address.Slot(lane.number, from), new Message.Seen(dated));
        }
    }

    private void landed(Turn turn, Lane lane, Input.Landed landed) {
        Receipt receipt = landed.receipt();
        if (!landed.late() && receipt.outcome() == Receipt.Outcome.APPLIED) {
            turn.delta.wroteOne(lane.number);
            if (lane.marking && receipt.key() != null) {
                turn.changes.put(Family.SEEN, Keys.slot(lane.number, receipt.key()), new byte[0]);
            }
        }
        if (landed.late() || !books.answers.mayWait(lane, receipt)) {
            turn.tell(landed.record(), new Message.Landed(landed.record(), receipt));
        } else if (!turn.hasClosed(receipt.write())) {
            turn.afterCommit(() -> books.answers.keep(lane, landed, turn.nowMicros));
        }
    }

    private static void positioned(Turn turn, Lane lane, String position) {
        turn.meta(Meta.position(lane.number), position);
        turn.positions.put(lane.number, position);
        turn.afterCommit(() -> lane.position = position);
    }

    private void listBegan(Turn turn, Lane lane) {
        boolean[] known = {false};
        books.store.peek(Family.RECORDS, Keys.number(lane.number), null, (key, value) -> {
            known[0] = true;
            return false;
        });
        turn.changes.deleteAll(Family.SEEN, Keys.number(lane.number));
        // What follows in this very turn is marked already; where nothing is known nothing can be missing.
        lane.marking = known[0];
        lane.listing = true;
        lane.listBeganMicros = turn.nowMicros;
        lane.shown = 0;
    }

    private static void positionLost(Turn turn, Lane lane, String why) {
        LOG.warn("{} It is read again in full, and gets no create and no delete until then.", why);
        turn.meta(Meta.lost(lane.number), "1");
        turn.meta(Meta.relist(lane.number), "1");
        turn.afterCommit(() -> {
            lane.lost = true;
            lane.relist = true;
        });
    }

    /** An input that a machine cannot take: kept in the list of failures, so that nobody else waits for it. */
    void setAside(Turn turn, Mailbox.Item item, String why) {
        RecordName record = switch (item.input()) {
            case Input.Observed observed ->
                new RecordName(item.platform(), observed.observation().key(), 0);
            case Input.Landed landed -> landed.record();
            default -> null;
        };
        if (item.input() instanceof Input.Landed landed)
            turn.closed.add(landed.receipt().write());
        if (record != null) {
            Failures.put(new Errand(item.platform(), false, record), why, turn.changes, turn.nowMicros);
        }
    }

    void setAside(Turn turn, Errand errand, String why) {
        turn.unwanted.add(errand);
        Failures.put(errand, why, turn.changes, turn.nowMicros);
    }
}
