package dev.lockstep.core.lens;

import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Normalisers;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One column's text as several fields, read only: {@code { split: [first_name, last_name] }}.
 *
 * <p>The last word is the last field's. The earlier fields take the first words, one each, and the last of them all
 * that remains: {@code "Ada King Lovelace"} is {@code Ada King} and {@code Lovelace}. A text of one word is the first
 * field's. What stands before a comma is the last field's: {@code "King Lovelace, Ada"} is {@code Ada} and {@code King
 * Lovelace}. Fields without a word are blank.
 *
 * @param types of the fields, in order; two at least
 */
public record Split(List<FieldType> types) {

    public Split {
        types = List.copyOf(types);
        if (types.size() < 2) {
            throw new LensException("`split` names two fields or more; for one write `field`.");
        }
    }

    /** One reading for each field, in order. */
    public List<Reading> read(@Nullable String raw) {
        List<Reading> readings = new ArrayList<>(types.size());
        List<String> parts = parts(raw == null ? "" : raw);
        for (int i = 0; i < types.size(); i++) {
            String part = i < parts.size() ? parts.get(i) : null;
            readings.add(Normalisers.of(types.get(i)).read(part, Settings.NONE));
        }
        return readings;
    }

    private List<String> parts(String raw) {
        int last = types.size() - 1;
        int comma = raw.indexOf(',');
        if (comma >= 0 && raw.indexOf(',', comma + 1) < 0) {
            List<String> before = words(raw.substring(0, comma));
            List<String> after = words(raw.substring(comma + 1));
            if (!before.isEmpty() && !after.isEmpty()) {
                List<String> parts = spread(after, last);
                parts.add(String.join(" ", before));
                return parts;
            }
        }
        List<String> words = words(raw);
        if (words.size() < 2) {
            return words;
        }
        List<String> parts = spread(words.subList(0, words.size() - 1), last);
        parts.add(words.getLast());
        return parts;
    }

    /** Words over this many fields, what remains to the last of them; fields without a word get an empty text. */
    private static List<String> spread(List<String> words, int fields) {
        List<String> parts = new ArrayList<>(fields + 1);
        for (int i = 0; i < fields; i++) {
            if (i >= words.size()) {
                parts.add("");
            } else {
                parts.add(i < fields - 1 ? words.get(i) : String.join(" ", words.subList(i, words.size())));
            }
        }
        return parts;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>(4);
        int from = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean space = i == text.length()
                    || Character.isWhitespace(text.charAt(i))
                    || Character.isSpaceChar(text.charAt(i));
            if (space && from >= 0) {
                words.add(text.substring(from, i));
                from = -1;
            } else if (!space && from < 0) {
                from = i;
            }
        }
        return words;
    }
}
