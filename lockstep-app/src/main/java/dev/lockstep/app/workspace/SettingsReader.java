package dev.lockstep.app.workspace;

import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import java.time.ZoneId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code region}, {@code zone}, {@code currency} and {@code separator}, of a field or of a column. */
final class SettingsReader {
    private final Mistakes mistakes;

    SettingsReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** @param type the field's; null when it is not known: any option fits */
    Settings read(Options options, @Nullable FieldType type) {
        refuseUnfit(options, "region", type, FieldType.PHONE, "phones");
        refuseUnfit(options, "currency", type, FieldType.MONEY, "money");
        refuseUnfit(options, "separator", type, FieldType.SET, "sets");
        if (type != FieldType.DATE) refuseUnfit(options, "zone", type, FieldType.DATETIME, "dates and times");
        Settings settings = Settings.NONE;
        settings = with(options.written("region"), settings, settings::withRegion);
        settings = with(options.written("currency"), settings, settings::withCurrency);
        settings = with(options.written("separator"), settings, settings::withSeparator);
        Settings before = settings;
        return with(options.written("zone"), settings, name -> {
            ZoneId zone = Settings.zoneNamed(name);
            return before.withZone(zone);
        });
    }

    private void refuseUnfit(
            Options options, String option, @Nullable FieldType type, FieldType wanted, String plural) {
        if (options.has(option) && type != null && type != wanted) {
            mistakes.add(
                    options.at(option),
                    "`" + option + "` is for " + plural + ", and this is a " + type.spelling() + ": take it out.");
        }
    }

    private Settings with(@Nullable Written text, Settings settings, Function<String, Settings> change) {
        if (text == null) return settings;
        try {
            return change.apply(text.text());
        } catch (IllegalArgumentException e) {
            mistakes.add(text.at(), String.valueOf(e.getMessage()));
            return settings;
        }
    }
}
