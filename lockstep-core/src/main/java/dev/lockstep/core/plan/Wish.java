package dev.lockstep.core.plan;

import dev.lockstep.core.golden.Golden;
import dev.lockstep.core.golden.GoldenField;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.ColumnState;
import org.jspecify.annotations.Nullable;

/**
 * What golden wants of a column.
 *
 * @param value null to clear it
 * @param micros the stamp of the claim it carries
 * @param by the record whose claim it is; null for a computed value
 */
record Wish(@Nullable Value value, long micros, @Nullable RecordName by) {

    /** Null where golden says nothing: the column stays as it is. */
    static @Nullable Wish of(Column column, Golden golden, Model model) {
        if (column.value() != null) {
            Value value = Scope.value(column.value(), column.lens().type(), golden, model);
            return new Wish(value, golden.newestMicros(), null);
        }
        if (column.field() < 0) return null;
        Field field = model.field(column.field());
        GoldenField chosen = golden.field(column.field());
        if (field.retired() || !chosen.claimed() && field.computed() == null) return null;
        return new Wish(chosen.value(), chosen.micros(), chosen.by());
    }

    /**
     * Where golden says nothing, and the column still holds what we wrote there: it was said by somebody who is of this
     * customer no more, and goes. Null where nothing of ours is there.
     */
    static @Nullable Wish unsaid(Column column, ColumnState state, Model model) {
        if (state.wroteMicros == 0 && state.reversals == 0 || column.field() < 0 || column.value() != null) return null;
        Field field = model.field(column.field());
        if (field.retired() || field.computed() != null) return null;
        return new Wish(field.isConsent() ? neverAsked(column) : null, Stamp.UNDATED, null);
    }

    /** A consent that nobody was asked for, where the column has a value for it; else null. */
    static @Nullable Value neverAsked(Column column) {
        Value unset = Value.of("unset");
        Value read = column.lens().roundTrip(unset, null).valueOrNull();
        return read != null && read.sameAs(unset) ? unset : null;
    }
}
