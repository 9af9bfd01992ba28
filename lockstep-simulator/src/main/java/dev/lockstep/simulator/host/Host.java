package dev.lockstep.simulator.host;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Effect;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.simulator.Agenda;
import dev.lockstep.simulator.Trace;
import dev.lockstep.simulator.ledger.Ledger;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The deterministic host of the real core: one queue, one batch at a time, a store that survives crashes. */
public final class Host {
    private static final int MOST_INPUTS = 4;
    private static final int PERMITS = 3;

    final Agenda agenda;
    final Faults faults;
    final Trace trace;
    private final Workspace workspace;
    private final List<SimulatedPlatform> platforms;
    private final Ledger ledger;
    private final Watch watch;
    private final Guard guard;
    private final Machines machines;
    private final Words words;
    private final Store store = new Store();
    private final List<Observation> shown = new ArrayList<>();

    private final TreeSet<Long> fenced = new TreeSet<>();
    private final TreeMap<Integer, Long> listedAt = new TreeMap<>();
    private final TreeMap<Long, Long> leaves = new TreeMap<>();

    // what a crash takes away
    private int epoch;
    private boolean up;
    private boolean turning;
    private final ArrayDeque<Input> queue = new ArrayDeque<>();
    private final TreeMap<Integer, TreeSet<String>> listed = new TreeMap<>();
    private final List<Feed> feeds = new ArrayList<>();
    private @Nullable Delivery delivery;
    private long crashes;
    private long heard;
    private long sent;

    public Host(
            Model model,
            List<SimulatedPlatform> platforms,
            Ledger ledger,
            Agenda agenda,
            Faults faults,
            Guard guard,
            boolean queued,
            Trace trace,
            Watch watch) {
        this.workspace = new Workspace(model);
        this.platforms = platforms;
        this.ledger = ledger;
        this.agenda = agenda;
        this.faults = faults;
        this.guard = guard;
        this.trace = trace;
        this.watch = watch;
        this.machines = new Machines(queued, workspace, agenda, trace);
        this.words = new Words(this, machines, ledger);
    }

    /** Starts, or starts again after a crash, with what is durable. */
    public void start() {
        up = true;
        int mine = epoch;
        delivery = new Delivery(this, platforms, mine);
        if (!store.plannedWithout.equals(workspace.out())) put(new Input.WorkspaceChanged());
        for (SimulatedPlatform platform : platforms) {
            Feed feed = new Feed(this, platform, mine);
            feeds.add(feed);
            int number = platform.number();
            if (workspace.lacks(number)) continue;
            // Who was renamed while nobody listened is not known again yet (docs/decisions/0016).
            boolean mayLose = store.read.contains(number) && platform.keyColumn() < 0;
            if (mayLose && faults.happens(Fault.POSITION_LOST)) put(new Input.PositionLost(number));
            else feed.start(store.position(number), store.read.contains(number) && !unheard(platform));
            put(new Input.Room(number));
        }
        for (Write write : store.open.values())
            if (!workspace.lacks(write.platform())) delivery().unclear(write);
        for (Store.Looked look : store.looks) look(look);
        for (Store.Timer timer : store.timers) arm(timer);
        for (Store.Wanted held : store.held.keySet()) letGoLater(held);
        if (faults.happens(Fault.CRASH_IN_RECOVERY))
            agenda.after(agenda.delay(0, 500_000), () -> {
                if (epoch == mine) crash("while recovering");
            });
    }

    /** Where there is no stream, what went on while the platform was out of the workspace is read in full. */
    private boolean unheard(SimulatedPlatform platform) {
        return !platform.habits().streams() && store.plannedWithout.contains(platform.number());
    }

    private void look(Store.Looked look) {
        if (!workspace.lacks(look.platform())) feeds.get(look.platform()).look(look.key());
    }

    /**
     * A platform is taken out of the workspace, or put back, and the host started again.
     *
     * @return whether that was done: before everything has been read it is not
     */
    public boolean change(int platform, boolean out) {
        if (workspace.lacks(platform) == out) return true;
        if (!up || !store.gateOpen || !store.mail.isEmpty() || !store.read.contains(platform)) return false;
        workspace.change(platform, out);
        crash("to go on " + (out ? "without " : "with ") + platform);
        return true;
    }

    /** For operators. */
    public Words words() {
        return words;
    }

    boolean isUp() {
        return up;
    }

    public int epoch() {
        return epoch;
    }

    public boolean gateOpen() {
        return store.gateOpen;
    }

    public long crashes() {
        return crashes;
    }

    /** How much has come in and gone out: observations, requests and answers. */
    public long events() {
        return heard + sent;
    }

