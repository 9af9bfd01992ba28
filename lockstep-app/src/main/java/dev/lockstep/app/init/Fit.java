package dev.lockstep.app.init;

import dev.lockstep.core.lens.Access;
import dev.lockstep.core.lens.ColumnLens;
import dev.lockstep.core.lens.ColumnOptions;
import dev.lockstep.core.lens.LensException;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How well a column's values read as a type, when read in one way.
 *
 * @param settings region, separator and the like that this way needs
 * @param parsed how many of the values read
 * @param of how many there are that say something
 * @param doubt what may be wrong with it, a sentence without a full stop; null: nothing
 */
record Fit(
        FieldType type,
        Settings settings,
        @Nullable String format,
        Map<String, String> values,
        int parsed,
        int of,
        @Nullable String doubt) {

    Fit {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Reads the values in this way, by the very lens that a sync would use; nothing reads where there is no such. */
    static Fit of(
            Sampled column, FieldType type, Settings settings, @Nullable String format, Map<String, String> table) {
        List<String> values = column.values();
        int parsed = 0;
        try {
            ColumnLens lens =
                    ColumnLens.of(new ColumnOptions(type, settings, column.kind(), Access.READ, format, table, null));
            for (String value : values) {
                if (lens.read(value) instanceof Reading.Parsed) parsed++;
            }
        } catch (LensException e) {
            parsed = 0;
        }
        return new Fit(type, settings, format, table, parsed, values.size(), null);
    }

    static Fit plain(Sampled column, FieldType type) {
        return of(column, type, Settings.NONE, null, Map.of());
    }

    Fit doubted(@Nullable String reason) {
        return new Fit(type, settings, format, values, parsed, of, reason);
    }

    /** The share of the values that read; of none at all, nothing speaks against it. */
    double share() {
        return of == 0 ? 1 : (double) parsed / of;
    }

    boolean better(Fit other) {
        return parsed > other.parsed;
    }

    /** How one value reads in this way. */
    Reading reading(Sampled column, String value) {
        return ColumnLens.of(new ColumnOptions(type, settings, column.kind(), Access.READ, format, values, null))
                .read(value);
    }

    /** What is read in this way can be written back too. */
    boolean writable(Sampled column) {
        try {
            ColumnLens.of(new ColumnOptions(type, settings, column.kind(), Access.BOTH, format, values, null));
            return true;
        } catch (LensException e) {
            return false;
        }
    }
}
