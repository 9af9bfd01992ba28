package dev.lockstep.app.init;

import dev.lockstep.core.lens.ColumnKind;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How dates are written. */
final class TimeFits {
    private static final List<String> DAY_FIRST = List.of(
            "dd/MM/yyyy",
            "d/M/yyyy",
            "dd.MM.yyyy",
            "d.M.yyyy",
            "dd-MM-yyyy",
            "d-M-yyyy",
            "dd MMM yyyy",
            "d MMM yyyy",
            "d MMMM yyyy",
            "dd MM yyyy",
            "ddMMyyyy",
            "dd/MM/yy from 1930",
            "dd.MM.yy from 1930");
    private static final List<String> MONTH_FIRST = List.of(
            "MM/dd/yyyy",
            "M/d/yyyy",
            "MM-dd-yyyy",
            "MM.dd.yyyy",
            "MMM d, yyyy",
            "MMMM d, yyyy",
            "MMM dd yyyy",
            "MM/dd/yy from 1930",
            "M/d/yy from 1930");
    private static final List<String> OF_NUMBERS = List.of("yyyyMMdd", "epoch_seconds", "epoch_millis");

    private static final int TRIED = 50;

    private TimeFits() {}

    /** @param american months stand before days where both could be */
    static Fit of(Sampled column, FieldType type, boolean american) {
        ColumnKind kind = column.kind();
        if (kind == ColumnKind.DATE || kind == ColumnKind.TIMESTAMP || kind == ColumnKind.TIMESTAMPTZ) {
            return Fit.plain(column, type);
        }
        Fit best = kind == ColumnKind.NUMBER ? none(column, type) : Fit.plain(column, type);
        List<String> formats = new ArrayList<>();
        if (kind == ColumnKind.NUMBER) {
            formats.addAll(OF_NUMBERS);
        } else {
            formats.addAll(american ? MONTH_FIRST : DAY_FIRST);
            formats.addAll(american ? DAY_FIRST : MONTH_FIRST);
        }
        Fit rival = null;
        Sampled few = column.head(TRIED);
        for (String format : formats) {
            // Most columns are no dates: a few values tell, far sooner than all of them.
            Fit tried = Fit.of(few, type, Settings.NONE, format, Map.of());
            if (tried.parsed() * 2 < tried.of()) continue;
            Fit fit = Fit.of(column, type, Settings.NONE, format, Map.of());
            if (fit.better(best)) {
                best = fit;
                rival = null;
            } else if (fit.parsed() == best.parsed() && fit.parsed() > 0 && differ(best.format(), format)) {
                rival = fit;
            }
        }
        return rival == null
                ? best
                : best.doubted("every value reads as " + rival.format() + " too: no day is above the 12th");
    }

    private static Fit none(Sampled column, FieldType type) {
        return new Fit(type, Settings.NONE, null, Map.of(), 0, column.values().size(), null);
    }

    /** One puts the day first and the other the month, between the same signs. */
    private static boolean differ(@Nullable String one, String other) {
        return one != null
                && one.replaceAll("[dMy ]|from \\d+", "").equals(other.replaceAll("[dMy ]|from \\d+", ""))
                && one.startsWith("d") != other.startsWith("d");
    }
}
