package dev.lockstep.app.init;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How phone numbers are written, and the region of those without a country code. */
final class PhoneFits {
    private static final List<String> REGIONS = List.of(
            "US", "GB", "DE", "FR", "ES", "IT", "NL", "BE", "AT", "CH", "PL", "SE", "NO", "DK", "FI", "IE", "PT", "CZ",
            "AU", "NZ", "IN", "BR", "MX", "JP", "ZA");
    private static final Pattern AMERICAN =
            Pattern.compile("(1[-. ]?)?\\(?[2-9]\\d{2}\\)?[-. ]?\\d{3}[-. ]?\\d{4}( *(x|ext).*)?");
    private static final Pattern SHAPE = Pattern.compile("[+(]?[0-9][-0-9 ()./]{5,22}[0-9]( *(x|ext\\.?) *\\d+)?");
    private static final int TRIED_MOST = 400;

    private PhoneFits() {}

    /**
     * @param hint a region that other columns of the table speak for, or null
     * @param doubt why that may be wrong; null: it is hardly wrong
     */
    static Fit of(Sampled column, @Nullable String hint, @Nullable String doubt) {
        List<String> values = column.values();
        List<String> tried = values.subList(0, Math.min(TRIED_MOST, values.size()));
        String region = region(tried, hint);
        Settings settings = region == null ? Settings.NONE : Settings.ofRegion(region);
        Fit fit = Fit.of(column, FieldType.PHONE, settings, format(tried), Map.of());
        boolean hinted = region != null && region.equals(hint) && doubt == null;
        boolean told = region == null || hinted || tried.stream().anyMatch(value -> tells(value, region));
        return told ? fit : fit.doubted("only the look of the numbers speaks for " + region);
    }

    /** The value shows its country, or is written as in no other. */
    private static boolean tells(String value, String region) {
        String text = value.strip();
        if (region.equals("US") && AMERICAN.matcher(text).matches()) return true;
        if (text.startsWith("00")) text = "+" + text.substring(2);
        return text.startsWith("+") && region.equals(regionOf(PhoneNumberUtil.getInstance(), text));
    }

    /** Most of the values look like phone numbers, whatever the column is called. */
    static boolean likely(Sampled column) {
        List<String> values = column.values();
        long shaped = values.stream()
                .filter(value -> SHAPE.matcher(value.strip()).matches())
                .count();
        long told = values.stream()
                .filter(value -> value.startsWith("+") || value.startsWith("(") || value.matches("0\\d.*[ /-].*"))
                .count();
        return !values.isEmpty() && shaped >= 0.9 * values.size() && told >= 0.5 * values.size();
    }

    private static @Nullable String region(List<String> values, @Nullable String hint) {
        PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
        Map<String, Double> votes = new TreeMap<>();
        Set<String> regions = new TreeSet<>(REGIONS);
        if (hint != null) regions.add(hint);
        int national = 0;
        for (String value : values) {
            String text = value.strip();
            if (text.startsWith("+") || text.startsWith("00")) {
                String region = regionOf(phones, text.startsWith("00") ? "+" + text.substring(2) : text);
                if (region != null) votes.merge(region, 0.4, Double::sum);
                continue;
            }
            national++;
            if (AMERICAN.matcher(text).matches()) votes.merge("US", 1.0, Double::sum);
            for (String region : regions) {
                if (valid(phones, text, region)) votes.merge(region, 1.0, Double::sum);
            }
        }
        if (hint != null) votes.merge(hint, Math.max(1, national * 0.5), Double::sum);
        String best = null;
        for (Map.Entry<String, Double> vote : votes.entrySet()) {
            if (best == null || vote.getValue() > votes.getOrDefault(best, 0.0)) best = vote.getKey();
        }
        return best;
    }

    private static boolean valid(PhoneNumberUtil phones, String text, String region) {
        try {
            return phones.isValidNumberForRegion(phones.parse(text, region), region);
        } catch (NumberParseException e) {
            return false;
        }
    }

    private static @Nullable String regionOf(PhoneNumberUtil phones, String text) {
        try {
            PhoneNumber number = phones.parse(text, null);
            String region = phones.getRegionCodeForCountryCode(number.getCountryCode());
            return region == null || !region.matches("[A-Z]{2}") || region.equals("ZZ") ? null : region;
        } catch (NumberParseException e) {
            return null;
        }
    }

    private static @Nullable String format(List<String> values) {
        int e164 = 0;
        int international = 0;
        int national = 0;
        for (String value : values) {
            String text = value.strip();
            if (text.matches("\\+\\d+")) {
                e164++;
            } else if (text.startsWith("+") || text.startsWith("00")) {
                international++;
            } else {
                national++;
            }
        }
        if (national > e164 + international) return "national";
        return international > e164 ? "international" : null;
    }
}
