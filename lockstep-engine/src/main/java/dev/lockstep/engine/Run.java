package dev.lockstep.engine;

import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.engine.delivery.Delivery;
import dev.lockstep.engine.delivery.Looker;
import dev.lockstep.engine.delivery.Pace;
import dev.lockstep.engine.delivery.Reader;
import dev.lockstep.engine.delivery.Schedule;
import dev.lockstep.engine.loop.Allowed;
import dev.lockstep.engine.loop.Books;
import dev.lockstep.engine.loop.Lane;
import dev.lockstep.engine.loop.Loop;
import dev.lockstep.engine.loop.Mailbox;
import dev.lockstep.engine.loop.Meta;
import dev.lockstep.engine.loop.Outbox;
import dev.lockstep.engine.loop.Turn;
import dev.lockstep.engine.query.Reviews;
import dev.lockstep.engine.store.Store;
import dev.lockstep.spi.Capabilities;
import dev.lockstep.spi.Lists;
import dev.lockstep.spi.Platform;
import dev.lockstep.spi.Polls;
import dev.lockstep.spi.Reads;
import dev.lockstep.spi.Watches;
import dev.lockstep.spi.Writes;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One stretch of work: the loop, the readers and the deliveries, from their start to their end. */
final class Run implements Outbox {
    private static final int MAILBOX = 1000;
    private static final long ASK_NANOS = 60_000_000_000L;
    private static final long LOOK_MS = 100;
    private static final long DRAIN_NANOS = 3_000_000_000L;

    /** What this stretch is for. */
    record Purpose(Set<String> without, boolean writes, String digest) {}

    private final Map<Integer, PlatformLink> links;
    private final Purpose purpose;
    private final LongSupplier clockMicros;
    private final MeterRegistry meters;
    private final Changes changes;
    private final List<Lane> lanes = new ArrayList<>();
    private final Mailbox mailbox;
    private final Books books;
    private final Reviews reviews;
    private final Loop loop;
    private final Map<Integer, Reader> readers = new HashMap<>();
    private final Map<Integer, Delivery> deliveries = new HashMap<>();
    private final Map<Integer, Looker> lookers = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private @Nullable Thread loopThread;

    Run(
            Store store,
            Model model,
            Map<Integer, PlatformLink> links,
            EngineSettings settings,
            Purpose purpose,
            Changes changes,
            MeterRegistry meters) {
        this.links = links;
        this.purpose = purpose;
        // What is known has times of then: it must not lie in the future now, should the clock have been set back.
        String last = Meta.get(store, Meta.CLOCK);
        if (last != null) settings.clock().notBefore(Long.parseLong(last));
        this.clockMicros = settings.clock()::micros;
        this.meters = meters;
        this.changes = changes;
        for (PlatformModel platform : model.platforms()) lanes.add(lane(platform));
        this.mailbox = new Mailbox(lanes.size(), MAILBOX);
        this.books = new Books(store, model, lanes, clockMicros.getAsLong());
        this.reviews = new Reviews(store, model);
        this.loop = new Loop(
                books,
                mailbox,
                this,
                new Loop.Mode(
                        settings.batchInputs(),
                        settings.batchMillis() * 1_000_000L,
                        purpose.writes(),
                        purpose.digest(),
                        settings.historyDays()),
                clockMicros,
                meters);
    }

    private Lane lane(PlatformModel platform) {
        PlatformLink link = links.get(platform.number());
        boolean active =
                link != null && !platform.retired() && !purpose.without().contains(platform.name());
        boolean listed = link != null
                && (link.platform() instanceof Lists
                        || link.platform() instanceof Watches
                        || link.platform() instanceof Polls);
        Capabilities capabilities = link == null ? null : link.capabilities();
        int permits = capabilities == null
                ? 100
                : Math.max(1, capabilities.batchSize()) * (Math.max(1, capabilities.writers()) + 1);
        GuardRule rule = link == null ? GuardRule.STANDARD : link.guard();
        return new Lane(
                platform.number(), platform, active, listed, permits, rule, link == null ? List.of() : link.mappedAs());
    }

    // ---- start and end

    void start() {
        Map<Integer, List<Write>> unclear = loop.unclear();
        for (Lane lane : lanes) {
            PlatformLink link = links.get(lane.number());
            if (!lane.active() || link == null) continue;
            startLane(lane, link, unclear.getOrDefault(lane.number(), List.of()));
        }
        loopThread = Thread.ofPlatform().name("lockstep-loop").daemon(true).start(loop);
    }

