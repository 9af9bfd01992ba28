package dev.lockstep.engine;

import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.plan.Contests;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.RecordState;
import dev.lockstep.engine.delivery.Reader;
import dev.lockstep.engine.loop.Allowed;
import dev.lockstep.engine.loop.Commands;
import dev.lockstep.engine.loop.Errand;
import dev.lockstep.engine.loop.Meta;
import dev.lockstep.engine.loop.Restoring;
import dev.lockstep.engine.query.Customers;
import dev.lockstep.engine.query.Failed;
import dev.lockstep.engine.query.Finder;
import dev.lockstep.engine.query.Reviews;
import dev.lockstep.engine.store.Copy;
import dev.lockstep.engine.store.Store;
import dev.lockstep.engine.store.StoreException;
import dev.lockstep.engine.view.ApprovalView;
import dev.lockstep.engine.view.BackupView;
import dev.lockstep.engine.view.ChangeEvent;
import dev.lockstep.engine.view.CustomerView;
import dev.lockstep.engine.view.FailedView;
import dev.lockstep.engine.view.ForgetView;
import dev.lockstep.engine.view.PlanView;
import dev.lockstep.engine.view.ReviewView;
import dev.lockstep.engine.view.StatusView;
import dev.lockstep.engine.view.SyncView;
import dev.lockstep.engine.view.VerifyView;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine in this process. */
final class EmbeddedEngine implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedEngine.class);
    private static final long ROOM_PAUSE_MS = 2000;

    private final Store store;
    private final Model model;
    private final Map<Integer, PlatformLink> links = new HashMap<>();
    private final EngineSettings settings;
    private final MeterRegistry meters;
    private final Changes changes;
    private final Finder finder;
    private final Customers customers;
    private final Failed failed;
    private volatile Run run;
    private volatile @Nullable Thread keeper;
    /** Why nothing is taken in just now, although it was started; null when all is well. */
    private volatile @Nullable StoreException halted;

    private boolean closed;

    EmbeddedEngine(Store store, Model model, List<PlatformLink> links, EngineSettings settings, MeterRegistry meters) {
        this.store = store;
        this.model = model;
        this.settings = settings;
        this.meters = meters;
        for (PlatformLink link : links) this.links.put(link.number(), link);
        this.changes = new Changes(model);
        this.finder = new Finder(store, model);
        this.customers = new Customers(store, model);
        this.failed = new Failed(store, model);
        Restoring.begin(store, settings.clock().micros());
        refuseLossOfConsent();
        this.run = begin(Set.of(), true);
        Forgetting.resume(run, store, model);
        Gauges.register(this::status, model, store.folder(), settings.clock(), meters);
    }

    /** What people consented to, and took back, is kept whatever becomes of the workspace. */
    private void refuseLossOfConsent() {
        for (Field field : model.fields()) {
            if (field.retired() || field.isConsent() || Meta.get(store, Meta.consent(field.number())) == null) continue;
            throw new EngineException(
                    "Field " + field.name() + " was a consent and is a "
                            + field.type().spelling() + " now: what people consented to, and took back, would be lost.",
                    "Make it a consent again, and give the new field another name.");
        }
    }

    private Run begin(Set<String> without, boolean writes) {
        for (String name : without) platform(name);
        return new Run(
                store, model, links, settings, new Run.Purpose(without, writes, settings.digest()), changes, meters);
    }

    // ---- working

    @Override
    public synchronized void start(Set<String> without, Progress progress) {
        if (run.started()) throw new EngineException("The engine is running already.", "");
        Run fresh = begin(without, true);
        run = fresh;
        fresh.books().tellFirst(progress::first);
        fresh.start();
        keeper = Thread.ofVirtual().name("keep").start(() -> keep(fresh, without, progress));
    }

    /** Works, and begins again by itself when a disk that was full has room again: as after a crash, from the disk. */
    private void keep(Run first, Set<String> without, Progress progress) {
        Run working = first;
        try {
            while (true) {
                report(working, progress);
                if (!(working.loop().failure() instanceof StoreException told) || !told.passes()) return;
                halted = told;
                working.stop();
                while (!store.reopen()) Thread.sleep(ROOM_PAUSE_MS);
                working = restart(without);
                halted = null;
                LOG.warn("The data folder can be written again, and Lockstep goes on.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StoreException e) {
            LOG.error("{} {}", e.getMessage(), e.remedy());
            halted = e;
        }
    }

    /** Why a started engine takes nothing in until the disk has room; null when it does. */
    private @Nullable StoreException halt() {
        StoreException told = halted;
        if (told != null || keeper == null) return told;
        return run.loop().failure() instanceof StoreException failure && failure.passes() ? failure : null;
    }

    private synchronized Run restart(Set<String> without) throws InterruptedException {
        if (closed) throw new InterruptedException();
        Run fresh = begin(without, true);
        run = fresh;
        fresh.start();
        return fresh;
    }

    private static void report(Run run, Progress progress) throws InterruptedException {
        Syncing syncing = new Syncing(run, progress);
        while (run.loop().failure() == null) {
            syncing.report(true);
            Thread.sleep(500);
        }
    }

    @Override
    public SyncView sync(SyncRequest request, Progress progress) throws InterruptedException {
        long start = System.nanoTime();
        boolean some = request.customer() != null || request.limit() > 0;
        boolean own = !run.started();
        if (!own && some) {
            throw new EngineException(
                    "A running server writes all customers.", "Stop it first, then sync with --customer or --limit.");
        }
        Run working = own ? enter(request, true, progress) : run;
        try {
            Syncing syncing = new Syncing(working, progress);
            boolean converged = syncing.converge(some);
            syncing.report(true);
            StatusView status = Statuses.of(working);
            return new SyncView(
                    converged,
                    syncing.read(),
                    syncing.written(),
                    (System.nanoTime() - start) / 1_000_000,
                    status,
                    Syncing.leftovers(status));
        } finally {
            if (own) leave(working);
        }
    }

    private Run enter(SyncRequest request, boolean writes, Progress progress) {
        Run fresh = begin(request.without(), writes);
        fresh.books().tellFirst(progress::first);
        fresh.allowOnly(allowed(request));
        run = fresh;
        fresh.start();
        return fresh;
    }

    private Allowed allowed(SyncRequest request) {
        String customer = request.customer();
        if (customer == null) return Allowed.only(null, request.limit());
        return Allowed.only(customerOf(find(customer)), 0);
    }

    private void leave(Run working) throws InterruptedException {
        working.stop();
        run = begin(Set.of(), true);
    }

    @Override
    public PlanView plan(SyncRequest request, Consumer<PlanView.PlannedWrite> each, Progress progress)
            throws InterruptedException {
        boolean own = !run.started();
        Run reading = own ? enter(request, false, progress) : run;
        try {
            new Syncing(reading, progress).readAll();
        } finally {
            if (own) leave(reading);
        }
        return new Planning(store, model, settings, request.without()).plan(allowed(request), each, progress);
    }

    @Override
    public VerifyView verify(boolean repair, Progress progress) throws InterruptedException {
        boolean own = !run.started();
        Run working = own ? enter(SyncRequest.ALL, repair, progress) : run;
        try {
            Syncing syncing = new Syncing(working, progress);
            syncing.readAll();
            VerifyView view = new Verification(working, store, working.books().model(), progress).verify(repair);
            if (repair) syncing.converge(false);
            return view;
        } finally {
            if (own) leave(working);
        }
    }

    // ---- asking

    @Override
    public StatusView status() {
        StoreException told = halt();
        if (told == null) run.mustLive();
        StatusView status = Statuses.of(run);
        return told == null ? status : status.halted(told.getMessage() + " " + told.remedy());
    }

    @Override
    public @Nullable CustomerView customer(String idOrIdentifier, int history) {
        RecordName record = finder.find(idOrIdentifier);
        return record == null ? null : customers.view(record, history);
    }

    @Override
    public @Nullable CustomerView customerBy(String field, String value, int history) {
        for (Field one : model.fields()) {
            if (!one.name().equals(field) || one.retired()) continue;
            if (!one.identifies()) {
                throw new EngineException(
                        "Customers cannot be asked for by " + field + ": it does not identify.",
                        "Ask by a field that says `identifies: true`.");
            }
            RecordName record = finder.byIdentifier(one, value);
            return record == null ? null : customers.view(record, history);
        }
        throw new EngineException("There is no field " + field + ".", "The fields are those of `customer:`.");
    }

    @Override
    public CustomerView.Page customers(
            @Nullable String query,
            @Nullable String platform,
            @Nullable String state,
            int limit,
            @Nullable String after) {
        if (platform != null) platform(platform);
        return customers.list(query, platform, state, limit, after);
    }

    @Override
    public List<FailedView> failed(@Nullable String platform, int limit) {
        return failed.list(platform == null ? null : platform(platform), limit);
    }

    @Override
    public Following follow(Consumer<ChangeEvent> follower) {
        return changes.follow(follower);
    }

    // ---- telling

    @Override
    public CustomerView merge(String one, String other) {
        RecordName first = find(one);
        RecordName second = find(other);
        if (customerOf(first).equals(customerOf(second))) {
            throw new EngineException("These are one customer already.", "");
        }
        decide(List.of(first), List.of(second), true);
        return shown(first);
    }

    @Override
    public CustomerView split(String customer, String record) {
        RecordName leaves = find(record);
        RecordName id = customerOf(find(customer));
        if (!customerOf(leaves).equals(id)) {
            throw new EngineException("That record is not of that customer.", "See `lockstep customer " + id + "`.");
        }
        List<RecordName> stay = others(leaves, id);
        if (stay.isEmpty()) throw new EngineException("A customer of one record cannot be split.", "");
        decide(List.of(leaves), stay, false);
        return shown(leaves);
    }

    /** The customer's other records; those that Lockstep made go with whom they were made for, by themselves. */
    private List<RecordName> others(RecordName leaves, RecordName customer) {
        GroupState group = finder.groupOf(leaves);
        List<RecordName> people = new ArrayList<>();
        List<RecordName> all = new ArrayList<>();
        if (group == null) return all;
        for (Member member : group.members.values()) {
            if (!member.customer.equals(customer) || member.name.equals(leaves)) continue;
            all.add(member.name);
            if (!member.made()) people.add(member.name);
        }
        return people.isEmpty() ? all : people;
    }

    private void decide(List<RecordName> ones, List<RecordName> others, boolean same) {
        run.ask(turn -> {
            for (RecordName one : ones) for (RecordName other : others) Commands.decide(turn, one, other, same);
            return true;
        });
    }

    @Override
    public long retryFailed(List<String> ids, @Nullable String platform) {
        return recheck(ids, platform, Message.Why.RETRY);
    }

    @Override
    public long dropFailed(List<String> ids, @Nullable String platform) {
        return recheck(ids, platform, Message.Why.DROP);
    }

    private long recheck(List<String> ids, @Nullable String platform, Message.Why why) {
        List<Errand> errands = failed.errands(ids, platform == null ? null : platform(platform));
        for (int from = 0; from < errands.size(); from += 500) {
            List<Errand> some = errands.subList(from, Math.min(errands.size(), from + 500));
            run.ask(turn -> {
                Commands.recheck(turn, some, why);
                return true;
            });
        }
        return errands.size();
    }

    @Override
    public List<ApprovalView> approvals() {
        run.mustLive();
        return run.books().approvals();
    }

    @Override
    public List<ReviewView> reviews(int limit) {
        return run.reviews().list(limit);
    }

    @Override
    public void answer(String id, boolean ours) {
        Reviews.Question question = run.reviews().question(id);
        if (!ours && !Contests.speaks(question.column(), model)) {
            throw new EngineException(
                    question.column().field() < 0
                                    || model.field(question.column().field()).computed() != null
                            ? "That value is computed: what is in the column says nothing."
                            : "Nobody is opted in or out by an answer here.",
                    "Answer --ours, or stop what changes it back.");
        }
        run.ask(turn -> {
            Commands.answer(turn, question.record(), question.column().number(), ours);
            return true;
        });
    }

    @Override
    public void approve(String id) {
        if (!run.ask(turn -> Commands.approve(turn, id))) throw notHeld(id);
    }

    @Override
    public ApprovalView reject(String id) {
        return run.ask(turn -> Optional.ofNullable(Commands.reject(turn, id))).orElseThrow(() -> notHeld(id));
    }

    private static EngineException notHeld(String id) {
        return new EngineException("Nothing is held under " + id + ".", "`lockstep approve` lists what is held.");
    }

    @Override
    public void pause(@Nullable String platform) {
        paused(platform, true);
    }

    @Override
    public void resume(@Nullable String platform) {
        paused(platform, false);
    }

    private void paused(@Nullable String platform, boolean paused) {
        Integer number = platform == null ? null : platform(platform);
        run.ask(turn -> {
            Commands.pause(turn, number, paused);
            return true;
        });
    }

    @Override
    public void resync(String platform) {
        int number = platform(platform);
        Run working = run;
        working.ask(turn -> {
            Commands.resync(turn, number);
            return true;
        });
        Reader reader = working.reader(number);
        if (reader != null) reader.again();
    }

    @Override
    public BackupView backup(Path file) {
        run.mustLive();
        String made = settings.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        Path target = file.toAbsolutePath().normalize();
        synchronized (store) {
            return new BackupView(target.toString(), Copy.make(store, target, made));
        }
    }

    @Override
    public ForgetView forget(String platform) {
        int number = platform(platform);
        if (run.started()) {
            throw new EngineException(
                    "A running server works with it.", "Stop the server, forget, and start it again.");
        }
        ForgetView view = Forgetting.forget(run, store, model.platform(number), links.get(number));
        run = begin(Set.of(), true);
        return view;
    }

    // ---- names

    private int platform(String name) {
        List<String> names = new ArrayList<>();
        for (PlatformModel platform : model.platforms()) {
            if (platform.name().equals(name)) return platform.number();
            if (!platform.name().isEmpty()) names.add(platform.name());
        }
        throw new EngineException("There is no platform " + name + ".", "There are: " + String.join(", ", names) + ".");
    }

    private RecordName find(String text) {
        RecordName record = finder.find(text);
        if (record == null) {
            throw new EngineException(
                    "There is no customer " + text + ".",
                    "Ask by id (1:42), by platform:key, or by an identifier such as an e-mail address.");
        }
        return record;
    }

    private RecordName customerOf(RecordName record) {
        RecordState.Born born = finder.born(record);
        return born == null ? record : born.customer;
    }

    private CustomerView shown(RecordName record) {
        CustomerView view = customers.view(record, 50);
        if (view == null) throw new EngineException("There is no customer " + record + ".", "");
        return view;
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        Thread keeping = keeper;
        if (keeping != null) keeping.interrupt();
        try {
            if (run.started()) run.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (PlatformLink link : links.values()) link.platform().close();
        store.close();
    }
}
