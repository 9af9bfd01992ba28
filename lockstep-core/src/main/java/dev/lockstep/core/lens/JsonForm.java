package dev.lockstep.core.lens;

import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Normalisers;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Value;
import org.jspecify.annotations.Nullable;

/** A JSON value as JSON text. */
final class JsonForm implements Form {

    private final ColumnOptions options;

    JsonForm(ColumnOptions options) {
        this.options = options;
    }

    @Override
    public Reading read(@Nullable String raw) {
        return Normalisers.of(FieldType.JSON).read(raw, options.settings());
    }

    @Override
    public @Nullable String write(@Nullable Value value, @Nullable String currentRaw) {
        return value == null ? null : value.text();
    }

    @Override
    public @Nullable String unwritable() {
        return Forms.misfit(options);
    }
}
