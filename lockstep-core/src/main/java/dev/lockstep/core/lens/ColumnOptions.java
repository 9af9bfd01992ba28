package dev.lockstep.core.lens;

import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the workspace and the platform say of one column that carries a field.
 *
 * @param type the field's type
 * @param settings the field's own, with what the column says in their place: its zone, region, currency, separator
 * @param kind what the column is made of
 * @param access what may be done with it
 * @param format dates and times: a {@code java.time} pattern ({@code dd/MM/yyyy}; two-digit years say the first year of
 *     their century, {@code dd/MM/yy from 1930}), or {@code epoch_seconds}, {@code epoch_millis}; phones: {@code e164},
 *     {@code national}, {@code international}; numbers and money: a pattern such as {@code #,##0.00}; countries:
 *     {@code alpha2}, {@code alpha3}, {@code name}; null: the canonical form
 * @param values column values to canonical values, in the workspace's order; an empty column value stands for blank, an
 *     empty canonical value too; empty: none. For a set, of its elements
 * @param maxLength characters that the column holds; null when not known. Longer values are refused, never cut
 */
public record ColumnOptions(
        FieldType type,
        Settings settings,
        ColumnKind kind,
        Access access,
        @Nullable String format,
        Map<String, String> values,
        @Nullable Integer maxLength) {

    public ColumnOptions {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** A text column, read and written, in the type's canonical form. */
    public static ColumnOptions of(FieldType type) {
        return new ColumnOptions(type, Settings.NONE, ColumnKind.TEXT, Access.BOTH, null, Map.of(), null);
    }

    public ColumnOptions withSettings(Settings other) {
        return new ColumnOptions(type, other, kind, access, format, values, maxLength);
    }

    public ColumnOptions withKind(ColumnKind other) {
        return new ColumnOptions(type, settings, other, access, format, values, maxLength);
    }

    public ColumnOptions withAccess(Access other) {
        return new ColumnOptions(type, settings, kind, other, format, values, maxLength);
    }

    public ColumnOptions withFormat(@Nullable String other) {
        return new ColumnOptions(type, settings, kind, access, other, values, maxLength);
    }

    public ColumnOptions withValues(Map<String, String> other) {
        return new ColumnOptions(type, settings, kind, access, format, other, maxLength);
    }

    public ColumnOptions withMaxLength(@Nullable Integer other) {
        return new ColumnOptions(type, settings, kind, access, format, values, other);
    }

    public ColumnOptions withRegion(@Nullable String region) {
        return withSettings(settings.withRegion(region));
    }

    public ColumnOptions withZone(@Nullable ZoneId zone) {
        return withSettings(settings.withZone(zone));
    }

    public ColumnOptions withCurrency(@Nullable String currency) {
        return withSettings(settings.withCurrency(currency));
    }

    public ColumnOptions withSeparator(@Nullable String separator) {
        return withSettings(settings.withSeparator(separator));
    }
}
