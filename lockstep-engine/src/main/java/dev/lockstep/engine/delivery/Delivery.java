package dev.lockstep.engine.delivery;

import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.model.Write;
import dev.lockstep.engine.loop.Input;
import dev.lockstep.engine.loop.Lane;
import dev.lockstep.engine.loop.Mailbox;
import dev.lockstep.spi.PlatformException;
import dev.lockstep.spi.Writes;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends writes to one platform and brings the receipts back. It never touches state. When the platform does not answer
 * the circuit opens: what was under way is found out, and no leave is given until it answers again.
 */
public final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration PROBE_PAUSE = Duration.ofSeconds(1);
    private static final IntervalFunction RESOLVE_PAUSE_MS =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(100), 2.0, 0.3, Duration.ofSeconds(2));

    private final Lane lane;
    private final Writes writes;
    private final int batchSize;
    private final int writers;
    private final Pace pace;
    private final Mailbox mailbox;
    private final LongSupplier clockMicros;
    private final LinkedBlockingDeque<Write> queue = new LinkedBlockingDeque<>();
    private final LinkedBlockingDeque<Write> unclear = new LinkedBlockingDeque<>();
    private final CircuitBreaker breaker;
    /** One for each time that it opened. */
    private final Semaphore breaks = new Semaphore(0);

    private final Map<Receipt.Outcome, Counter> outcomes = new EnumMap<>(Receipt.Outcome.class);
    private final Timer spread;
    private final List<Thread> threads = new ArrayList<>();

    public Delivery(
            Lane lane,
            Writes writes,
            int batchSize,
            int writers,
            Pace pace,
            Mailbox mailbox,
            LongSupplier clockMicros,
            MeterRegistry meters) {
        this.lane = lane;
        this.writes = writes;
        this.batchSize = Math.min(Math.max(1, batchSize), pace.most());
        this.writers = Math.max(1, writers);
        this.pace = pace;
        this.mailbox = mailbox;
        this.clockMicros = clockMicros;
        this.breaker = CircuitBreaker.of(
                lane.model.name(),
                CircuitBreakerConfig.custom()
                        .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(4)
                        .minimumNumberOfCalls(2)
                        .failureRateThreshold(100)
                        .waitDurationInOpenState(PROBE_PAUSE)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .build());
        for (Receipt.Outcome outcome : Receipt.Outcome.values()) {
            outcomes.put(
                    outcome,
                    Counter.builder("lockstep_writes")
                            .tag("platform", lane.model.name())
                            .tag("outcome", outcome.name().toLowerCase(java.util.Locale.ROOT))
                            .register(meters));
        }
        this.spread = Timer.builder("lockstep_spread")
                .description("From an edit's commit on one platform to the receipt of its write on another")
                .tag("platform", lane.model.name())
                .publishPercentileHistogram()
                .register(meters);
    }

    /** @param before writes of an earlier process whose outcome is not known */
    public void start(List<Write> before) {
        for (Write write : before) {
            land(write, Receipt.of(write, Receipt.Outcome.UNCLEAR, "Lockstep was ended", clockMicros.getAsLong()));
        }
        unclear.addAll(before);
        threads.add(Thread.ofVirtual().name("resolve-" + lane.model.name()).start(this::resolve));
        for (int i = 0; i < writers; i++) {
            threads.add(Thread.ofPlatform()
                    .daemon(true)
                    .name("write-" + lane.model.name() + "-" + i)
                    .start(this::write));
        }
        threads.add(Thread.ofVirtual().name("probe-" + lane.model.name()).start(this::probe));
    }

    public void send(List<Write> more) {
        for (Write write : more) {
            if (write.urgent()) queue.addFirst(write);
            else queue.addLast(write);
        }
    }

    public List<Thread> threads() {
        return threads;
    }

    private void write() {
        List<Write> batch = new ArrayList<>();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                batch.clear();
                batch.add(queue.take());
                queue.drainTo(batch, batchSize - 1);
                pace.take(batch.size());
                attempt(List.copyOf(batch));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt(List<Write> batch) throws InterruptedException {
        if (!breaker.tryAcquirePermission()) {
            // Never left: the platform is not answering others.
            for (Write write : batch)
                land(write, Receipt.of(write, Receipt.Outcome.AGAIN, "", clockMicros.getAsLong()));
            return;
        }
        long start = System.nanoTime();
        List<Receipt> receipts;
        try {
            receipts = writes.write(batch);
        } catch (RuntimeException e) {
            breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, e);
            broken(e);
            receipts = List.of();
        }
        boolean answered = settle(batch, receipts);
        if (answered) {
            breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            lane.probing = false;
            lane.reached(clockMicros.getAsLong());
        } else if (!receipts.isEmpty()) {
            breaker.onError(
                    System.nanoTime() - start, TimeUnit.NANOSECONDS, new IllegalStateException("no write was taken"));
        }
        lane.broken = breaker.getState() == CircuitBreaker.State.OPEN;
        if (lane.broken) breaks.release();
    }

    /** Brings receipts back; a write without one is unclear. Answers whether the platform took or refused any. */
    private boolean settle(List<Write> batch, List<Receipt> receipts) {
        Map<Long, Receipt> byWrite = new HashMap<>();
        for (Receipt receipt : receipts) byWrite.put(receipt.write(), receipt);
        boolean answered = false;
        for (Write write : batch) {
            Receipt receipt = byWrite.get(write.id());
            if (receipt == null) {
                receipt = Receipt.of(write, Receipt.Outcome.UNCLEAR, "no answer came", clockMicros.getAsLong());
            }
            answered |= receipt.outcome() != Receipt.Outcome.AGAIN && receipt.outcome() != Receipt.Outcome.UNCLEAR;
            land(write, receipt);
            if (receipt.outcome() == Receipt.Outcome.UNCLEAR) unclear.add(write);
        }
        return answered;
    }

    private void land(Write write, Receipt receipt) {
        Counter counter = outcomes.get(receipt.outcome());
        if (counter != null) counter.increment();
        if (receipt.outcome() == Receipt.Outcome.APPLIED && write.causeMicros() != Stamp.UNDATED) {
            long micros = receipt.atMicros() - write.causeMicros();
            // What was made long ago did not take long: it was read late.
            if (micros >= 0 && micros < 600_000_000L) spread.record(micros, TimeUnit.MICROSECONDS);
        }
        mailbox.putNow(lane.number(), new Input.Landed(write.record(), write.kind() == Write.Kind.CREATE, receipt));
    }

    /** Finds out what became of writes whose outcome is unclear, for as long as it takes. */
    private void resolve() {
        int failures = 0;
        List<Write> batch = new ArrayList<>();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (batch.isEmpty()) batch.add(unclear.take());
                unclear.drainTo(batch, Math.max(0, batchSize - batch.size()));
                List<Receipt> receipts = List.of();
                try {
                    receipts = writes.resolve(List.copyOf(batch));
                } catch (RuntimeException e) {
                    broken(e);
                }
                boolean clear = resolved(batch, receipts);
                // That it is still unclear may be for want of an answer.
                if (clear) lane.reached(clockMicros.getAsLong());
                failures = clear ? 0 : failures + 1;
                if (failures > 0) Thread.sleep(RESOLVE_PAUSE_MS.apply(Math.min(failures, 10)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lands what is clear now, and leaves the rest in the batch. Answers whether any was. */
    private boolean resolved(List<Write> batch, List<Receipt> receipts) {
        Map<Long, Receipt> byWrite = new HashMap<>();
        for (Receipt receipt : receipts) byWrite.put(receipt.write(), receipt);
        return batch.removeIf(write -> {
            Receipt receipt = byWrite.get(write.id());
            if (receipt == null || receipt.outcome() == Receipt.Outcome.UNCLEAR) return false;
            land(write, receipt);
            return true;
        });
    }

    /** Lets the loop try again when the circuit has rested; that try is the probe. */
    private void probe() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                breaks.acquire();
                // A moment later than the breaker lets one through.
                Thread.sleep(PROBE_PAUSE.toMillis() + 100);
                breaks.drainPermits();
                // A single write finds out whether the platform answers again.
                lane.probing = true;
                lane.broken = false;
                mailbox.wake();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void broken(RuntimeException e) {
        if (lane.error == null) LOG.warn(Reader.about(lane.model.name(), Reader.said(e)));
        boolean lasting = e instanceof PlatformException told && told.lasting();
        String remedy = e instanceof PlatformException told ? told.remedy() : "";
        lane.fails(Reader.said(e), remedy, lasting, clockMicros.getAsLong());
    }
}
