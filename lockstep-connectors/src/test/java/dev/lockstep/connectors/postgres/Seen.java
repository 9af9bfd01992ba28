package dev.lockstep.connectors.postgres;

import static org.assertj.core.api.Assertions.fail;

import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Observation.Origin;
import dev.lockstep.spi.Description;
import dev.lockstep.spi.Inbox;
import dev.lockstep.spi.Watches;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An inbox that keeps all it is given, and a thread that watches a platform into it. */
final class Seen implements Inbox, AutoCloseable {
    private static final long PATIENCE_MILLIS = 40_000;

    private final List<Observation> observations = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private @Nullable String position;
    private @Nullable Description description;
    private @Nullable Throwable failure;
    private @Nullable Thread thread;

    /** Begins to watch, and confirms what is put at once. */
    static Seen watching(Watches platform, @Nullable String position) {
        Seen seen = new Seen();
        seen.thread = Thread.ofVirtual().start(() -> {
            try {
                platform.watch(position, new Confirming(seen, platform));
            } catch (InterruptedException e) {
                seen.event("stopped");
            } catch (RuntimeException e) {
                seen.failed(e);
            }
        });
        return seen;
    }

    private record Confirming(Seen seen, Watches platform) implements Inbox {
        @Override
        public void described(Description now, boolean missed) {
            seen.described(now, missed);
        }

        @Override
        public void observe(Observation observation) {
            seen.observe(observation);
        }

        @Override
        public void position(String position) {
            seen.position(position);
            platform.confirm(position);
        }

        @Override
        public void listBegins(long nowMicros) {
            seen.listBegins(nowMicros);
        }

        @Override
        public void listEnds() {
            seen.listEnds();
        }

        @Override
        public void emptied(long version, long datedMicros) {
            seen.emptied(version, datedMicros);
        }

        @Override
        public void positionLost(String why) {
            seen.positionLost(why);
        }

        @Override
        public void progress(long platformMicros) {
            seen.progress(platformMicros);
        }

        @Override
        public void expects(long records) {
            seen.expects(records);
        }
    }

    @Override
    public synchronized void described(Description now, boolean missed) {
        description = now;
    }

    /** What the platform was last said to be. */
    synchronized @Nullable Description description() {
        return description;
    }

    @Override
    public synchronized void observe(Observation observation) {
        observations.add(observation);
        notifyAll();
    }

    @Override
    public synchronized void position(String newPosition) {
        position = newPosition;
        notifyAll();
    }

    @Override
    public void listBegins(long nowMicros) {
        event("list begins");
    }

    @Override
    public void listEnds() {
        event("list ends");
    }

    @Override
    public void emptied(long version, long datedMicros) {
        event("emptied");
    }

    @Override
    public void positionLost(String why) {
        event("lost: " + why);
    }

    @Override
    public void progress(long platformMicros) {
        // Only for people.
    }

    @Override
    public void expects(long records) {
        // Only for people.
    }

    private synchronized void event(String event) {
        events.add(event);
        notifyAll();
    }

    private synchronized void failed(Throwable e) {
        failure = e;
        notifyAll();
    }

    synchronized List<String> events() {
        return List.copyOf(events);
    }

    synchronized List<Observation> observations() {
        return List.copyOf(observations);
    }

    synchronized @Nullable String position() {
        return position;
    }

    synchronized int count() {
        return observations.size();
    }

    /** Waits for an observation, among those from this one on. */
    synchronized Observation await(int from, Predicate<Observation> wanted) throws InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (true) {
            for (int i = from; i < observations.size(); i++) {
                if (wanted.test(observations.get(i))) return observations.get(i);
            }
            pause(end, "the observation");
        }
    }

    Observation awaitStream(String key) throws InterruptedException {
        return await(0, seen -> seen.key().equals(key) && seen.origin() == Origin.STREAM);
    }

    synchronized void awaitEvent(String event) throws InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (events.stream().noneMatch(seen -> seen.startsWith(event))) pause(end, event);
    }

    /** Waits until all that is committed by now has been shown. */
    void awaitNow(Watches platform) throws InterruptedException {
        String target = platform.now();
        synchronized (this) {
            long end = System.currentTimeMillis() + PATIENCE_MILLIS;
            while (position == null || !platform.reached(position, target)) pause(end, "position " + target);
        }
    }

    synchronized Throwable awaitFailure() throws InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (failure == null) {
            if (System.currentTimeMillis() > end) return fail("no failure came");
            wait(100);
        }
        return failure;
    }

    private void pause(long end, String what) throws InterruptedException {
        if (failure != null) throw new AssertionError("watching failed: " + failure, failure);
        if (System.currentTimeMillis() > end) {
            fail("waited in vain for " + what + "; seen " + observations.size() + " observations, the last "
                    + (observations.isEmpty() ? "none" : show(observations.getLast())) + ", events " + events);
        }
        wait(100);
    }

    /** {@code key: raw texts} for messages and comparisons. */
    static String show(Observation seen) {
        List<String> raw = new ArrayList<>();
        for (String value : seen.raw()) raw.add(value == Observation.ABSENT ? "-" : String.valueOf(value));
        return seen.key()
                + (seen.renamedFrom() == null ? "" : "<-" + seen.renamedFrom())
                + (seen.gone() ? " gone" : " " + raw)
                + (seen.ownWrite() == 0 ? "" : " own " + seen.ownWrite());
    }

    List<String> shown() {
        return observations().stream().map(Seen::show).toList();
    }

    /** Stops watching, and waits for the end of it. */
    @Override
    public void close() {
        Thread watching = thread;
        if (watching == null) return;
        watching.interrupt();
        try {
            watching.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
