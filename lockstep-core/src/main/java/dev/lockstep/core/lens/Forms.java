package dev.lockstep.core.lens;

import dev.lockstep.core.normalise.FieldType;
import org.jspecify.annotations.Nullable;

/** Which form a column has, by its type, kind, format and table. */
final class Forms {

    private Forms() {}

    static Form of(ColumnOptions options) {
        if (!options.values().isEmpty() && options.format() != null) {
            throw new LensException(
                    "A column has `values` or a `format`, not both: the table already says how each value is written.");
        }
        if (options.type() == FieldType.SET) {
            requireNoFormat(options);
            return new SetForm(options);
        }
        if (!options.values().isEmpty()) {
            return new TableForm(options);
        }
        if (options.type() == FieldType.JSON) {
            requireNoFormat(options);
            return new JsonForm(options);
        }
        return new CellForm(options, cell(options));
    }

    private static Cell cell(ColumnOptions options) {
        return switch (options.type()) {
            case DATE, DATETIME -> TimeCell.of(options);
            case NUMBER, MONEY -> AmountCell.of(options);
            case PHONE -> PhoneCell.of(options);
            case COUNTRY -> CountryCell.of(options);
            case BOOLEAN, CONSENT -> new FlagCell(requireNoFormat(options));
            case TEXT, NAME, EMAIL, LANGUAGE, URL, SET, JSON -> new PlainCell(requireNoFormat(options));
        };
    }

    /** Why a value of this type cannot be written to a column of this kind; null when it can. */
    static @Nullable String misfit(ColumnOptions options) {
        boolean fits = switch (options.kind()) {
            case TEXT, OTHER, JSON -> true;
            case NUMBER ->
                options.type() == FieldType.NUMBER
                        || options.type() == FieldType.MONEY
                        || options.type() == FieldType.TEXT
                        || options.type() == FieldType.BOOLEAN
                        || (isTime(options.type()) && options.format() != null);
            case BOOLEAN -> options.type() == FieldType.BOOLEAN || options.type() == FieldType.CONSENT;
            case DATE, TIMESTAMP, TIMESTAMPTZ -> isTime(options.type());
            case ARRAY -> options.type() == FieldType.SET;
        };
        if (fits) {
            return null;
        }
        return "A " + options.type().spelling() + " cannot be written to a column of kind "
                + options.kind().name().toLowerCase(java.util.Locale.ROOT)
                + ": say `access: read`, or give the column `values`"
                + (isTime(options.type()) && options.kind() == ColumnKind.NUMBER
                        ? " or a `format` such as epoch_seconds or epoch_millis."
                        : ".");
    }

    static boolean isTime(FieldType type) {
        return type == FieldType.DATE || type == FieldType.DATETIME;
    }

    private static ColumnOptions requireNoFormat(ColumnOptions options) {
        if (options.format() != null) {
            throw new LensException("A " + options.type().spelling() + " takes no `format` (`" + options.format()
                    + "`): leave it out, or give the column `values`.");
        }
        return options;
    }
}
