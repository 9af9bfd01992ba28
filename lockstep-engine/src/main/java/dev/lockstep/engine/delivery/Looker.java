package dev.lockstep.engine.delivery;

import dev.lockstep.engine.loop.Lane;
import dev.lockstep.engine.loop.Mailbox;
import dev.lockstep.spi.Reads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads single records of one platform again. What fails is asked for again by the loop. */
public final class Looker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Looker.class);
    private static final int MOST = 200;

    private final Lane lane;
    private final Reads reads;
    private final LaneInbox inbox;
    private final LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();

    public Looker(Lane lane, Reads reads, Mailbox mailbox, LongSupplier clockMicros) {
        this.lane = lane;
        this.reads = reads;
        this.inbox = new LaneInbox(lane, mailbox, clockMicros);
    }

    public void look(List<String> keys) {
        queue.addAll(keys);
    }

    @Override
    public void run() {
        List<String> batch = new ArrayList<>();
        int failures = 0;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (batch.isEmpty()) {
                    batch.add(queue.take());
                    queue.drainTo(batch, MOST - 1);
                }
                try {
                    reads.read(List.copyOf(batch), inbox);
                    batch.clear();
                    failures = 0;
                } catch (RuntimeException e) {
                    failures++;
                    LOG.debug("a look at {} failed: {}", lane.model.name(), e.getMessage());
                    Thread.sleep(Math.min(5000, 100L << Math.min(failures, 6)));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
