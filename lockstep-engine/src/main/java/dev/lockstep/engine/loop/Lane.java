package dev.lockstep.engine.loop;

import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.engine.GuardRule;
import dev.lockstep.engine.view.DriftView;
import dev.lockstep.spi.Description.FoundColumn;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One platform as the loop knows it. Fields are the loop thread's own, save the volatile ones, which other threads read
 * (and those under "said by the readers", which they write).
 */
public final class Lane {
    final int number;
    public final PlatformModel model;
    /** The engine works with it in this run: it is in the workspace and was not left out. */
    final boolean active;
    /** It can be read in full, so that the first reading waits for it. */
    final boolean listed;
    /** Most writes under way at once. */
    final int permits;
    /** How much one cause may do to it. */
    final GuardRule rule;

    /** What its columns were when the model was made; empty when that is not known. */
    final List<@Nullable FoundColumn> mappedAs;
    /** How it fits the workspace as it was found last. */
    volatile Fit fit;
    /** By column number, when a column that had been away came back. */
    Map<Integer, Long> back = Map.of();

    /** The last position up to which everything is in the log; null before the first. */
    volatile @Nullable String position;
    /** It was read once in full. */
    volatile boolean read;
    /** It is to be read again in full. */
    volatile boolean relist;
    /** Its position was lost: no writes until it has been read again. */
    volatile boolean lost;

    volatile boolean paused;
    /** When the last complete full read began; {@link dev.lockstep.core.model.Stamp#UNDATED} before the first. */
    long listedMicros = dev.lockstep.core.model.Stamp.UNDATED;
    /** When the full read under way began. */
    long listBeganMicros;
    /** A full read is under way. */
    volatile boolean listing;
    /** That read's records are marked, since some were known before. */
    boolean marking;
    /** Looks not answered yet. */
    volatile long looks;
    /** Writes under way. */
    volatile int open;
    /** Records shown by the full read under way. */
    volatile long shown;

    // ---- said by the readers and by delivery
    public volatile long expected = -1;
    public volatile long progressMicros;
    private volatile long contactMicros;
    /** What the platform keeps for us; -1 when it does not say. */
    public volatile long retainedBytes = -1;

    private final LongAdder errors = new LongAdder();
    private final LongAdder reconnects = new LongAdder();
    public volatile @Nullable String error;
    public volatile @Nullable String remedy;
    /** Trying again will not help until somebody mends it. */
    public volatile boolean lasting;

    private volatile long failingSinceMicros;
    /** Delivery takes no writes: the platform does not answer. */
    public volatile boolean broken;
    /** It has rested: one write may try whether the platform answers again. */
    public volatile boolean probing;

    volatile long lagMicros;
    volatile long handledMicros;

    public Lane(
            int number,
            PlatformModel model,
            boolean active,
            boolean listed,
            int permits,
            GuardRule rule,
            List<@Nullable FoundColumn> mappedAs) {
        this.number = number;
        this.model = model;
        this.active = active;
        this.listed = listed;
        this.permits = permits;
        this.rule = rule;
        this.mappedAs = mappedAs;
        this.fit = new Fit(model, List.of());
    }

    /** The platform answered or showed something. */
    public void reached(long nowMicros) {
        contactMicros = nowMicros;
        if (error != null) works();
    }

    public void works() {
        error = null;
        remedy = null;
        lasting = false;
        failingSinceMicros = 0;
    }

    public void fails(String sentence, String mend, boolean untilMended, long nowMicros) {
        if (failingSinceMicros == 0) failingSinceMicros = nowMicros;
        errors.increment();
        error = sentence;
        remedy = mend.isEmpty() ? null : mend;
        lasting = untilMended;
    }

    /** Reading begins again. */
    public void reconnects() {
        reconnects.increment();
    }

    /** How often it failed since this process began. */
    public long errors() {
        return errors.sum();
    }

    public long reconnected() {
        return reconnects.sum();
    }

    /** When it last answered or showed something, microseconds; 0 for never. */
    public long contactMicros() {
        return contactMicros;
    }

    /** For how long it has not answered, in microseconds; 0 when it does. */
    public long failingForMicros(long nowMicros) {
        long since = failingSinceMicros;
        return since == 0 ? 0 : nowMicros - since;
    }

    public int number() {
        return number;
    }

    public boolean active() {
        return active;
    }

    public @Nullable String position() {
        return position;
    }

    public boolean read() {
        return read;
    }

    public boolean relist() {
        return relist;
    }

    public boolean paused() {
        return paused;
    }

    public boolean listing() {
        return listing;
    }

    public long shownSoFar() {
        return shown;
    }

    public long looks() {
        return looks;
    }

    /** It cannot be worked with at all as it is now. */
    public boolean stopped() {
        return fit.stopped();
    }

    /** What of it cannot be worked with. */
    public List<DriftView> drift() {
        return fit.view();
    }

    public int open() {
        return open;
    }

    /** Milliseconds that what is known lags behind the platform; -1 when it was never reached. */
    public long lagMs(long nowMicros) {
        if (contactMicros == 0) return -1;
        if (error != null) return Math.max(0, nowMicros - contactMicros) / 1000;
        return nowMicros - handledMicros > 5_000_000 ? 0 : lagMicros / 1000;
    }

    /** Most writes under way at once, just now. */
    int permitsNow() {
        return probing ? 1 : permits;
    }

    /** Leave to write may be given. */
    boolean takesWrites(boolean allPaused) {
        return active && model.writable() && !paused && !allPaused && !lost && !broken && !fit.stopped();
    }
}