    /** How many writes have been given leave. */
    public long sent() {
        return sent;
    }

    /** Everything observed so far, in the order in which it became durable. */
    public List<Observation> shown() {
        return shown;
    }

    public List<Fact> history() {
        return store.history;
    }

    /** The groups as they are durable now. */
    public Map<RecordName, GroupState> groups() {
        return Collections.unmodifiableMap(store.groups);
    }

    /** A guard has stopped what is due to this record, or the making of the one that its customer lacks there. */
    public boolean holds(int platform, RecordName record, boolean create) {
        return store.holds(new Store.Wanted(platform, record, create));
    }

    /** Nothing waits: no want that could be met, no write under way, no read asked for, nothing queued. */
    public boolean quiet() {
        for (Feed feed : feeds) if (!feed.idle()) return false;
        if (!store.gateOpen || !queue.stream().allMatch(this::ofPolls)) return false;
        return up && workspace.out().isEmpty() && store.idle();
    }

    /** Platforms that are polled put something into the queue at all times. */
    private boolean ofPolls(Input input) {
        return input.readOf() >= 0 && !platforms.get(input.readOf()).habits().streams();
    }

    /** The position that the last full read of a platform has covered. */
    long listedAt(int platform) {
        return listedAt.getOrDefault(platform, 0L);
    }

    boolean fenced(long write) {
        return fenced.contains(write);
    }

    void fence(long write) {
        fenced.add(write);
    }

    void applied(SimulatedPlatform platform, Write write, Receipt receipt) {
        trace.note(agenda.nowMicros(), write.id(), receipt.outcome().ordinal());
        trace.line(
                agenda.nowMicros(),
                () -> "  at " + platform.number() + ": write " + write.id() + " " + receipt.outcome());
        watch.applied(platform, write, receipt);
    }

    /** What {@link #quiet} misses, for people. */
    public String restlessness() {
        return store + ", queued " + queue.size() + ", out of the workspace " + workspace.out();
    }

    /** A platform's stream breaks off and starts again, a little earlier. */
    public void restartStream(int platform) {
        if (up && !workspace.lacks(platform)) feeds.get(platform).rewind();
    }

    /** A platform has committed something. */
    public void stirred(SimulatedPlatform platform) {
        if (up && !workspace.lacks(platform.number()))
            feeds.get(platform.number()).pump();
    }

    /** Shows again what was shown before, in the same order. */
    public void replay(List<Observation> before) {
        for (Observation seen : before) {
            if (up) put(new Input.Observed(seen, null, -1, -1, false));
        }
    }

    void crash(String when) {
        trace.line(agenda.nowMicros(), () -> "CRASH " + when);
        trace.note(agenda.nowMicros(), 13, crashes);
        crashes++;
        stop();
        agenda.after(agenda.delay(50_000, 3 * Agenda.SECOND), this::start);
    }

    /** All that is not durable is gone. */
    public void stop() {
        String lost = store.readBack();
        if (lost != null) watch.forgot(lost);
        epoch++;
        up = false;
        turning = false;
        queue.clear();
        listed.clear();
        feeds.clear();
    }

    // ---- the loop

    void put(Input input) {
        queue.add(input);
        turn();
    }

    private void turn() {
        if (turning || !up || queue.isEmpty() && store.mail.isEmpty()) return;
        turning = true;
        int mine = epoch;
        agenda.after(agenda.delay(50, 2_000), () -> {
            if (epoch != mine) return;
            turning = false;
            batch();
            turn();
        });
    }

    private void batch() {
        boolean doomed = faults.happens(Fault.CRASH_BEFORE_COMMIT);
        Batch batch = new Batch(store, doomed);
        List<Runnable> after = new ArrayList<>();
        int most = 1 + (int) agenda.delay(0, MOST_INPUTS);
        for (int i = 0; i < most && !queue.isEmpty(); i++) take(queue.poll(), batch, after);
        machines.deliver(batch);
        openGate(batch);
        if (batch.mailIsEmpty()) for (SimulatedPlatform platform : platforms) leave(platform.number(), batch);
        if (doomed) {
            crash("before commit");
            return;
        }
        batch.commit();
        // What has waited for the machines to rest is given leave now.
        if (!batch.brought.isEmpty() && store.mail.isEmpty()) queue.add(new Input.Room(0));
        for (Runnable one : batch.heard) one.run();
        for (Write write : batch.sends) {
            trace.note(agenda.nowMicros(), write.id(), write.cells().hashCode());
            trace.line(agenda.nowMicros(), () -> "send " + Lines.of(write, workspace.model()));
            ledger.sent(write);
            watch.sent(write);
            sent++;
        }
        watch.committed(batch.facts);
        for (Fact fact : batch.facts) {
            trace.note(agenda.nowMicros(), fact.kind().ordinal(), fact.record().hashCode());
            trace.line(agenda.nowMicros(), () -> "     fact " + fact);
        }
        if (faults.happens(Fault.CRASH_AFTER_COMMIT)) {
            crash("after commit");
            return;
        }
        for (Write write : batch.sends) delivery().send(write);
        for (Store.Looked look : batch.newLooks) look(look);
        for (Store.Timer timer : batch.newTimers) arm(timer);
        for (Store.Wanted held : batch.newHeld) letGoLater(held);
        for (Runnable one : after) one.run();
    }

