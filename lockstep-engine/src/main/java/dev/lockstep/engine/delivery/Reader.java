package dev.lockstep.engine.delivery;

import dev.lockstep.engine.loop.Input;
import dev.lockstep.engine.loop.Lane;
import dev.lockstep.engine.loop.Mailbox;
import dev.lockstep.spi.Lists;
import dev.lockstep.spi.Platform;
import dev.lockstep.spi.PlatformException;
import dev.lockstep.spi.Polls;
import dev.lockstep.spi.Watches;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one platform for ever: follows its changes where it can be followed, looks at it by its schedule otherwise, and
 * begins again from what is durable whenever that breaks.
 */
public final class Reader implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);
    private static final IntervalFunction PAUSE_MS =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(200), 2.0, 0.3, Duration.ofSeconds(3));

    private static final long CATCH_UP_MS = 20;
    private static final long LIST_AGAIN_MS = 1000;

    private final Lane lane;
    private final Platform platform;
    private final Schedule schedule;
    private final Mailbox mailbox;
    private final LaneInbox inbox;
    private final LongSupplier clockMicros;
    private volatile boolean lookNow;
    private volatile boolean restart;
    private volatile @Nullable Thread thread;
    private volatile long looks;
    private int failures;

    public Reader(Lane lane, Platform platform, Schedule schedule, Mailbox mailbox, LongSupplier clockMicros) {
        this.lane = lane;
        this.platform = platform;
        this.schedule = schedule;
        this.mailbox = mailbox;
        this.clockMicros = clockMicros;
        this.inbox = new LaneInbox(lane, mailbox, clockMicros);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (!Thread.currentThread().isInterrupted() || restart) {
            try {
                mailbox.put(lane.number(), new Input.Reconnected());
                settle();
                read();
                failures = 0;
                lane.works();
            } catch (InterruptedException e) {
                if (!restarts()) return;
            } catch (RuntimeException e) {
                if (restarts()) continue;
                if (Thread.currentThread().isInterrupted()) return;
                if (!failed(e)) return;
            }
        }
    }

    /** Breaks off and begins again: the platform is to be read again in full. */
    public void again() {
        restart = true;
        Thread reading = thread;
        if (reading != null) reading.interrupt();
    }

    private boolean restarts() {
        if (!restart) return false;
        restart = false;
        Thread.interrupted();
        return true;
    }

    /** How often it has looked, and all that it saw then is in the mailbox. */
    public long looks() {
        return looks;
    }

    /** Reads now, whatever the schedule says. */
    public synchronized void lookNow() {
        lookNow = true;
        notifyAll();
    }

    private void read() throws InterruptedException {
        boolean again = lane.relist() && lane.position() != null;
        if (platform instanceof Watches watches && schedule.realtime()) {
            if (again && platform instanceof Lists lists) watchAndList(watches, lists);
            else watches.watch(again ? null : lane.position(), inbox);
            return;
        }
        if (again && platform instanceof Lists lists) {
            lists.list(inbox);
            settle();
            lane.works();
        }
        if (platform instanceof Polls polls) {
            polls.poll(lane.relist() ? null : lane.position(), inbox);
            looked();
        } else if (platform instanceof Lists lists) {
            lists.list(inbox);
            looked();
        } else {
            pause(Long.MAX_VALUE);
        }
    }

    /**
     * Reads all of it beside its stream, which goes on from where it was: what a read shows before the stream has shown
     * it would have no date of its own, and would outdo what was edited later elsewhere.
     */
    private void watchAndList(Watches watches, Lists lists) throws InterruptedException {
        Thread list =
                Thread.ofVirtual().name("list-" + lane.model.name()).start(() -> listWhenCaughtUp(watches, lists));
        try {
            watches.watch(lane.position(), inbox);
        } finally {
            list.interrupt();
            list.join();
        }
    }

    private void listWhenCaughtUp(Watches watches, Lists lists) {
        try {
            while (lane.relist()) {
                try {
                    String target = watches.now();
                    while (!reached(watches, target)) Thread.sleep(CATCH_UP_MS);
                    if (!lane.relist()) return;
                    lists.list(inbox);
                    settle();
                } catch (RuntimeException e) {
                    if (!(e instanceof PlatformException)) LOG.warn("reading {} failed", lane.model.name(), e);
                    else LOG.warn(about(lane.model.name(), said(e)));
                    Thread.sleep(LIST_AGAIN_MS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean reached(Watches watches, String target) {
        String position = lane.position();
        return position != null && watches.reached(position, target);
    }

    private void looked() throws InterruptedException {
        settle();
        lane.works();
        looks++;
        pause(schedule.nextMs(Schedule.now()));
    }

    /** Waits until all that was put is durable: the position to go on from is then the last. */
    private void settle() throws InterruptedException {
        CountDownLatch durable = new CountDownLatch(1);
        mailbox.put(lane.number(), new Input.Marker(durable::countDown));
        durable.await();
    }

    private synchronized void pause(long forMs) throws InterruptedException {
        long untilNanos = System.nanoTime()
                + Duration.ofMillis(Math.min(forMs, 86_400_000L)).toNanos();
        while (!lookNow) {
            long leftMs = (untilNanos - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) break;
            wait(leftMs);
        }
        lookNow = false;
    }

    /** Answers whether to try again. */
    private boolean failed(RuntimeException e) {
        // A stream is read without end: that it showed something since the last failure is its success.
        failures = lane.error == null ? 1 : failures + 1;
        boolean lasting = e instanceof PlatformException platformException && platformException.lasting();
        if (failures == 1) LOG.warn(about(lane.model.name(), said(e)));
        if (!(e instanceof PlatformException)) LOG.warn("reading {} failed", lane.model.name(), e);
        lane.fails(said(e), e instanceof PlatformException told ? told.remedy() : "", lasting, clockMicros.getAsLong());
        try {
            lane.reconnects();
            pause(lasting ? 10_000 : PAUSE_MS.apply(Math.min(failures, 10)));
            return true;
        } catch (InterruptedException interrupted) {
            return false;
        }
    }

    /** Most sentences name the platform themselves. */
    static String about(String platform, String sentence) {
        return sentence.contains("`" + platform + "`") ? sentence : platform + ": " + sentence;
    }

    static String said(RuntimeException e) {
        return e instanceof PlatformException
                ? String.valueOf(e.getMessage())
                : "Lockstep failed while working with it: " + e;
    }
}
