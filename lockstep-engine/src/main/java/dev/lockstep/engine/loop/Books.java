package dev.lockstep.engine.loop;

import dev.lockstep.core.codec.StateCodec;
import dev.lockstep.core.machine.Address;
import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.IdentifierState;
import dev.lockstep.core.state.RecordState;
import dev.lockstep.engine.store.Store;
import dev.lockstep.engine.view.ApprovalView;
import dev.lockstep.engine.view.FirstSyncView;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the loop keeps in memory between turns. Belongs to the loop's thread, save what is volatile. */
public final class Books {
    final Store store;
    /** As the platforms can be worked with now. */
    volatile Model model;

    final List<Lane> lanes;
    final Wants wants;
    final OpenWrites open;
    final Guard guard;
    final Looks looks;
    final StateCodec codec = new StateCodec();
    /** Room for what is under way: what is kept for longer only costs the collector, which has to copy it. */
    final StateCache<Address.Slot, RecordState> records = new StateCache<>(4_000);

    final StateCache<IdentifierKey, IdentifierState> identifiers = new StateCache<>(4_000);
    final StateCache<RecordName, GroupState> groups = new StateCache<>(6_000);
    /** Where those who asked for leave of late were then. */
    final LastUsed<RecordName, RecordName> owners = new LastUsed<>(16_000);

    final Answers answers;
    /** Which errands may go in this run. */
    volatile Allowed allowed = Allowed.ALL;

    final Totals totals;
    /** The totals as of the last commit, for other threads. */
    private volatile Totals published;

    long nextWriteId;
    volatile boolean gateOpen;
    volatile boolean allPaused;
    /** Where the sweep under way stands; null when none is. */
    byte @Nullable [] sweep;

    /** Stands for the workspace by which everything was last planned. */
    String planned;

    /** Everything is planned for the first time: nothing is written before that is told. */
    boolean plansFirst;
    /** Is told what the first sync is about to do. */
    private volatile Consumer<List<FirstSyncView>> first = views -> {};

    /** That sweep has every identifier claimed again. */
    boolean claimAgain;

    volatile boolean sweeping;
    volatile long swept;
    /** The run is ending: no more leave is given. */
    volatile boolean draining;
    /** Nothing is sent: what would be is only told. */
    boolean rehearsal;

    /** An older copy was put back, made then: nothing is written before every platform has been read again. */
    volatile @Nullable String restored;

    int factCounter;
    long nextTimerMicros;

    public Books(Store store, Model model, List<Lane> lanes, long nowMicros) {
        this.store = store;
        this.model = model;
        this.lanes = lanes;
        this.wants = new Wants(lanes.size(), store);
        this.open = new OpenWrites(lanes.size(), store);
        this.looks = new Looks(lanes.size(), store);
        this.answers = new Answers(lanes.size());
        this.guard = new Guard(store, model, lanes);
        for (Lane lane : lanes) fit(lane);
        byte[] stored = Meta.bytes(store, Meta.TOTALS);
        this.totals = stored != null && Totals.readable(stored)
                ? Totals.decode(stored, lanes.size())
                : Recount.of(store, lanes.size());
        this.published = totals.copy();
        String id = Meta.get(store, Meta.WRITE_ID);
        // Ids begin at the time, so that they are new even after the folder was lost.
        this.nextWriteId = id == null ? nowMicros : Long.parseLong(id);
        this.allPaused = Meta.get(store, Meta.PAUSED) != null;
        String at = Meta.get(store, Meta.SWEEP);
        this.sweep = at == null ? null : HexFormat.of().parseHex(at);
        this.sweeping = sweep != null;
        String why = Meta.get(store, Meta.SWEEP_CAUSE);
        this.plansFirst = sweep != null && why != null && why.startsWith(Cause.Kind.FIRST.name());
        this.claimAgain = Meta.get(store, Meta.SWEEP_CLAIMS) != null;
        String digest = Meta.get(store, Meta.DIGEST);
        this.planned = digest == null ? "" : digest;
        for (Lane lane : lanes) load(lane);
        this.restored = Meta.get(store, Meta.RESTORED);
        this.gateOpen = Meta.get(store, Meta.GATE) != null && allRead() && restored == null;
    }

    private void fit(Lane lane) {
        Refit.load(lane, Meta.get(store, Meta.drift(lane.number)), Meta.get(store, Meta.back(lane.number)));
        model = model.with(lane.fit.model());
    }

    /** As the platforms can be worked with now. */
    public Model model() {
        return model;
    }

    private void load(Lane lane) {
        lane.position = Meta.get(store, Meta.position(lane.number));
        lane.read = Meta.get(store, Meta.read(lane.number)) != null || (lane.active && !lane.listed);
        String listed = Meta.get(store, Meta.listed(lane.number));
        if (listed != null) lane.listedMicros = Long.parseLong(listed);
        String columns = Meta.get(store, Meta.columns(lane.number));
        boolean more = columns != null && lane.active && Since.mustReadAgain(lane, columns);
        lane.relist = more || Meta.get(store, Meta.relist(lane.number)) != null;
        lane.lost = Meta.get(store, Meta.lost(lane.number)) != null;
        lane.paused = Meta.get(store, Meta.paused(lane.number)) != null;
        lane.open = open.count(lane.number);
        lane.looks = looks.open(lane.number);
    }

    /** Every platform of this run has been read once in full. */
    boolean allRead() {
        return lanes.stream().allMatch(lane -> !lane.active || lane.read);
    }

    /** Nothing is on its way: no want, no write, no look, nothing to sweep. */
    public boolean quiet() {
        if (!gateOpen || sweep != null || guard.isAnswered()) return false;
        for (Lane lane : lanes) {
            if (!lane.active) continue;
            if (lane.open > 0 || lane.looks > 0 || lane.listing) return false;
            if (lane.model.writable() && !lane.paused && !allPaused && !wants.none(lane.number)) return false;
        }
        return true;
    }

    /** Gives back what is only kept to be fast: all of it can be read again. */
    void letGo() {
        records.clear();
        identifiers.clear();
        groups.clear();
        owners.clear();
        store.writeOut();
    }

    void publish() {
        published = totals.copy();
        guard.publish();
    }

    /** What the guard holds, as of the last commit. */
    public List<ApprovalView> approvals() {
        return guard.approvals();
    }

    public Totals totals() {
        return published;
    }

    public List<Lane> lanes() {
        return lanes;
    }

    public @Nullable String restored() {
        return restored;
    }

    /** Of the platforms of this run one is still to be read again. */
    boolean rereads() {
        return lanes.stream().anyMatch(lane -> lane.active && (lane.relist || lane.lost));
    }

    public boolean gateOpen() {
        return gateOpen;
    }

    public boolean allPaused() {
        return allPaused;
    }

    public boolean sweeping() {
        return sweeping;
    }

    public long swept() {
        return swept;
    }

    /** Only these errands are given leave from now on. */
    public void allowOnly(Allowed allowed) {
        this.allowed = allowed;
    }

    /** Gives no more leave to write: the run is ending. */
    public void drain() {
        draining = true;
    }

    /** To be called before the loop starts. */
    public void tellFirst(Consumer<List<FirstSyncView>> told) {
        first = told;
    }

    /** The first plan is complete. */
    void plannedFirst(FirstCounts counts) {
        plansFirst = false;
        first.accept(counts.views(model));
    }

    /** The list of lanes that the gate waits for. */
    public List<Lane> unread() {
        List<Lane> unread = new ArrayList<>();
        for (Lane lane : lanes) if (lane.active && !lane.read) unread.add(lane);
        return unread;
    }
}
