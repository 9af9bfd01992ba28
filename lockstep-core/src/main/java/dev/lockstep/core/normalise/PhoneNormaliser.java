package dev.lockstep.core.normalise;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import org.jspecify.annotations.Nullable;

/**
 * {@code "(415) 555-2671 x5"} with the region US {@code -> "+14155552671;ext=5"}: E.164, by libphonenumber.
 *
 * <p>A number without a country code needs the field's {@code region}. A number of a length that its country does not
 * have, also a local one without its area code, does not parse.
 */
final class PhoneNormaliser implements Normaliser {

    /** libphonenumber reads no more. */
    private static final int LENGTH_MAX = 250;

    private static final int READINGS_MAX = 5;

    @Override
    public FieldType type() {
        return FieldType.PHONE;
    }

    @Override
    public Reading read(@Nullable String raw, Settings settings) {
        if (raw == null || Texts.isBlank(raw)) {
            return Reading.BLANK;
        }
        String text = Texts.trimMarks(raw);
        if (text.length() > LENGTH_MAX) {
            return Reading.unparsed("It is not a phone number: it is too long");
        }
        return stable(text, settings.region());
    }

    /**
     * Read until the canonical text reads as itself: a national prefix after the country code is dropped once in each
     * reading, {@code +27 0 0315… -> +27 0315… -> +27 315…}.
     */
    private static Reading stable(String text, @Nullable String region) {
        PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
        String canonical = text;
        try {
            for (int i = 0; i < READINGS_MAX; i++) {
                PhoneNumber number = phones.parse(canonical, region);
                if (phones.isPossibleNumberWithReason(number) != ValidationResult.IS_POSSIBLE) {
                    return Reading.unparsed("It is not a possible phone number: its country has none of this length");
                }
                String before = canonical;
                String e164 = phones.format(number, PhoneNumberFormat.E164);
                canonical = number.hasExtension() ? e164 + ";ext=" + number.getExtension() : e164;
                if (canonical.equals(before) || !mayHavePrefix(number)) {
                    return Reading.of(canonical);
                }
            }
        } catch (NumberParseException e) {
            return Reading.unparsed(
                    e.getErrorType() == NumberParseException.ErrorType.INVALID_COUNTRY_CODE
                            ? "Its country is not known: it has no valid country code, and the field has no `region`"
                            : "It is not a phone number");
        }
        return Reading.unparsed("It is not a phone number: it has too many prefixes");
    }

    /** It begins with a digit that is a national prefix somewhere. */
    private static boolean mayHavePrefix(PhoneNumber number) {
        long first = number.getNationalNumber();
        while (first >= 10) {
            first /= 10;
        }
        return number.isItalianLeadingZero() || first == 1 || first == 8;
    }
}
