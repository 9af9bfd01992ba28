package dev.lockstep.core.normalise;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SequencedCollection;
import java.util.SortedSet;
import java.util.TreeSet;

/** The elements of a value of type {@code set}: {@code ["a","b"]}. */
public final class SetValue {

    /** The set without elements: known to be empty, which a blank is not. */
    public static final Value EMPTY = Value.of("[]");

    private SetValue() {}

    /**
     * The set of these texts, each made canonical as of type {@code text}; those that are blank or not storable are
     * left out.
     */
    public static Value of(Collection<String> elements) {
        SortedSet<String> canonical = new TreeSet<>();
        for (String element : elements) {
            if (!Texts.isBlank(element) && Texts.fault(element) == null) {
                canonical.add(Texts.nfc(Texts.trim(element)));
            }
        }
        return ofCanonical(canonical);
    }

    /** The distinct elements of a canonical set, sorted by UTF-16 code unit. */
    public static List<String> elements(Value set) {
        String canonical = set.text();
        // Without an escape no element holds a quote: they are what stands between them.
        if (canonical.startsWith("[\"") && canonical.endsWith("\"]") && canonical.indexOf('\\') < 0) {
            return cut(canonical.substring(2, canonical.length() - 2), "\",\"");
        }
        if (!(Json.parse(set.text()) instanceof Json.Array(List<Json> elements))) {
            throw new IllegalArgumentException("Not a canonical set: " + set.text());
        }
        List<String> texts = new ArrayList<>(elements.size());
        for (Json element : elements) {
            if (element instanceof Json.Text(String text)) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** The text's parts; never null, the last may be empty. */
    public static List<String> cut(String text, String separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    public static boolean isEmpty(Value set) {
        return set.text().equals("[]");
    }

    /** The set of these elements: canonical already, distinct, and sorted by UTF-16 code unit. */
    public static Value ofCanonical(SequencedCollection<String> elements) {
        if (elements.isEmpty()) {
            return EMPTY;
        }
        StringBuilder text = new StringBuilder("[");
        for (String element : elements) {
            Json.quote(text.append(text.length() == 1 ? "" : ","), element);
        }
        return Value.of(text.append(']').toString());
    }
}
