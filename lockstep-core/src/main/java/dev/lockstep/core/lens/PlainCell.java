package dev.lockstep.core.lens;

import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Normaliser;
import dev.lockstep.core.normalise.Normalisers;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.core.normalise.Value;

/** The canonical text itself. */
final class PlainCell implements Cell {

    private final Normaliser normaliser;
    private final Settings settings;
    private final boolean several;

    PlainCell(ColumnOptions options) {
        this.normaliser = Normalisers.of(options.type());
        this.settings = options.settings();
        this.several = options.kind() == ColumnKind.ARRAY && options.type() != FieldType.SET;
    }

    @Override
    public Reading read(String text) {
        if (several && text.startsWith("{") && text.endsWith("}")) {
            return Reading.unparsed("It is a list of several values");
        }
        return normaliser.read(text, settings);
    }

    @Override
    public boolean readsCanonical() {
        return !several;
    }

    @Override
    public boolean costly() {
        return false;
    }

    @Override
    public String write(Value value) {
        return value.text();
    }
}
