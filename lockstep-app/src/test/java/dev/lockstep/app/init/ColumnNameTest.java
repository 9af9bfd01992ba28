package dev.lockstep.app.init;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a column's name alone says. */
class ColumnNameTest {
    @ParameterizedTest
    @CsvSource({
        "email, EMAIL",
        "adresseMail, EMAIL",
        "PrimaryEmailAddress, EMAIL",
        "phone_fax, FAX",
        "mobile_phone_number, MOBILE",
        "alt_address_city, CITY",
        "billing_company_phone, PHONE",
        "primary_address_postalcode, POSTAL_CODE",
        "shippingCountryCode, COUNTRY",
        "date_upd, MODIFIED",
        "write_date, MODIFIED",
        "change_time, MODIFIED",
        "LastModifiedTimestamp, MODIFIED",
        "row_updated_utc, MODIFIED",
        "geändert_am, MODIFIED",
        "do_not_call, CALL_REFUSAL",
        "sms_opt_out, SMS_REFUSAL",
        "unsubscribed, EMAIL_REFUSAL",
        "accepts_marketing, EMAIL_CONSENT",
        "kundenvorname, FIRST_NAME",
        "passport_number, SECRET",
        "email_verified, OWN",
        "role, OWN"
    })
    void aNameSaysWhatItMeans(String name, Meaning meaning) {
        ColumnName.Hint hint = ColumnName.of(name).hint();

        assertThat(hint).isNotNull();
        assertThat(hint.meaning()).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({"email_changed_at", "last_order_date", "password_updated_at"})
    void theTimeOfAnotherChangeIsNotTheRowsOwn(String name) {
        ColumnName.Hint hint = ColumnName.of(name).hint();

        assertThat(hint == null ? null : hint.meaning()).isNotEqualTo(Meaning.MODIFIED);
    }

    @ParameterizedTest
    @CsvSource({"country_id, true", "id_lang, true", "assigned_user_id, true", "id, false", "paid, false"})
    void aNumberOfAnotherRowIsTold(String name, boolean pointer) {
        assertThat(ColumnName.of(name).pointer()).isEqualTo(pointer);
    }
}
