package dev.lockstep.engine.delivery;

import dev.lockstep.core.model.Observation;
import dev.lockstep.engine.loop.Input;
import dev.lockstep.engine.loop.Lane;
import dev.lockstep.engine.loop.Mailbox;
import dev.lockstep.spi.Description;
import dev.lockstep.spi.Inbox;
import java.util.function.LongSupplier;

/** What a platform shows, on its way to the loop. */
final class LaneInbox implements Inbox {
    private final Lane lane;
    private final Mailbox mailbox;
    private final LongSupplier clockMicros;

    LaneInbox(Lane lane, Mailbox mailbox, LongSupplier clockMicros) {
        this.lane = lane;
        this.mailbox = mailbox;
        this.clockMicros = clockMicros;
    }

    @Override
    public void described(Description now, boolean missed) throws InterruptedException {
        put(new Input.Described(now, missed));
    }

    @Override
    public void observe(Observation observation) throws InterruptedException {
        put(new Input.Observed(observation));
    }

    @Override
    public void position(String position) throws InterruptedException {
        put(new Input.Positioned(position));
    }

    @Override
    public void listBegins(long nowMicros) throws InterruptedException {
        put(new Input.ListBegan());
    }

    @Override
    public void listEnds() throws InterruptedException {
        put(new Input.ListEnded());
    }

    @Override
    public void emptied(long version, long datedMicros) throws InterruptedException {
        put(new Input.Emptied(version, datedMicros));
    }

    @Override
    public void positionLost(String why) throws InterruptedException {
        put(new Input.PositionLost(why));
    }

    @Override
    public void progress(long platformMicros) {
        lane.progressMicros = platformMicros;
        lane.reached(clockMicros.getAsLong());
    }

    @Override
    public void retains(long bytes) {
        lane.retainedBytes = bytes;
    }

    @Override
    public void expects(long records) {
        lane.expected = records;
    }

    private void put(Input input) throws InterruptedException {
        lane.reached(clockMicros.getAsLong());
        mailbox.put(lane.number(), input);
    }
}
