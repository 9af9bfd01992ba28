package dev.lockstep.core.normalise;

import java.util.Currency;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code "EUR 12.50" -> "12.5 EUR"}, {@code "€12.50" -> "12.5 EUR"}; {@code "12.50"} and {@code "$12.50"} with the
 * field's {@code currency}.
 *
 * <p>The amount is a plain decimal, as in {@link NumberNormaliser}; the currency an ISO 4217 code before or after it,
 * or a symbol that only one currency bears. A symbol that several bear ({@code $}, {@code ¥}, {@code kr}) needs the
 * field's {@code currency} to be one of them.
 */
final class MoneyNormaliser implements Normaliser {

    /** The currencies that bear a symbol; a symbol of one currency needs no more. */
    private static final Map<String, String> BEARERS = new TreeMap<>(Map.ofEntries(
            Map.entry("€", "EUR"),
            Map.entry("₹", "INR"),
            Map.entry("₩", "KRW"),
            Map.entry("₽", "RUB"),
            Map.entry("₺", "TRY"),
            Map.entry("₴", "UAH"),
            Map.entry("₪", "ILS"),
            Map.entry("₫", "VND"),
            Map.entry("₱", "PHP"),
            Map.entry("₦", "NGN"),
            Map.entry("zł", "PLN"),
            Map.entry("US$", "USD"),
            Map.entry("£", "GBP EGP SHP FKP GIP"),
            Map.entry("¥", "JPY CNY"),
            Map.entry("$", "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP BRL"),
            Map.entry("kr", "SEK NOK DKK ISK")));

    @Override
    public FieldType type() {
        return FieldType.MONEY;
    }

    @Override
    public Reading read(@Nullable String raw, Settings settings) {
        if (raw == null || Texts.isBlank(raw)) {
            return Reading.BLANK;
        }
        String text = Texts.asciiDigits(Texts.trimMarks(raw));
        int first = firstOfAmount(text);
        int last = lastOfAmount(text);
        if (first < 0 || last < first) {
            return Reading.unparsed("It is not an amount of money such as 12.50 EUR");
        }
        boolean negative = first > 0 && text.charAt(0) == '-';
        String before = Texts.trim(text.substring(negative ? 1 : 0, first));
        String after = Texts.trim(text.substring(last + 1));
        String amount = Decimals.canonical((negative ? "-" : "") + text.substring(first, last + 1));
        if (amount == null || (!before.isEmpty() && !after.isEmpty())) {
            return Reading.unparsed("It is not an amount of money such as 12.50 EUR");
        }
        String currency = currency(before.isEmpty() ? after : before, settings.currency());
        return currency == null
                ? Reading.unparsed("Its currency is not known: write an ISO 4217 code, or give the field a `currency`")
                : Reading.of(amount + ' ' + currency);
    }

    private static @Nullable String currency(String written, @Nullable String ofField) {
        if (written.isEmpty()) {
            return ofField;
        }
        String bearers = BEARERS.get(written);
        if (bearers != null) {
            if (bearers.length() == 3) {
                return bearers;
            }
            if (ofField != null && bearers.contains(ofField)) {
                return ofField;
            }
            return written.equals("£") ? "GBP" : null;
        }
        if (written.length() != 3) {
            return null;
        }
        String code = Ascii.upper(written);
        return Codes.CURRENCIES.contains(code) ? code : null;
    }

    private static int firstOfAmount(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isOfAmount(text.charAt(i))) {
                boolean signed = i > 0 && (text.charAt(i - 1) == '-' || text.charAt(i - 1) == '+') && i > 1;
                return signed ? i - 1 : i;
            }
        }
        return -1;
    }

    private static int lastOfAmount(String text) {
        for (int i = text.length() - 1; i >= 0; i--) {
            if (isOfAmount(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isOfAmount(char c) {
        return (c >= '0' && c <= '9') || c == '.';
    }

    /** Loaded when the first code is read. */
    private static final class Codes {
        static final Set<String> CURRENCIES = currencies();

        private static Set<String> currencies() {
            Set<String> codes = new TreeSet<>();
            for (Currency currency : Currency.getAvailableCurrencies()) {
                codes.add(currency.getCurrencyCode());
            }
            return codes;
        }
    }
}
