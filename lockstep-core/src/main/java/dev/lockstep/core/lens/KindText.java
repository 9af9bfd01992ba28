package dev.lockstep.core.lens;

import dev.lockstep.core.normalise.ArrayLiteral;
import dev.lockstep.core.normalise.Decimals;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.IsoTime;
import dev.lockstep.core.normalise.Json;
import dev.lockstep.core.normalise.Normalisers;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.core.normalise.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between a column's raw text and the plain text of the one value in it. */
final class KindText {

    private KindText() {}

    /**
     * The plain text: {@code t -> true} of a boolean, {@code 12.00 -> 12} of a number, {@code "a" -> a} of JSON, the
     * only element of an array. What is not of the kind stays as it is.
     *
     * @return null where there is none
     */
    static @Nullable String cell(ColumnKind kind, @Nullable String raw) {
        if (raw == null) {
            return null;
        }
        return switch (kind) {
            case TEXT, OTHER, DATE, TIMESTAMP, TIMESTAMPTZ -> raw;
            case NUMBER -> {
                String canonical = Decimals.canonical(Texts.trim(raw));
                yield canonical == null ? raw : canonical;
            }
            case BOOLEAN -> bool(raw);
            case JSON -> scalar(raw);
            case ARRAY -> only(raw);
        };
    }

    /**
     * The raw text that {@link #cell} reads as `text`. Only of a text that is not refused.
     *
     * @param literal of JSON: `text` is a number, true or false, and stands without quotes
     */
    static String raw(ColumnKind kind, String text, boolean literal) {
        return switch (kind) {
            case TEXT, OTHER, DATE, TIMESTAMP, TIMESTAMPTZ -> text;
            case NUMBER -> {
                String canonical = Decimals.canonical(text);
                yield canonical == null ? text : canonical;
            }
            case BOOLEAN -> bool(text);
            case JSON -> literal ? text : Json.quoted(text);
            case ARRAY -> ArrayLiteral.of(List.of(text));
        };
    }

    /** Why a column of this kind cannot hold the text; null when it can. */
    static @Nullable String refusal(ColumnKind kind, String text) {
        return switch (kind) {
            case NUMBER -> Decimals.canonical(text) == null ? "The column holds numbers only" : null;
            case BOOLEAN -> isBool(text) ? null : "The column holds true and false only";
            case DATE, TIMESTAMP, TIMESTAMPTZ ->
                IsoTime.isPlain(text) || IsoTime.parse(Texts.trim(text)) != null
                        ? null
                        : "The column holds dates and times only";
            case TEXT, OTHER, JSON, ARRAY -> null;
        };
    }

    private static boolean isBool(String text) {
        return Normalisers.of(FieldType.BOOLEAN).read(text, Settings.NONE) instanceof Reading.Parsed;
    }

    private static String bool(String text) {
        return Normalisers.of(FieldType.BOOLEAN).read(text, Settings.NONE) instanceof Reading.Parsed(var value)
                ? value.text()
                : text;
    }

    /** A JSON string without its quotes; a path into JSON may have lost them already. */
    private static @Nullable String scalar(String raw) {
        String text = Texts.trim(raw);
        if (text.isEmpty() || text.equals("null")) {
            return null;
        }
        if (text.charAt(0) == '"' && Json.parse(text) instanceof Json.Text(String value)) {
            return value;
        }
        return raw;
    }

    private static @Nullable String only(String raw) {
        List<String> elements = ArrayLiteral.elements(Texts.trim(raw));
        if (elements == null || elements.size() > 1) {
            return raw;
        }
        return elements.isEmpty() ? null : elements.getFirst();
    }
}
