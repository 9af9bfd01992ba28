package dev.lockstep.core.normalise;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a field, or a column of it, says beyond its type.
 *
 * @param region of phone numbers written without a country code: ISO 3166-1 alpha-2, {@code US}; null: they do not
 *     parse
 * @param zone of dates and times written without one; null: UTC
 * @param currency of amounts written without one: ISO 4217, {@code EUR}; null: they do not parse
 * @param separator of the elements of a set written as one text; null: a comma
 */
public record Settings(
        @Nullable String region,
        @Nullable ZoneId zone,
        @Nullable String currency,
        @Nullable String separator) {

    public static final Settings NONE = new Settings(null, null, null, null);

    private static final Set<String> REGIONS = new TreeSet<>(Set.of(Locale.getISOCountries()));

    /** @throws IllegalArgumentException with a remedy, when the region, the currency or the separator is none */
    public Settings {
        if (region != null && !REGIONS.contains(region) && !region.equals("XK")) {
            throw new IllegalArgumentException("`" + region
                    + "` is no region: write an ISO 3166-1 code of two capital letters, such as US or DE.");
        }
        if (currency != null) {
            currencyNamed(currency);
        }
        if (separator != null && separator.isEmpty()) {
            throw new IllegalArgumentException("A separator is at least one character, such as `;`.");
        }
    }

    public static Settings ofRegion(String region) {
        return NONE.withRegion(region);
    }

    public static Settings ofZone(ZoneId zone) {
        return NONE.withZone(zone);
    }

    public Settings withRegion(@Nullable String other) {
        return new Settings(other, zone, currency, separator);
    }

    public Settings withZone(@Nullable ZoneId other) {
        return new Settings(region, other, currency, separator);
    }

    public Settings withCurrency(@Nullable String other) {
        return new Settings(region, zone, other, separator);
    }

    public Settings withSeparator(@Nullable String other) {
        return new Settings(region, zone, currency, other);
    }

    /**
     * A zone as the workspace writes it: {@code Europe/Berlin}, {@code UTC}, {@code +02:00}.
     *
     * @throws IllegalArgumentException with a remedy, when there is no such zone
     */
    public static ZoneId zoneNamed(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "`" + name + "` is no time zone: write one such as Europe/Berlin, UTC or +02:00.", e);
        }
    }

    /** This, with what `other` says in place of what this says. */
    public Settings overriddenBy(Settings other) {
        return new Settings(
                other.region != null ? other.region : region,
                other.zone != null ? other.zone : zone,
                other.currency != null ? other.currency : currency,
                other.separator != null ? other.separator : separator);
    }

    private static void currencyNamed(String code) {
        try {
            Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "`" + code + "` is no currency: write an ISO 4217 code of three capital letters, such as EUR.", e);
        }
    }
}