    private void startLane(Lane lane, PlatformLink link, List<Write> unclear) {
        Platform platform = link.platform();
        String name = lane.model.name();
        if (platform instanceof Writes writes && purpose.writes()) {
            Capabilities capabilities = link.capabilities();
            Delivery delivery = new Delivery(
                    lane,
                    writes,
                    capabilities == null ? 50 : capabilities.batchSize(),
                    capabilities == null ? 1 : capabilities.writers(),
                    Pace.parse(link.limit()),
                    mailbox,
                    clockMicros,
                    meters);
            deliveries.put(lane.number(), delivery);
            delivery.start(unclear);
            threads.addAll(delivery.threads());
        }
        if (platform instanceof Reads reads) {
            Looker looker = new Looker(lane, reads, mailbox, clockMicros);
            lookers.put(lane.number(), looker);
            threads.add(Thread.ofVirtual().name("look-" + name).start(looker));
        }
        Reader reader = new Reader(lane, platform, Schedule.parse(link.sync()), mailbox, clockMicros);
        readers.put(lane.number(), reader);
        threads.add(Thread.ofPlatform().daemon(true).name("read-" + name).start(reader));
    }

    /** Ends all threads. Writes under way get a short while; what is still unclear then is found out next time. */
    void stop() throws InterruptedException {
        books.drain();
        long deadline = System.nanoTime() + DRAIN_NANOS;
        while (loop.failure() == null && underWay() && System.nanoTime() < deadline) Thread.sleep(5);
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) thread.join(2000);
        loop.stop();
        if (loopThread != null) loopThread.join(10_000);
    }

    private boolean underWay() {
        return lanes.stream()
                .anyMatch(lane -> deliveries.containsKey(lane.number()) && !lane.broken && lane.open() > 0);
    }

    // ---- what it is asked

    Books books() {
        return books;
    }

    Reviews reviews() {
        return reviews;
    }

    Loop loop() {
        return loop;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    List<Lane> lanes() {
        return lanes;
    }

    @Nullable
    PlatformLink link(int platform) {
        return links.get(platform);
    }

    @Nullable
    Reader reader(int platform) {
        return readers.get(platform);
    }

    long nowMicros() {
        return clockMicros.getAsLong();
    }

    boolean started() {
        return loopThread != null;
    }

    void allowOnly(Allowed allowed) {
        books.allowOnly(allowed);
    }

    /** Throws when the loop has ended by itself. */
    void mustLive() {
        EngineException failure = loop.failure();
        if (failure != null) throw failure;
    }

    /** Runs on the loop's thread, in a turn; answers when what it changed is durable. */
    <T> T ask(Function<Turn, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Mailbox.Command command = new Mailbox.Command() {
            @Override
            public void run(Turn turn) {
                try {
                    T value = question.apply(turn);
                    turn.whenDurable(() -> answer.complete(value));
                } catch (EngineException e) {
                    answer.completeExceptionally(e);
                }
            }

            @Override
            public void refused() {
                EngineException why = loop.failure();
                answer.completeExceptionally(
                        why != null ? why : new EngineException("The engine has stopped.", "Start it again."));
            }
        };
        if (!started()) loop.inline(command);
        else if (!mailbox.command(command)) command.refused();
        return outcome(answer);
    }

    private <T> T outcome(CompletableFuture<T> answer) {
        long deadline = System.nanoTime() + ASK_NANOS;
        try {
            while (System.nanoTime() < deadline) {
                try {
                    return answer.get(LOOK_MS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    // What was under way when the loop ended, or the log could not be flushed, nobody answers.
                    mustLive();
                }
            }
            throw new EngineException("Lockstep is too busy to answer.", "Try again in a moment.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EngineException told) throw told;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Interrupted.", "");
        }
    }

    // ---- what the loop hands out

    @Override
    public void send(int platform, List<Write> writes) {
        Delivery delivery = deliveries.get(platform);
        if (delivery != null) delivery.send(writes);
    }

    @Override
    public void look(int platform, List<String> keys) {
        Looker looker = lookers.get(platform);
        if (looker != null) looker.look(keys);
    }

    @Override
    public void confirm(int platform, String position) {
        PlatformLink link = links.get(platform);
        if (link != null && link.platform() instanceof Watches watches) watches.confirm(position);
    }

    @Override
    public void happened(List<Fact> facts, Function<RecordName, RecordName> customerOf) {
        changes.publish(facts, customerOf);
    }

    @Override
    public void again(int platform) {
        Reader reader = readers.get(platform);
        if (reader != null) reader.again();
    }

    @Override
    public void drifted(int platform, @Nullable String column, boolean away, String sentence) {
        changes.drifted(lanes.get(platform).model.name(), column, away, sentence, clockMicros.getAsLong());
    }

    @Override
    public boolean reads(int platform) {
        PlatformLink link = links.get(platform);
        return link != null && link.platform() instanceof Reads;
    }
}
