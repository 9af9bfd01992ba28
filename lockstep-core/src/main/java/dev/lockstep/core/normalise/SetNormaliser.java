package dev.lockstep.core.normalise;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code ["b", "a", "b"]}, {@code {b,a}} and {@code "b, a" -> ["a","b"]}: a set of texts, from a JSON array, from a
 * PostgreSQL array literal, or from one text cut at the field's {@code separator} (a comma by default).
 *
 * <p>Elements are canonical as of type {@code text}; blank ones and nulls are dropped, numbers and booleans are their
 * text. {@code []} and {@code {}} are the empty set, which is a value: an empty text is blank. A nested array does not
 * parse.
 */
final class SetNormaliser implements Normaliser {

    private static final String DEFAULT_SEPARATOR = ",";

    @Override
    public FieldType type() {
        return FieldType.SET;
    }

    @Override
    public Reading read(@Nullable String raw, Settings settings) {
        if (raw == null || Texts.isBlank(raw)) {
            return Reading.BLANK;
        }
        String fault = Texts.fault(raw);
        if (fault != null) {
            return Reading.unparsed(fault);
        }
        String text = Texts.trim(raw);
        if (text.startsWith("[") && text.endsWith("]") && Json.parse(text) instanceof Json.Array(List<Json> elements)) {
            List<String> texts = texts(elements);
            return texts == null ? Reading.unparsed("It is a list of lists or objects, not of texts") : of(texts);
        }
        if (text.endsWith("}") && (text.startsWith("{") || text.startsWith("["))) {
            List<String> elements = ArrayLiteral.elements(text);
            if (elements != null) {
                return of(elements);
            }
        }
        String separator = settings.separator();
        return of(SetValue.cut(text, separator == null ? DEFAULT_SEPARATOR : separator));
    }

    private static Reading of(List<String> elements) {
        return Reading.of(SetValue.of(elements));
    }

    private static @Nullable List<String> texts(List<Json> elements) {
        List<String> texts = new ArrayList<>(elements.size());
        for (Json element : elements) {
            switch (element) {
                case Json.Text(String value) -> texts.add(value);
                case Json.Num(String canonical) -> texts.add(canonical);
                case Json.Bool(boolean value) -> texts.add(Boolean.toString(value));
                case Json.Null none -> {}
                case Json.Array array -> {
                    return null;
                }
                case Json.Members members -> {
                    return null;
                }
            }
        }
        return texts;
    }
}
