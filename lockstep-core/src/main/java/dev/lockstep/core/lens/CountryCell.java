package dev.lockstep.core.lens;

import dev.lockstep.core.normalise.Countries;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Normalisers;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.core.normalise.Value;
import java.util.Objects;

/** A country as {@code DE}, {@code DEU} or {@code Germany}; whichever is written, all are read. */
final class CountryCell implements Cell {

    private enum Spelled {
        ALPHA2,
        ALPHA3,
        NAME
    }

    private final Spelled spelled;

    private CountryCell(Spelled spelled) {
        this.spelled = spelled;
    }

    static CountryCell of(ColumnOptions options) {
        String format = options.format();
        return switch (format == null ? "alpha2" : format) {
            case "alpha2" -> new CountryCell(Spelled.ALPHA2);
            case "alpha3" -> new CountryCell(Spelled.ALPHA3);
            case "name" -> new CountryCell(Spelled.NAME);
            default ->
                throw new LensException("`" + format + "` is no format of a country: write alpha2, alpha3 or name.");
        };
    }

    @Override
    public Reading read(String text) {
        return Normalisers.of(FieldType.COUNTRY).read(text, Settings.NONE);
    }

    @Override
    public String write(Value value) {
        return switch (spelled) {
            case ALPHA2 -> value.text();
            case ALPHA3 -> Objects.requireNonNullElse(Countries.alpha3(value.text()), value.text());
            case NAME -> Countries.englishName(value.text());
        };
    }
}
