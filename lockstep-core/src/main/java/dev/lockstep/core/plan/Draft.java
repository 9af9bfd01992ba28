package dev.lockstep.core.plan;

import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.model.Write.Cell;
import dev.lockstep.core.state.Member.Removal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a record lacks of what it should hold. Filled by {@link Desired}. */
public final class Draft {
    public final List<Cell> cells = new ArrayList<>();
    /** For each cell the stamp of the claim it carries. */
    public final List<Long> stamps = new ArrayList<>();
    /** For each cell the record whose claim won; null for a computed value. */
    public final List<@Nullable RecordName> winners = new ArrayList<>();
    /** For a create: the natural key. */
    public final List<Cell> naturalKey = new ArrayList<>();

    /** For a create that puts a record back: the key under which it was there; else null. */
    public @Nullable String key;

    /** Not none: the record is deleted; the cells say what it must still hold. */
    public Removal removal = Removal.NONE;
    /** Why a person has to look at the record; null when none has to. */
    public @Nullable String review;

    /** What it would do, as a guard counts; see {@link dev.lockstep.core.state.Due}. */
    public int risk;

    public boolean urgent;
    /** Columns that the platform keeps changing back: not written. */
    public final List<Integer> contested = new ArrayList<>();
    /** Some column waits, since the platform has just changed it back. */
    public boolean paused;

    /** Columns that are left as they are, since what they hold cannot be read, or cannot hold what they should. */
    public final List<Unparsed> unparsed = new ArrayList<>();

    public boolean taken;

    /** @param reason a sentence without its end */
    public record Unparsed(int column, String reason) {}

    void add(Cell cell, long stampMicros, @Nullable RecordName winner) {
        cells.add(cell);
        stamps.add(stampMicros);
        winners.add(winner);
    }

    public boolean isEmpty() {
        return cells.isEmpty();
    }

    /** {@link Write#fingerprint()} of what it would be. */
    public int fingerprint() {
        return Write.fingerprint(cells, naturalKey);
    }

    /** When the newest edit that it carries was made. */
    public long causeMicros() {
        long newest = Stamp.UNDATED;
        for (long stamp : stamps) newest = Math.max(newest, stamp);
        return newest;
    }
}
