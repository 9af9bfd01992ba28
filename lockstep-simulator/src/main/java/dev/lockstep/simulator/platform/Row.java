package dev.lockstep.simulator.platform;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A record as a simulated platform holds it; who put each value there is known here and shown to nobody. */
public final class Row {
    /** Which of its platform's rows it is, whatever its key; shown to nobody. */
    public final long number;

    public String key;
    /** By column number: the platform's own text. */
    public final @Nullable String[] raw;
    /** By column number: the number of the edit that put it there; minus a write's id for ours; 0 for a default. */
    public final long[] origin;
    /** By column number: the commit that put it there. */
    public final long[] version;
    /** The record's own time of change, by the platform's clock. */
    public long modifiedMicros;
    /** The id of the write of ours that made the row; 0 when a person did. */
    public long madeBy;

    Row(long number, String key, int columns) {
        this.number = number;
        this.key = key;
        this.raw = new String[columns];
        this.origin = new long[columns];
        this.version = new long[columns];
    }

    private Row(Row row) {
        this.number = row.number;
        this.key = row.key;
        this.raw = Arrays.copyOf(row.raw, row.raw.length);
        this.origin = Arrays.copyOf(row.origin, row.origin.length);
        this.version = Arrays.copyOf(row.version, row.version.length);
        this.modifiedMicros = row.modifiedMicros;
        this.madeBy = row.madeBy;
    }

    public Row copy() {
        return new Row(this);
    }
}
