package dev.lockstep.core.lens;

import dev.lockstep.core.normalise.Consents;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Normalisers;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.core.normalise.Value;

/**
 * A boolean as {@code true} and {@code false}, in a number column as 1 and 0; a consent by its own words, in a boolean
 * column as true (granted) and false (withdrawn; {@code unset} is written so too, which is the careful answer).
 */
final class FlagCell implements Cell {

    private final FieldType type;
    private final ColumnKind kind;

    FlagCell(ColumnOptions options) {
        this.type = options.type();
        this.kind = options.kind();
    }

    @Override
    public Reading read(String text) {
        if (type == FieldType.CONSENT && kind == ColumnKind.BOOLEAN) {
            return switch (text) {
                case "true" -> Reading.of(Consents.GRANTED);
                case "false" -> Reading.of(Consents.WITHDRAWN);
                default -> Reading.unparsed("It is neither true nor false");
            };
        }
        return Normalisers.of(type).read(text, Settings.NONE);
    }

    @Override
    public String write(Value value) {
        if (kind == ColumnKind.NUMBER) {
            return value.text().equals("true") ? "1" : "0";
        }
        if (type == FieldType.CONSENT && kind == ColumnKind.BOOLEAN) {
            return Boolean.toString(value.sameAs(Consents.GRANTED));
        }
        return value.text();
    }
}