    Delivery delivery() {
        if (delivery == null) throw new IllegalStateException("not started");
        return delivery;
    }

    Feed feed(int platform) {
        return feeds.get(platform);
    }

    private void letGoLater(Store.Wanted held) {
        int mine = epoch;
        agenda.at(store.held.getOrDefault(held, 0L), () -> {
            if (epoch == mine) put(new Input.LetGo(held));
        });
    }

    private void arm(Store.Timer timer) {
        int mine = epoch;
        agenda.at(timer.atMicros(), () -> {
            if (epoch == mine) put(new Input.Due(timer.record()));
        });
    }

    private void take(Input input, Batch batch, List<Runnable> after) {
        switch (input) {
            case Input.Observed observed -> observed(observed, batch);
            case Input.ListBegins begins -> listed.put(begins.platform(), new TreeSet<>());
            case Input.ListEnds ends -> listEnds(ends, batch);
            case Input.PositionLost lost -> {
                batch.read.remove(lost.platform());
                after.add(() -> feeds.get(lost.platform()).start(null, false));
            }
            case Input.Answered answered -> answered(answered, batch);
            case Input.Due due -> {
                long now = agenda.nowMicros();
                batch.timers.removeIf(timer -> timer.record().equals(due.record()) && timer.atMicros() <= now);
                run(Address.Slot.of(due.record()), new Message.Recheck(due.record(), Message.Why.TIME), batch);
            }
            case Input.LetGo(Store.Wanted held) -> {
                if (batch.held.remove(held) == null) return;
                Message.LetGo word = new Message.LetGo(held.record(), held.platform(), held.create());
                run(Address.Slot.of(held.record()), word, batch);
            }
            case Input.Room room -> {}
            case Input.WorkspaceChanged changed -> workspaceChanged(batch);
            case Input.Decided word -> words.decided(word, batch);
            case Input.Left(int platform) -> {
                words.left(platform, batch);
                after.add(() -> change(platform, true));
            }
            case Input.Told told -> run(told.to(), told.message(), batch);
        }
    }

    void run(Address to, Message message, Batch batch) {
        machines.tell(to, message, batch, List.of(), null);
    }

    // ---- what comes in

    private void observed(Input.Observed observed, Batch batch) {
        heard++;
        Observation shownNow = observed.seen();
        long lacked = batch.listedMicros.getOrDefault(shownNow.platform(), Stamp.UNDATED);
        trace.note(agenda.nowMicros(), shownNow.version(), shownNow.key().hashCode());
        trace.line(agenda.nowMicros(), () -> "seen " + Lines.of(shownNow));
        TreeSet<String> list = listed.get(shownNow.platform());
        if (list != null && !shownNow.gone()) list.add(shownNow.key());
        if (observed.looked()) batch.looks.remove(new Store.Looked(shownNow.platform(), shownNow.key()));
        if (observed.position() >= 0) batch.positions.put(shownNow.platform(), observed.position());
        machines.give(observed.lanes(), then -> seen(observed, lacked, then), batch);
    }

    private void seen(Input.Observed observed, long lacked, Batch batch) {
        boolean appears =
                !batch.occupied(observed.seen().platform(), observed.seen().key());
        Observation seen = appears ? observed.seen().appearedAfter(lacked) : observed.seen();
        Runnable heardOf = () -> {
            if (observed.version() < 0) return;
            shown.add(seen);
            ledger.delivered(seen, observed.row(), observed.version());
        };
        Write maker = seen.ownWrite() == 0 ? null : batch.open.get(seen.ownWrite());
        if (maker != null && maker.kind() == Write.Kind.CREATE && !batch.occupied(seen.platform(), seen.key())) {
            Message born = new Message.Born(maker.record(), seen);
            machines.tell(Address.Slot.of(maker.record()), born, batch, observed.lanes(), heardOf);
        } else if (maker == null || !machines.echo(maker.record(), seen, batch, heardOf)) {
            Address to = new Address.Slot(seen.platform(), observed.at());
            machines.tell(to, new Message.Seen(seen), batch, observed.lanes(), heardOf);
        }
    }

