package dev.lockstep.core.lens;

import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Normalisers;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.core.normalise.Texts;
import dev.lockstep.core.normalise.Value;
import org.jspecify.annotations.Nullable;

/**
 * A number, or an amount of money.
 *
 * <p>Money stands with its currency in a text column without a format ({@code 12.5 EUR}) and where the format has
 * {@code ¤}; else the column holds amounts of its one {@code currency}.
 */
final class AmountCell implements Cell {

    private final FieldType type;
    private final Settings settings;
    private final @Nullable NumberPattern pattern;
    private final boolean bare;

    private AmountCell(ColumnOptions options, @Nullable NumberPattern pattern) {
        this.type = options.type();
        this.settings = options.settings();
        this.pattern = pattern;
        this.bare = options.kind() == ColumnKind.NUMBER || (pattern != null && !pattern.hasCurrency());
    }

    static AmountCell of(ColumnOptions options) {
        String format = options.format();
        if (format != null && options.kind() == ColumnKind.NUMBER) {
            throw new LensException(
                    "The column holds numbers, which have no format: leave out `format: " + format + "`.");
        }
        AmountCell cell = new AmountCell(options, format == null ? null : NumberPattern.parse(format));
        if (options.type() == FieldType.MONEY && cell.bare && options.settings().currency() == null) {
            throw new LensException("The column holds amounts without a currency: give it one, `currency: EUR`.");
        }
        if (options.type() == FieldType.NUMBER && cell.pattern != null && cell.pattern.hasCurrency()) {
            throw new LensException("`" + format + "` has a ¤ for the currency, and a number has none: leave it out.");
        }
        return cell;
    }

    @Override
    public Reading read(String text) {
        if (pattern == null) {
            return Normalisers.of(type).read(text, settings);
        }
        String currency = settings.currency();
        String rest = text;
        if (pattern.hasCurrency()) {
            currency = pattern.currencyIn(text);
            rest = currency == null ? text : pattern.withoutCurrency(text);
            currency = currency == null ? settings.currency() : currency;
        }
        String number = pattern.read(Texts.asciiDigits(Texts.trimMarks(rest)));
        if (number == null) {
            return Reading.unparsed("It is not written as the column's format says");
        }
        return type == FieldType.NUMBER
                ? Reading.of(number)
                : Normalisers.of(type).read(currency == null ? number : number + ' ' + currency, settings);
    }

    @Override
    public String write(Value value) {
        if (type == FieldType.NUMBER) {
            return pattern == null ? value.text() : pattern.write(value.text(), "");
        }
        String amount = amount(value);
        if (pattern != null) {
            return pattern.write(amount, currency(value));
        }
        return bare ? amount : value.text();
    }

    @Override
    public @Nullable String refusal(Value value) {
        boolean foreign = type == FieldType.MONEY && bare && !currency(value).equals(settings.currency());
        return foreign ? "The column holds amounts in " + settings.currency() + " only" : null;
    }

    private static String amount(Value money) {
        return money.text().substring(0, money.text().indexOf(' '));
    }

    private static String currency(Value money) {
        return money.text().substring(money.text().indexOf(' ') + 1);
    }
}
