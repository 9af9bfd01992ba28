package dev.lockstep.engine.loop;

import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.state.Due;
import dev.lockstep.engine.EngineException;
import dev.lockstep.engine.GuardRule;
import dev.lockstep.engine.store.Changes;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Store;
import dev.lockstep.engine.view.ApprovalView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what each cause does to each platform, and stops it before it passes a limit. Called by the loop alone, within
 * a turn, where leave to write is given; what it counts is durable with that turn. A cause that has touched one record
 * of a platform is kept in memory only: most have.
 */
final class Guard {
    private static final int MOST_IN_MEMORY = 4096;
    private static final long KEPT_MICROS = 86_400_000_000L;
    /** The place in {@link Tally#RISKS} of what does not count in drips. */
    private static final int CHANGES = 2;

    private static final String[] DOES = {"delete", "blank or withdraw values in", "overwrite or create"};

    private record Key(int platform, Cause cause) {}

    private final Store store;
    private final Model model;
    private final List<Lane> lanes;
    private final Drips drips;
    private final Map<Key, Tally> recent = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Tally> eldest) {
            return size() > MOST_IN_MEMORY;
        }
    };
    /** Those that hold or let go, by id. */
    private final TreeMap<String, Tally> open = new TreeMap<>();

    private boolean changed;
    private volatile List<ApprovalView> approvals = List.of();

    Guard(Store store, Model model, List<Lane> lanes) {
        this.store = store;
        this.model = model;
        this.lanes = lanes;
        this.drips = new Drips(store);
        reload();
        publish();
    }

    /** A turn has failed: what it counted is forgotten. */
    void reload() {
        recent.clear();
        open.clear();
        drips.load();
        store.scan(Family.GUARD, Tally.all(), null, (key, value) -> {
            Tally tally = Tally.decode(key, value);
            if (tally.isOpen()) {
                open.put(tally.id(), tally);
            }
            return true;
        });
        changed = true;
    }

    /** After a commit: what others may ask for. */
    void publish() {
        if (!changed) return;
        changed = false;
        List<ApprovalView> views = new ArrayList<>();
        for (Tally tally : open.values()) if (tally.standing == Tally.Standing.HOLDING) views.add(view(tally));
        approvals = List.copyOf(views);
    }

    List<ApprovalView> approvals() {
        return approvals;
    }

    // ---- counting

    /** Counts the write that is due; answers why it must not be made, or null when it may be. */
    @Nullable
    String stops(Turn turn, Errand errand) {
        GuardRule rule = lanes.get(errand.platform()).rule;
        if (!rule.on()) return null;
        Due due = turn.dueOf(errand);
        if (due == null || due.counted()) return null;
        Cause cause = due.cause();
        int risk = due.risk();
        // Whoever starts a first sync has said yes to what it creates and overwrites.
        if (cause.kind() == Cause.Kind.FIRST) risk &= ~Due.CHANGES;
        boolean free = cause.kind() == Cause.Kind.NONE || cause.kind() == Cause.Kind.APPROVED;
        if (free || cause.kind() == Cause.Kind.FIRST && risk == 0) return null;
        Tally tally = tally(errand.platform(), cause);
        if (tally.standing == Tally.Standing.APPROVED || tally.standing == Tally.Standing.RELEASING) return null;
        if (tally.standing == Tally.Standing.HOLDING) return hold(turn, tally, errand, due.risk());
        if (tally.isRefused()) return refuse(turn, tally, errand, due.risk());
        if (risk == 0) return null;
        long records = turn.books.totals.records(errand.platform());
        for (int i = 0; i < Tally.RISKS.length; i++) {
            if ((risk & Tally.RISKS[i]) == 0) continue;
            long limit = limit(rule, i, records);
            if (tally.written[i] >= limit) return stop(turn, tally, errand, due.risk(), i, limit);
            Tally drip = i == CHANGES ? null : drip(turn, cause, errand.platform(), i, rule, limit);
            if (drip != null) return stop(turn, drip, errand, due.risk(), i, limit);
        }
        count(turn, tally, risk);
        return null;
    }

    private static long limit(GuardRule rule, int risk, long records) {
        return switch (risk) {
            case 0 -> rule.mostDeletes(records);
            case 1 -> rule.mostLosses(records);
            default -> rule.mostChanges(records);
        };
    }

    private Tally tally(int platform, Cause cause) {
        Key name = new Key(platform, cause);
        Tally known = recent.get(name);
        if (known != null) return known;
        byte[] key = Tally.key(platform, cause);
        byte[] stored = store.get(Family.GUARD, key);
        Tally tally = stored == null ? new Tally(platform, cause) : Tally.decode(key, stored);
        Tally held = open.isEmpty() ? null : open.get(tally.id());
        if (held != null) tally = held;
        recent.put(name, tally);
        return tally;
    }

    /** What has come in drops from one platform, where that is too much by now; else null. */
    private @Nullable Tally drip(Turn turn, Cause cause, int platform, int risk, GuardRule rule, long limit) {
        if (cause.platform() < 0) return null;
        Tally drip = tally(platform, new Cause(Cause.Kind.DRIP, cause.platform(), risk));
        if (drip.standing == Tally.Standing.HOLDING) return drip;
        long count = drips.count(cause.platform(), platform, risk, rule.perMicros(), turn.nowMicros, turn.changes);
        drip.records = count;
        return count >= limit ? drip : null;
    }

    private void count(Turn turn, Tally tally, int risk) {
        tally.count(risk, tally.written);
        tally.records++;
        tally.micros = turn.nowMicros;
        for (int i = 0; i < CHANGES; i++) {
            if ((risk & Tally.RISKS[i]) == 0 || tally.cause.platform() < 0) continue;
            drips.add(tally.cause.platform(), tally.platform, i, turn.nowMicros, turn.changes);
        }
        if (tally.records > 1 || risk != Due.CHANGES) store(turn.changes, tally);
    }

    private void store(Changes changes, Tally tally) {
        changes.put(Family.GUARD, tally.key(), tally.encode());
    }

    // ---- stopping

    private String stop(Turn turn, Tally tally, Errand errand, int risk, int over, long limit) {
        if (tally.standing == Tally.Standing.FREE) {
            tally.standing = Tally.Standing.HOLDING;
            tally.micros = turn.nowMicros;
            tally.over = over;
            tally.limit = limit;
            open.put(tally.id(), tally);
        }
        return hold(turn, tally, errand, risk);
    }

    private String hold(Turn turn, Tally tally, Errand errand, int risk) {
        tally.count(risk, tally.held);
        tally.heldRecords++;
        changed = true;
        store(turn.changes, tally);
        turn.changes.put(Family.HELD, tally.heldKey(errand), new byte[0]);
        return why(tally);
    }

    // ---- letting go

    /** A person lets it go. False when nothing of that id is held. */
    boolean approve(Turn turn, String id) {
        Tally tally = open.get(id);
        if (tally == null || tally.standing != Tally.Standing.HOLDING) return false;
        tally.standing = Tally.Standing.RELEASING;
        if (tally.cause.kind() == Cause.Kind.DRIP) {
            drips.clear(tally.cause.platform(), tally.platform, (int) tally.cause.mark(), turn.changes);
        }
        store(turn.changes, tally);
        changed = true;
        return true;
    }

    // ---- taking back

    /**
     * A person takes it back: all that the cause has edited; of what came in drops, the causes of which something is
     * held. Answers what it was; null when nothing of that id is held.
     */
    @Nullable
    ApprovalView reject(Turn turn, String id) {
        Tally tally = open.get(id);
        if (tally == null || tally.standing != Tally.Standing.HOLDING) return null;
        if (!undoable(tally.cause)) {
            throw new EngineException(
                    what(tally.cause) + " edited nothing that could be taken back.",
                    "Correct the workspace, or the values where they are: what is then no longer due is held no more.");
        }
        ApprovalView view = view(tally);
        if (tally.cause.kind() == Cause.Kind.DRIP) {
            refused(turn, tally);
        } else {
            // What it has not done on other platforms yet it shall not do either.
            for (Lane lane : lanes) if (lane.model.writable()) refused(turn, tally(lane.number, tally.cause));
        }
        return view;
    }

    private void refused(Turn turn, Tally tally) {
        tally.standing = Tally.Standing.REJECTING;
        tally.micros = turn.nowMicros;
        open.put(tally.id(), tally);
        store(turn.changes, tally);
        changed = true;
    }

    /** More of a cause that was taken back: it is taken back too. */
    private String refuse(Turn turn, Tally tally, Errand errand, int risk) {
        refused(turn, tally);
        hold(turn, tally, errand, risk);
        return what(tally.cause) + " was rejected.";
    }

    /** Some of what is taken back; null when nothing is. */
    @Nullable
    Tally rejecting() {
        return first(Tally.Standing.REJECTING);
    }

    /** All of it has been taken back. What came in drops goes on being counted. */
    void rejected(Turn turn, Tally tally) {
        end(turn, tally, Tally.Standing.REJECTED);
    }

    /** A person's answer is being carried out. */
    boolean isAnswered() {
        return releasing() != null || rejecting() != null;
    }

    /** Nothing is held, let go or taken back. */
    boolean isQuiet() {
        return open.isEmpty();
    }

    /** Some of what is let go; null when nothing is. */
    @Nullable
    Tally releasing() {
        return first(Tally.Standing.RELEASING);
    }

    private @Nullable Tally first(Tally.Standing standing) {
        for (Tally tally : open.values()) if (tally.standing == standing) return tally;
        return null;
    }

    /** All of it has been let go. What came in drops is counted from now on as if nothing had been. */
    void released(Turn turn, Tally tally) {
        end(turn, tally, Tally.Standing.APPROVED);
    }

    private void end(Turn turn, Tally tally, Tally.Standing answered) {
        open.remove(tally.id());
        changed = true;
        if (tally.cause.kind() == Cause.Kind.DRIP) {
            recent.remove(new Key(tally.platform, tally.cause));
            turn.changes.delete(Family.GUARD, tally.key());
        } else {
            tally.standing = answered;
            store(turn.changes, tally);
        }
    }

    /** Once a day: causes that nothing has been heard of for a day are over. */
    void prune(Turn turn) {
        store.scan(Family.GUARD, Tally.all(), null, (key, value) -> {
            Tally tally = Tally.decode(key, value);
            boolean over = tally.micros < turn.nowMicros - KEPT_MICROS;
            if (over && !open.containsKey(tally.id())) turn.changes.delete(Family.GUARD, key);
            return true;
        });
    }

    // ---- words

    private ApprovalView view(Tally tally) {
        int source = tally.cause.platform();
        return new ApprovalView(
                tally.id(),
                model.platform(tally.platform).name(),
                source < 0 ? "" : model.platform(source).name(),
                tally.cause.kind().name().toLowerCase(Locale.ROOT),
                tally.micros,
                tally.records,
                tally.heldRecords,
                tally.held[0],
                tally.held[1],
                tally.held[CHANGES],
                why(tally));
    }

    private String why(Tally tally) {
        String platform = model.platform(tally.platform).name();
        return what(tally.cause) + " would " + DOES[tally.over] + " more than " + count(tally.limit) + " records in "
                + platform
                + ": " + count(tally.records) + " were written, " + count(tally.heldRecords)
                + " are held. `lockstep approve " + tally.id() + "` lets them go"
                + (undoable(tally.cause) ? "; with --reject it takes them back." : ".");
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static boolean undoable(Cause cause) {
        return cause.edits() || cause.kind() == Cause.Kind.DRIP;
    }

    private String what(Cause cause) {
        String source =
                cause.platform() < 0 ? "" : model.platform(cause.platform()).name();
        return switch (cause.kind()) {
            case TRANSACTION -> "A transaction in " + source;
            case POLL -> "What changed in " + source + " between two looks";
            case READ -> "What was found by reading " + source + " again";
            case DRIP -> "What came from " + source + " in many small changes";
            case FIRST -> "The first sync";
            case WORKSPACE -> "The changed workspace";
            case RESTORED -> "What was found after a copy was put back";
            default -> "A command";
        };
    }
}