    private void listEnds(Input.ListEnds ends, Batch batch) {
        int platform = ends.platform();
        TreeSet<String> seen = listed.remove(platform);
        if (seen == null) seen = new TreeSet<>();
        batch.read.add(platform);
        listedAt.put(platform, ends.position());
        batch.positions.put(platform, ends.position());
        batch.listedMicros.put(platform, ends.beganMicros());
        for (String key : batch.keys(platform)) {
            if (!seen.contains(key)) batch.take(new Effect.Look(platform, key));
        }
    }

    /** Planning begins once every platform was read, and the machines have heard all of it. */
    private void openGate(Batch batch) {
        if (batch.gateOpen || batch.read.size() < platforms.size() || !batch.mailIsEmpty()) return;
        trace.line(agenda.nowMicros(), () -> "all platforms are read: planning begins");
        batch.gateOpen = true;
        batch.heard.add(ledger::firstReadingEnds);
        planAll(batch, Message.Why.PLAN);
    }

    private void workspaceChanged(Batch batch) {
        trace.line(agenda.nowMicros(), () -> "the workspace lacks " + workspace.out());
        batch.plannedWithout = workspace.out();
        planAll(batch, Message.Why.WORKSPACE);
    }

    private void planAll(Batch batch, Message.Why why) {
        for (RecordName least : batch.groupNames()) {
            run(Address.Slot.of(least), new Message.Recheck(least, why), batch);
        }
    }

    private void answered(Input.Answered answered, Batch batch) {
        heard++;
        Receipt receipt = answered.receipt();
        Write write = answered.write();
        trace.note(agenda.nowMicros(), receipt.write(), receipt.outcome().ordinal());
        trace.line(agenda.nowMicros(), () -> "answer " + Lines.of(receipt));
        boolean applied = receipt.outcome() == Receipt.Outcome.APPLIED;
        boolean tells = applied && !platforms.get(write.platform()).habits().streams();
        Row row = answered.row();
        String found = receipt.outcome() == Receipt.Outcome.FOUND ? receipt.key() : null;
        Runnable heardOf = () -> {
            if (receipt.outcome() == Receipt.Outcome.UNCLEAR) ledger.unclear(write);
            else if (ledger.asks(write)) return;
            if (applied && write.kind() == Write.Kind.CREATE && !tells)
                ledger.named(write, Objects.requireNonNull(receipt.key()));
            if (applied && !tells) ledger.acked(write, receipt.atMicros());
            if (applied && write.kind() == Write.Kind.DELETE) ledger.deleted(write);
            if (found != null) ledger.doubted(write, found);
            if (row != null && tells) ledger.landed(write, receipt, row);
        };
        Address to = Address.Slot.of(write.record());
        Message landed = new Message.Landed(write.record(), receipt);
        machines.give(answered.lanes(), then -> machines.tell(to, landed, then, answered.lanes(), heardOf), batch);
    }

    /** Gives leave for what waits, as far as there is room. */
    private void leave(int platform, Batch batch) {
        if (!batch.gateOpen || !batch.read.contains(platform) || workspace.lacks(platform)) return;
        if (delivery().paused(platform)) return;
        int room = PERMITS - delivery().underWay(platform) - batch.sendsTo(platform);
        while (room-- > 0) {
            Store.Wanted want = batch.nextWant(platform);
            if (want == null) return;
            if (faults.areOn() && !batch.held.containsKey(want) && guard.stops()) {
                Message.Hold hold = new Message.Hold(want.record(), platform, want.create(), "too much at once");
                run(Address.Slot.of(want.record()), hold, batch);
                batch.held.put(want, guard.untilMicros(agenda.nowMicros()));
                batch.newHeld.add(want);
                continue;
            }
            long id = batch.nextWrite();
            leaves.put(id, agenda.nowMicros());
            machines.leave(new Message.Go(want.record(), platform, want.create(), id), batch);
        }
        // Who had leave and wrote nothing has left room, and no answer will say so.
        boolean more = batch.wants.keySet().stream().anyMatch(want -> want.platform() == platform);
        if (more && delivery().underWay(platform) + batch.sendsTo(platform) == 0) queue.add(new Input.Room(platform));
    }

    /** What is heard of from then on races with it (docs/decisions/0029). */
    public long leaveMicros(Write write) {
        return leaves.getOrDefault(write.id(), agenda.nowMicros());
    }
}
