package dev.lockstep.core.lens;

import dev.lockstep.core.normalise.Consents;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Normalisers;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Texts;
import dev.lockstep.core.normalise.Value;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table from column values to canonical ones: {@code values: { Y: granted, N: unset }}.
 *
 * <p>An empty column value stands for a blank column, an empty canonical value for a blank field. A consent's
 * {@code withdrawn} is written as its own column value, else as that of {@code unset}; and so the other way round,
 * which is the careful answer where the column cannot tell the two apart. Where a column only knows who has opted out,
 * a "do not mail", a {@code granted} takes that back: it is written as {@code unset}, and nothing over a blank.
 */
final class TableForm implements Form {

    /** The canonical value of a blank in {@link #columns}: no value has an empty key. */
    private static final String BLANK_KEY = "";

    private final ColumnKind kind;
    private final boolean consent;
    /** What a column value reads as. */
    private final Map<String, Reading> readings = new TreeMap<>();
    /** The column value of a canonical value's key. */
    private final Map<String, String> columns = new TreeMap<>();

    private @Nullable String irreversible;

    TableForm(ColumnOptions options) {
        this.kind = options.kind();
        this.consent = options.type() == FieldType.CONSENT;
        for (Map.Entry<String, String> entry : options.values().entrySet()) {
            String column = column(entry.getKey());
            Reading reading = Normalisers.of(options.type()).read(entry.getValue(), options.settings());
            if (reading instanceof Reading.Unparsed(String reason)) {
                throw new LensException("In `values`, `" + entry.getValue() + "` is no "
                        + options.type().spelling() + ": write `column's value: field's value`. " + reason + ".");
            }
            if (readings.put(column, reading) != null) {
                throw new LensException("`values` has `" + column + "` twice: a column value means one thing.");
            }
            Value value = reading.valueOrNull();
            String other = columns.putIfAbsent(value == null ? BLANK_KEY : value.key(), column);
            if (other != null) {
                irreversible = "`values` has both `" + other + "` and `" + column + "` for `" + entry.getValue()
                        + "`: Lockstep cannot tell which to write. Say `access: read`, or leave one out.";
            }
        }
        boolean written = options.access() != Access.READ;
        if (consent && written && !columns.containsKey("withdrawn") && !columns.containsKey("unset")) {
            throw new LensException(
                    "The `values` of a consent that is written need one for `withdrawn` or `unset`: without"
                            + " it an opt-out could not be passed on. Add it, or say `access: read`.");
        }
    }

    @Override
    public Reading read(@Nullable String raw) {
        String cell = KindText.cell(kind, raw);
        String column = cell == null ? "" : Texts.trim(cell);
        Reading reading = readings.get(column);
        if (reading != null) {
            return reading;
        }
        return column.isEmpty() ? Reading.BLANK : Reading.unparsed("It is not in the column's `values`");
    }

    @Override
    public @Nullable String write(@Nullable Value value, @Nullable String currentRaw) {
        String column = value == null ? columns.get(BLANK_KEY) : columnOf(value);
        if (isGrantWithoutWord(value) && read(currentRaw).equals(Reading.BLANK)) {
            return currentRaw;
        }
        if (column == null || column.isEmpty()) {
            return null;
        }
        return KindText.raw(kind, column, isLiteral(column, currentRaw));
    }

    @Override
    public @Nullable String refusal(Value value) {
        boolean none = columnOf(value) == null;
        return none ? "The column's `values` have none for `" + value.text() + "`" : null;
    }

    @Override
    public @Nullable String irreversible() {
        return irreversible;
    }

    private @Nullable String columnOf(Value value) {
        String column = columns.get(value.key());
        if (column != null || !consent) {
            return column;
        }
        return columns.get((value.sameAs(Consents.UNSET) ? Consents.WITHDRAWN : Consents.UNSET).key());
    }

    private boolean isGrantWithoutWord(@Nullable Value value) {
        return consent && value != null && value.sameAs(Consents.GRANTED) && !columns.containsKey(value.key());
    }

    /** As the column holds it: {@code Y}, {@code true}, {@code 1}. */
    private String column(String written) {
        String trimmed = Texts.trim(written);
        String refusal = trimmed.isEmpty() ? null : KindText.refusal(kind, trimmed);
        if (refusal != null) {
            throw new LensException("In `values`, `" + written + "` cannot be in the column. " + refusal + ".");
        }
        String cell = KindText.cell(kind, trimmed);
        return cell == null ? "" : cell;
    }

    /** JSON's true and false stand without quotes, unless the column now holds a text. */
    private static boolean isLiteral(String column, @Nullable String currentRaw) {
        boolean text = currentRaw != null && currentRaw.startsWith("\"");
        return !text && (column.equals("true") || column.equals("false"));
    }
}
