package dev.lockstep.app.init;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The names of countries in a tongue. */
final class Countries {
    private static final Map<Locale, Map<String, String>> KNOWN = new ConcurrentHashMap<>();

    private Countries() {}

    /** Names in lower case to ISO codes: {@code "deutschland" -> "DE"}. */
    static Map<String, String> codes(Locale tongue) {
        return KNOWN.computeIfAbsent(tongue, Countries::read);
    }

    private static Map<String, String> read(Locale tongue) {
        Map<String, String> codes = new TreeMap<>();
        for (String code : Locale.getISOCountries()) {
            Locale country = new Locale.Builder().setRegion(code).build();
            codes.put(country.getDisplayCountry(tongue).toLowerCase(Locale.ROOT), code);
        }
        if (tongue.equals(Locale.ENGLISH)) {
            codes.put("usa", "US");
            codes.put("uk", "GB");
        }
        return codes;
    }
}
