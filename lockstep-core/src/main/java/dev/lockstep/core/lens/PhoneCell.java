package dev.lockstep.core.lens;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Normalisers;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.core.normalise.Value;

/**
 * A phone number as {@code +14155552671}, {@code (415) 555-2671} or {@code +1 415-555-2671}. A number that the region
 * would not read back from its national form is written in international form, or as E.164 where that does not either.
 */
final class PhoneCell implements Cell {

    private enum Spelled {
        E164,
        NATIONAL,
        INTERNATIONAL
    }

    private final Spelled spelled;
    private final Settings settings;

    private PhoneCell(Spelled spelled, Settings settings) {
        this.spelled = spelled;
        this.settings = settings;
    }

    static PhoneCell of(ColumnOptions options) {
        String format = options.format();
        Spelled spelled = switch (format == null ? "e164" : format) {
            case "e164" -> Spelled.E164;
            case "national" -> Spelled.NATIONAL;
            case "international" -> Spelled.INTERNATIONAL;
            default ->
                throw new LensException(
                        "`" + format + "` is no format of a phone: write e164, national or international.");
        };
        if (spelled == Spelled.NATIONAL && options.settings().region() == null) {
            throw new LensException(
                    "A phone in national format needs a region to be read: give the field `region: US`, or"
                            + " write `format: international`.");
        }
        return new PhoneCell(spelled, options.settings());
    }

    @Override
    public Reading read(String text) {
        return Normalisers.of(FieldType.PHONE).read(text, settings);
    }

    @Override
    public boolean readsCanonical() {
        return true;
    }

    @Override
    public boolean costly() {
        return spelled != Spelled.E164;
    }

    @Override
    public String write(Value value) {
        if (spelled == Spelled.E164) {
            return value.text();
        }
        PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
        PhoneNumber number;
        try {
            number = phones.parse(value.text(), null);
        } catch (NumberParseException e) {
            return value.text(); // the canonical text of another version of libphonenumber
        }
        if (spelled == Spelled.NATIONAL
                && number.getCountryCode() == phones.getCountryCodeForRegion(settings.region())) {
            String national = phones.format(number, PhoneNumberFormat.NATIONAL);
            if (readsAs(national, value)) {
                return national;
            }
        }
        String international = phones.format(number, PhoneNumberFormat.INTERNATIONAL);
        return readsAs(international, value) ? international : value.text();
    }

    private boolean readsAs(String text, Value value) {
        return read(text) instanceof Reading.Parsed(Value read) && read.sameAs(value);
    }
}
