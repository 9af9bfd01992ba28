package dev.lockstep.engine.loop;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Cascade;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.Flight;
import dev.lockstep.engine.EngineException;
import dev.lockstep.engine.store.Changes;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Keys;
import dev.lockstep.engine.store.StoreException;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that decides. Each turn takes what has come, runs the machines to quiet, gives leave to write where
 * there is room, and puts all of it into the log in one atomic batch; what is to be done about it is handed out when
 * that is on disk. When idle a turn is one input; when busy it grows.
 */
public final class Loop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final long LONGEST_WAIT_MICROS = 500_000;
    private static final int TIMERS_A_TURN = 500;
    /** So long after a customer was last worked on, what is kept of them only to be fast is let go. */
    private static final long REST_MICROS = 15_000_000;
    /** And the store's cache so long after it: what was let go is on disk by then. */
    private static final long LONG_REST_MICROS = 30_000_000;

    static final int SWEEP_GROUPS = 1000;

    /** How the loop works in this run. */
    public record Mode(int batchInputs, long batchNanos, boolean writes, String digest, int historyDays) {}

    private final Books books;
    private final Mailbox mailbox;
    private final Outbox outbox;
    private final Inputs inputs;
    private final Mode mode;
    private final LongSupplier clockMicros;
    private final Flusher flusher;
    private final Cascade cascade = new Cascade();
    private final ArrayDeque<Job> jobs = new ArrayDeque<>();
    private final ArrayDeque<Mailbox.Item> left = new ArrayDeque<>();
    private final Timer turnTimer;
    private final DistributionSummary turnSize;
    private volatile boolean stopped;
    private volatile @Nullable EngineException failure;
    private long lastMicros;
    private long nextPruneMicros;
    /** When a customer was last worked on; 0 since all is let go. */
    private long touchedMicros;

    private boolean rests;
    /** What this run's workspace is like is in the store. */
    private boolean remembered;
    /** Work in steps and inputs take turns. */
    private boolean jobsTurn;

    private @Nullable Job stepping;

    public Loop(
            Books books, Mailbox mailbox, Outbox outbox, Mode mode, LongSupplier clockMicros, MeterRegistry meters) {
        this.books = books;
        this.mailbox = mailbox;
        this.outbox = outbox;
        this.mode = mode;
        this.clockMicros = clockMicros;
        this.flusher = new Flusher(books.store, outbox, mailbox::wake);
        this.inputs = new Inputs(books, mailbox, outbox, jobs::add);
        this.turnTimer = Timer.builder("lockstep_turn")
                .description("One batch of inputs, from taking them to their being in the log")
                .publishPercentileHistogram()
                .register(meters);
        this.turnSize = DistributionSummary.builder("lockstep_turn_inputs").register(meters);
        if (books.sweep != null) jobs.add(new Sweep(SWEEP_GROUPS));
    }

    /** Why the loop ended by itself; null when it did not. */
    public @Nullable EngineException failure() {
        return failure;
    }

    public void stop() {
        stopped = true;
        mailbox.wake();
    }

    @Override
    public void run() {
        Thread flushing =
                Thread.ofPlatform().name("lockstep-flush").daemon(true).start(flusher);
        try {
            while (!stopped) turnOnce();
            flusher.close();
            flushing.join();
            flusher.mustWork();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StoreException e) {
            failure = e;
            LOG.error("{} {}", e.getMessage(), e.remedy());
        } catch (RuntimeException | Error e) {
            failure = new EngineException(
                    "Lockstep has stopped because of a defect of its own (" + e + ").",
                    "Please report it with the log; start again to go on: nothing acknowledged is lost.");
            LOG.error("the loop has stopped", e);
        } finally {
            flusher.close();
            mailbox.close();
            refuseCommands();
        }
    }

    private void turnOnce() throws InterruptedException {
        flusher.mustWork();
        jobsTurn = !jobsTurn && !jobs.isEmpty();
        if (left.isEmpty() && !jobsTurn) {
            long waitMicros = jobs.isEmpty() ? waitMicros() : 0;
            // Where edits came in faster than writes come back, customers would be worked on once more to give leave.
            for (Lane lane : books.lanes) mailbox.hurry(lane.number, books.open.count(lane.number) > lane.permits / 2);
            left.addAll(mailbox.take(mode.batchInputs(), waitMicros));
        }
        left.addAll(books.answers.due(clockMicros.getAsLong(), left.isEmpty()));
        List<Mailbox.Command> commands = jobsTurn ? List.of() : mailbox.commands();
        List<Mailbox.Item> done = new ArrayList<>();
        long start = System.nanoTime();
        boolean worked;
        try (Turn turn = begin()) {
            try {
                worked = work(turn, commands, done, start);
                if (worked) commit(turn);
            } catch (StoreException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.warn("a batch failed and is tried again piece by piece", e);
                turn.abandon();
                Job failed = stepping;
                stepping = null;
                if (failed != null) failed.failed(e);
                else carefully(commands, done);
                worked = true;
            }
            rest(turn);
        }
        if (worked) {
            turnTimer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            turnSize.record(done.size());
        }
    }

    private void rest(Turn turn) {
        if (turn.touches()) {
            touchedMicros = lastMicros;
            rests = false;
        }
        if (touchedMicros == 0 || lastMicros - touchedMicros < REST_MICROS) return;
        if (!rests) books.letGo();
        rests = true;
        if (lastMicros - touchedMicros < LONG_REST_MICROS) return;
        if (books.store.emptyCache()) touchedMicros = 0;
    }

    private Turn begin() {
        lastMicros = Math.max(lastMicros, clockMicros.getAsLong());
        return new Turn(books, cascade, lastMicros, books.gateOpen);
    }

    private static void command(Turn turn, Mailbox.Command command) {
        turn.because(new Cause(Cause.Kind.COMMAND, -1, turn.nowMicros));
        command.run(turn);
    }

    private boolean work(Turn turn, List<Mailbox.Command> commands, List<Mailbox.Item> done, long start) {
        boolean worked = !commands.isEmpty() || !remembered;
        if (!remembered) {
            Since.remember(turn);
            turn.afterCommit(() -> remembered = true);
        }
        for (Mailbox.Command command : commands) command(turn, command);
        while (!jobsTurn && !left.isEmpty() && (done.isEmpty() || System.nanoTime() - start < mode.batchNanos())) {
            Mailbox.Item item = left.poll();
            done.add(item);
            inputs.handle(turn, item);
            worked = true;
        }
        worked |= timers(turn);
        worked |= gate(turn);
        worked |= prune(turn);
        answered();
        Job job = jobs.peek();
        if (jobsTurn && job != null) {
            stepping = job;
            if (job.step(turn)) turn.afterCommit(jobs::poll);
            stepping = null;
            worked = true;
        }
        if (mode.writes()) Grants.give(turn);
        return worked || turn.granted();
    }

    /** What a person has answered to the guard is carried out. */
    private void answered() {
        if (books.guard.isQuiet()) return;
        boolean releases = jobs.stream().anyMatch(Release.class::isInstance);
        if (!releases && books.guard.releasing() != null) jobs.add(new Release());
        boolean rejects = jobs.stream().anyMatch(Rejection.class::isInstance);
        if (!rejects && books.guard.rejecting() != null) jobs.add(new Rejection());
    }

    /** Opens the gate when every platform has been read and what was read has come to rest. */
    private boolean gate(Turn turn) {
        if (!mode.writes() || books.gateOpen || !jobs.isEmpty() || !left.isEmpty() || !books.allRead()) {
            return replan(turn);
        }
        boolean restored = books.restored != null;
        if (restored && books.rereads()) return false;
        turn.meta(Meta.RESTORED, null);
        turn.meta(Meta.GATE, "open");
        turn.meta(Meta.DIGEST, mode.digest());
        // Whoever puts back a copy approves nothing by it.
        Cause.Kind kind = restored ? Cause.Kind.WORKSPACE : Cause.Kind.FIRST;
        Sweep.begin(turn, new Cause(kind, -1, turn.nowMicros));
        turn.afterCommit(() -> {
            books.restored = null;
            books.gateOpen = true;
            books.planned = mode.digest();
            jobs.add(new Sweep(SWEEP_GROUPS));
        });
        return true;
    }

    /** Once a day; the first time a day after the folder was made. */
    private boolean prune(Turn turn) {
        if (!mode.writes() || turn.nowMicros < nextPruneMicros || !jobs.isEmpty()) return false;
        boolean known = nextPruneMicros != 0;
        String last = known ? null : Meta.get(books.store, Meta.PRUNED);
        if (!known && last == null) turn.meta(Meta.PRUNED, Long.toString(turn.nowMicros));
        long since = last == null ? turn.nowMicros : Long.parseLong(last);
        nextPruneMicros = since + Pruning.DAY_MICROS;
        if (known || nextPruneMicros <= turn.nowMicros) {
            nextPruneMicros = turn.nowMicros + Pruning.DAY_MICROS;
            books.guard.prune(turn);
            jobs.add(new Pruning(turn.nowMicros - mode.historyDays() * Pruning.DAY_MICROS));
        }
        return true;
    }

    /** The workspace has changed since everything was planned. */
    private boolean replan(Turn turn) {
        if (!books.gateOpen || !mode.writes() || books.planned.equals(mode.digest())) return false;
        turn.meta(Meta.DIGEST, mode.digest());
        Sweep.begin(turn, new Cause(Cause.Kind.WORKSPACE, -1, turn.nowMicros));
        turn.afterCommit(() -> {
            books.planned = mode.digest();
            jobs.removeIf(Sweep.class::isInstance);
            jobs.add(new Sweep(SWEEP_GROUPS));
        });
        return true;
    }

    private boolean timers(Turn turn) {
        if (turn.nowMicros < books.nextTimerMicros) return false;
        List<byte[]> due = dueTimers(turn);
        for (byte[] key : due) timer(turn, key);
        return !due.isEmpty();
    }

    private List<byte[]> dueTimers(Turn turn) {
        List<byte[]> due = new ArrayList<>();
        long[] next = {Long.MAX_VALUE};
        books.store.peek(Family.TIMERS, new byte[0], null, (key, value) -> {
            if (Keys.timerMicros(key) > turn.nowMicros || due.size() >= TIMERS_A_TURN) {
                next[0] = Keys.timerMicros(key);
                return false;
            }
            due.add(key);
            return true;
        });
        if (due.isEmpty()) books.nextTimerMicros = next[0];
        // What this turn asks for lowers it again at its commit.
        turn.afterTimers(next[0]);
        return due;
    }

    private static void timer(Turn turn, byte[] key) {
        var record = Keys.timerRecord(key);
        turn.changes.delete(Family.TIMERS, key);
        turn.because(Cause.NONE);
        turn.run(Address.Slot.of(record), new Message.Recheck(record, Message.Why.TIME));
    }

    private void commit(Turn turn) throws InterruptedException {
        turn.meta(Meta.CLOCK, Long.toString(turn.nowMicros));
        turn.commit(Changes.Keep.LOGGED);
        flusher.add(turn.due());
        for (Lane lane : books.lanes) {
            lane.open = books.open.count(lane.number);
            lane.looks = books.looks.open(lane.number);
        }
        for (Lane lane : books.lanes) {
            if (!lane.active || lane.looks == 0) continue;
            List<String> keys = books.looks.next(lane.number, books.store, turn.nowMicros);
            if (!keys.isEmpty()) outbox.look(lane.number, keys);
        }
        if (!turn.facts.isEmpty()) outbox.happened(turn.facts, turn::customerOf);
    }

    /** Each piece in a turn of its own, so that one that fails stops nobody else. */
    private void carefully(List<Mailbox.Command> commands, List<Mailbox.Item> done) throws InterruptedException {
        for (Mailbox.Command command : commands) {
            alone(turn -> command(turn, command), (turn, why) -> command.refused());
        }
        for (Mailbox.Item item : done) {
            alone(turn -> inputs.handle(turn, item), (turn, why) -> inputs.setAside(turn, item, why));
        }
        List<byte[]> due;
        try (Turn turn = begin()) {
            due = dueTimers(turn);
        }
        for (byte[] key : due) {
            alone(turn -> timer(turn, key), (turn, why) -> turn.changes.delete(Family.TIMERS, key));
        }
        for (Lane lane : books.lanes) {
            if (!mode.writes() || !books.gateOpen || books.plansFirst || !lane.takesWrites(books.allPaused)) continue;
            Collection<Errand> picked;
            try (Turn turn = begin()) {
                picked = Grants.pick(turn, lane, lane.permitsNow() - books.open.count(lane.number));
                turn.abandon();
            }
            for (Errand errand : picked) {
                alone(turn -> Grants.leave(turn, errand), (turn, why) -> inputs.setAside(turn, errand, why));
            }
        }
    }

    private interface Piece {
        void run(Turn turn);
    }

    private interface Aside {
        void run(Turn turn, String why);
    }

    private void alone(Piece piece, Aside aside) throws InterruptedException {
        String why;
        try (Turn turn = begin()) {
            try {
                piece.run(turn);
                commit(turn);
                return;
            } catch (StoreException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.error("set aside because of a defect", e);
                turn.abandon();
                why = "Lockstep could not work this out: " + e;
            }
        }
        try (Turn turn = begin()) {
            aside.run(turn, why);
            commit(turn);
        }
    }

    /** Runs a command on this thread, when the loop is not running; leaves to write wait for the next run. */
    public synchronized void inline(Mailbox.Command command) {
        try (Turn turn = begin()) {
            command(turn, command);
            turn.commit(Changes.Keep.DURABLE);
            turn.due().then().forEach(Runnable::run);
        }
    }

    private long waitMicros() {
        long wait = Math.min(books.nextTimerMicros, books.answers.nextMicros()) - clockMicros.getAsLong();
        return Math.max(0, Math.min(wait, LONGEST_WAIT_MICROS));
    }

    private void refuseCommands() {
        for (Mailbox.Command command : mailbox.commands()) command.refused();
    }

    /** Writes whose outcome was not durable when the last process ended. */
    public Map<Integer, List<Write>> unclear() {
        Map<Integer, List<Write>> unclear = new HashMap<>();
        try (Turn turn = begin()) {
            books.open.all().forEach((id, errand) -> {
                Flight flight = turn.flightOf(id, errand);
                if (flight != null) {
                    unclear.computeIfAbsent(errand.platform(), unused -> new ArrayList<>())
                            .add(flight.write());
                } else {
                    turn.closed.add(id);
                }
            });
            List<Long> stale = List.copyOf(turn.closed);
            turn.abandon();
            if (!stale.isEmpty()) LOG.info("{} intents had no write in their customer and are dropped", stale.size());
            try (Turn drop = begin()) {
                drop.closed.addAll(stale);
                drop.commit(Changes.Keep.DURABLE);
            }
        }
        for (Lane lane : books.lanes) lane.open = books.open.count(lane.number);
        return unclear;
    }
}
