package dev.lockstep.core.lens;

import dev.lockstep.core.normalise.ArrayLiteral;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Json;
import dev.lockstep.core.normalise.Normalisers;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.SetValue;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.core.normalise.Texts;
import dev.lockstep.core.normalise.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set as an array, as JSON, or as one text.
 *
 * <p>One text is cut at the column's {@code separator} (its spaces do not count) and at nothing else. Without a
 * separator it is read in whatever form it has (JSON array, array literal, commas) and written in the form that the
 * column holds now: commas when it is blank. A table translates the elements.
 */
final class SetForm implements Form {

    /** In characters: from about ten elements on, and before what is remembered would fill the memory. */
    private static final int LONG = 100;

    private static final int TOO_LONG = 30_000;

    private final ColumnOptions options;
    private final @Nullable String separator;
    private final @Nullable TableForm table;
    /**
     * A record is planned many times between two changes of its set, and to read hundreds of elements again would be
     * most of that work.
     */
    private final Recent<String, Reading> longOnes = new Recent<>(this::readNow, false);

    SetForm(ColumnOptions options) {
        this.options = options;
        String written =
                options.kind() == ColumnKind.ARRAY ? null : options.settings().separator();
        String trimmed = written == null ? null : Texts.trim(written);
        this.separator = trimmed == null || trimmed.isEmpty() ? written : trimmed;
        this.table = options.values().isEmpty() ? null : new TableForm(ofElements(options));
    }

    @Override
    public Reading read(@Nullable String raw) {
        if (raw == null || raw.length() < LONG || raw.length() >= TOO_LONG) {
            return readNow(raw);
        }
        return longOnes.of(raw);
    }

    private Reading readNow(@Nullable String raw) {
        if (Texts.isBlank(raw) || raw == null) {
            return Reading.BLANK;
        }
        String fault = Texts.fault(raw);
        if (fault != null) {
            return Reading.unparsed(fault);
        }
        Reading reading = untranslated(raw);
        return table != null && reading instanceof Reading.Parsed(Value set) ? translated(set, table) : reading;
    }

    @Override
    public @Nullable String write(@Nullable Value value, @Nullable String currentRaw) {
        if (value == null) {
            return null;
        }
        List<String> elements = columnElements(value);
        return switch (options.kind()) {
            case ARRAY -> ArrayLiteral.of(elements);
            case JSON -> json(elements);
            default -> text(elements, currentRaw == null ? "" : Texts.trim(currentRaw));
        };
    }

    @Override
    public @Nullable String refusal(Value value) {
        if (table == null && (separator == null || !isText())) {
            return null;
        }
        for (String element : SetValue.elements(value)) {
            String refusal = table == null ? null : table.refusal(Value.of(element));
            if (refusal != null) {
                return refusal;
            }
            if (separator != null && isText() && element.contains(separator)) {
                return "Its element `" + element + "` holds the column's separator";
            }
        }
        return null;
    }

    @Override
    public @Nullable String unwritable() {
        return Forms.misfit(options);
    }

    @Override
    public @Nullable String irreversible() {
        String unwritable = unwritable();
        return unwritable != null || table == null ? unwritable : table.irreversible();
    }

    private boolean isText() {
        return options.kind() != ColumnKind.JSON && options.kind() != ColumnKind.ARRAY;
    }

    private Reading untranslated(String raw) {
        if (separator != null && isText()) {
            return Reading.of(SetValue.of(SetValue.cut(raw, separator)));
        }
        if (options.kind() == ColumnKind.ARRAY) {
            List<String> elements = ArrayLiteral.elements(Texts.trim(raw));
            return elements == null
                    ? Reading.unparsed("It is not an array of one dimension")
                    : Reading.of(SetValue.of(elements));
        }
        if (options.kind() == ColumnKind.JSON) {
            return ofJson(raw);
        }
        return Normalisers.of(FieldType.SET).read(raw, options.settings());
    }

    /** A JSON array; or one text, cut only where the column has a separator. */
    private Reading ofJson(String raw) {
        String text = Texts.trim(raw);
        if (text.startsWith("[")) {
            return Normalisers.of(FieldType.SET).read(raw, Settings.NONE);
        }
        String scalar = KindText.cell(ColumnKind.JSON, raw);
        if (scalar == null) {
            return Reading.BLANK;
        }
        return Reading.of(SetValue.of(separator == null ? List.of(scalar) : SetValue.cut(scalar, separator)));
    }

    private static Reading translated(Value set, TableForm table) {
        List<String> elements = new ArrayList<>();
        for (String element : SetValue.elements(set)) {
            switch (table.read(element)) {
                case Reading.Blank blank -> {}
                case Reading.Parsed(Value value) -> elements.add(value.text());
                case Reading.Unparsed unparsed -> {
                    return Reading.unparsed("Its element `" + element + "` is not in the column's `values`");
                }
            }
        }
        return Reading.of(SetValue.of(elements));
    }

    private List<String> columnElements(Value set) {
        List<String> elements = SetValue.elements(set);
        if (table == null) {
            return elements;
        }
        List<String> columns = new ArrayList<>(elements.size());
        for (String element : elements) {
            String column = table.write(Value.of(element), null);
            if (column != null) {
                columns.add(column);
            }
        }
        return columns;
    }

    private @Nullable String text(List<String> elements, String current) {
        String written = options.settings().separator();
        if (written != null) {
            return elements.isEmpty() ? null : String.join(written, elements);
        }
        if (current.startsWith("{")) {
            return ArrayLiteral.of(elements);
        }
        if (current.startsWith("[") || !areReadFromCommas(elements)) {
            return json(elements);
        }
        return elements.isEmpty() ? null : String.join(",", elements);
    }

    /** No element holds a comma, and together they do not look like an array. */
    private static boolean areReadFromCommas(List<String> elements) {
        for (String element : elements) {
            if (element.indexOf(',') >= 0 || element.startsWith("[") || element.startsWith("{")) {
                return false;
            }
        }
        return true;
    }

    private static String json(List<String> elements) {
        StringBuilder json = new StringBuilder("[");
        for (String element : elements) {
            json.append(json.length() == 1 ? "" : ",").append(Json.quoted(element));
        }
        return json.append(']').toString();
    }

    private static ColumnOptions ofElements(ColumnOptions options) {
        return new ColumnOptions(
                FieldType.TEXT, options.settings(), ColumnKind.TEXT, options.access(), null, options.values(), null);
    }
}
