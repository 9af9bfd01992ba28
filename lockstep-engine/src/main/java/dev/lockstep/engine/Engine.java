package dev.lockstep.engine;

import dev.lockstep.core.model.Model;
import dev.lockstep.engine.store.Store;
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
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The embedded host. Opened on a data folder, it answers questions at once; {@link #start} makes it work until closed,
 * and {@link #sync} makes one pass. Names of platforms and fields are those of the workspace; a customer is asked for
 * by id, by the name of any of its records ({@code 1:42}), by {@code platform:key}, or by the value of an identifier.
 * All methods may be called from any thread, and throw {@link EngineException} with a sentence for the operator.
 */
public interface Engine extends AutoCloseable {

    /**
     * @param store open; the engine closes it
     * @param model by the numbers of the store's {@link dev.lockstep.engine.store.Registry}
     * @param links one for each platform of the model that is not retired
     * @param meters where the engine's meters go, named {@code lockstep_…}
     */
    static Engine open(
            Store store, Model model, List<PlatformLink> links, EngineSettings settings, MeterRegistry meters) {
        return new EmbeddedEngine(store, model, links, settings, meters);
    }

    /** Works until closed: reads, watches, plans and writes. Returns at once. */
    void start(Set<String> without, Progress progress);

    /**
     * One pass: reads what changed since the last, converges, and rests. On an engine that was started it waits until
     * everything seen by now has spread.
     */
    SyncView sync(SyncRequest request, Progress progress) throws InterruptedException;

    /**
     * What to sync.
     *
     * @param without platforms to go on without
     * @param customer only this customer is written; null: all
     * @param limit only so many customers are written; 0: all
     */
    record SyncRequest(Set<String> without, @Nullable String customer, int limit) {
        public static final SyncRequest ALL = new SyncRequest(Set.of(), null, 0);
    }

    /** Reads every platform and tells every write that a sync would make; writes nothing and keeps no plan. */
    PlanView plan(SyncRequest request, Consumer<PlanView.PlannedWrite> each, Progress progress)
            throws InterruptedException;

    /** Reads every platform in full and compares; with {@code repair}, mends what it found. */
    VerifyView verify(boolean repair, Progress progress) throws InterruptedException;

    StatusView status();

    /** The customer, with so many lines of history; null when there is none. */
    @Nullable
    CustomerView customer(String idOrIdentifier, int history);

    /** The customer that claims this value of a field; null when there is none. */
    @Nullable
    CustomerView customerBy(String field, String value, int history);

    /**
     * Customers, in the order of their ids.
     *
     * @param query part of an identifier's value; null: all
     * @param platform only those with a record there; null: all
     * @param state only those with a record in this state ({@code failed}, {@code pending} …); null: all
     * @param after the page before this one said so; null for the first
     */
    CustomerView.Page customers(
            @Nullable String query,
            @Nullable String platform,
            @Nullable String state,
            int limit,
            @Nullable String after);

    /** A person's word that two customers are one; answers the one they are now. */
    CustomerView merge(String one, String other);

    /** A person's word that this record ({@code platform:key} or {@code 1:42}) is not of that customer. */
    CustomerView split(String customer, String record);

    /** Refused writes, by platform; {@code platform} null: all. */
    List<FailedView> failed(@Nullable String platform, int limit);

    /** Tries refused writes again: those named, all of a platform, or all. Answers how many. */
    long retryFailed(List<String> ids, @Nullable String platform);

    /** Forgets refused writes until the plan changes. Answers how many. */
    long dropFailed(List<String> ids, @Nullable String platform);

    /** Copies what is known into one file of the machine that the engine runs on, also while working. */
    BackupView backup(Path file);

    /**
     * Leaves a platform: what Lockstep made there is dropped, and its records and claims are forgotten here. What only
     * it said and others hold is said by those from then on: no platform changes by it. Not while the engine works.
     */
    ForgetView forget(String platform);

    /** What the guard has stopped. */
    List<ApprovalView> approvals();

    /** What only a person can settle: values that their platforms keep changing back. */
    List<ReviewView> reviews(int limit);

    /**
     * A person's answer.
     *
     * @param id as the list names it
     * @param ours true: what we wrote is meant, and is written again; false: what the platform holds is
     */
    void answer(String id, boolean ours);

    /** Lets go what the guard has stopped under this id; throws when nothing is. If not started: when it is. */
    void approve(String id);

    /**
     * Takes back the edits that the guard has stopped under this id: nobody says them any more, and all platforms are
     * put back; throws when nothing is held, or it came of no edits. If not started: when it is. Answers what it was.
     */
    ApprovalView reject(String id);

    /** No writes to this platform (null: to any) until resumed; reading goes on. Survives a restart. */
    void pause(@Nullable String platform);

    void resume(@Nullable String platform);

    /** Reads this platform again in full, and mends what differs. On an engine not started: at the next start. */
    void resync(String platform);

    /** Follows what happens from now on. A follower that is slow loses the oldest events. Close to stop. */
    Following follow(Consumer<ChangeEvent> follower);

    /** Ends a following. */
    interface Following extends AutoCloseable {
        @Override
        void close();
    }

    /** Stops reading and writing, waits for what is under way a short while, and closes the store. */
    @Override
    void close();
}
