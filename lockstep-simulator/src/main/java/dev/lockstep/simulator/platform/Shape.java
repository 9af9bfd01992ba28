package dev.lockstep.simulator.platform;

import dev.lockstep.core.normalise.FieldType;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How one column of a simulated platform spells its field, and what the platform does to what is put into it. Reads and
 * renders by rules of its own, so that the checkers do not lean on the core's normalisers and lenses.
 *
 * @param number the column's number
 * @param field the field's number; -1 for one in which records are archived, that no field is mapped to
 * @param type of the field
 * @param dialect which of the type's spellings the column uses
 * @param key it is the platform's key
 * @param unique the platform keeps its values unique
 * @param required the platform takes no blank
 * @param trims the platform trims what is put in
 * @param lowers the platform lower-cases what is put in
 * @param most the platform cuts off what is longer; 0: it does not
 * @param refused the platform refuses values that begin so; empty: none
 */
public record Shape(
        int number,
        int field,
        FieldType type,
        Dialect dialect,
        boolean key,
        boolean unique,
        boolean required,
        boolean trims,
        boolean lowers,
        int most,
        String refused) {

    /** It carries a field. */
    public boolean mapped() {
        return field >= 0;
    }

    /** The spellings of dates, phones and consents. */
    public enum Dialect {
        PLAIN,
        /** Dates {@code dd/MM/yyyy}; phones national. */
        LOCAL,
        /** Consent {@code Y} and {@code N}, N being "never asked". */
        YES_NO,
        /** Consent {@code in} and {@code out}, null being "never asked". */
        IN_OUT,
        /** Consent {@code stop} for who has opted out; anybody else is {@code -}. */
        STOP
    }

    /** The raw text of a canonical value, as this platform's people type it. */
    public @Nullable String render(@Nullable String value) {
        if (value == null || value.isEmpty()) return null;
        return switch (type) {
            case DATE ->
                dialect == Dialect.LOCAL
                        ? value.substring(8) + "/" + value.substring(5, 7) + "/" + value.substring(0, 4)
                        : value;
            case PHONE ->
                dialect == Dialect.LOCAL
                        ? "(" + value.substring(2, 5) + ") " + value.substring(5, 8) + "-" + value.substring(8)
                        : value;
            case CONSENT -> consentRaw(value);
            default -> value;
        };
    }

    /** The canonical value, in a form that is equal iff the values are; null for a blank. */
    public @Nullable String read(@Nullable String raw) {
        if (type == FieldType.CONSENT) return consentOf(raw);
        if (raw == null || raw.isBlank()) return null;
        return switch (type) {
            case EMAIL -> raw.strip().toLowerCase(Locale.ROOT);
            case NAME -> raw.strip().replaceAll(" +", " ").toLowerCase(Locale.ROOT);
            case DATE ->
                raw.charAt(2) == '/' ? raw.substring(6) + "-" + raw.substring(3, 5) + "-" + raw.substring(0, 2) : raw;
            case PHONE -> phoneOf(raw);
            case SET -> setOf(raw).isEmpty() ? null : String.join(",", setOf(raw));
            default -> raw.strip();
        };
    }

    /** What the platform keeps of what is put in. */
    public @Nullable String kept(@Nullable String raw) {
        if (raw == null) return null;
        String kept = trims ? raw.strip() : raw;
        if (lowers) kept = kept.toLowerCase(Locale.ROOT);
        if (most > 0 && kept.length() > most) kept = kept.substring(0, most);
        return kept;
    }

    public boolean refuses(@Nullable String raw) {
        if (raw == null || raw.isBlank()) return required;
        return !refused.isEmpty() && raw.startsWith(refused);
    }

    /** The elements of a set, sorted. */
    public static TreeSet<String> setOf(@Nullable String raw) {
        TreeSet<String> elements = new TreeSet<>();
        if (raw == null) return elements;
        for (String element : raw.split(",")) if (!element.isBlank()) elements.add(element.strip());
        return elements;
    }

    private static String phoneOf(String raw) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) if (Character.isDigit(raw.charAt(i))) digits.append(raw.charAt(i));
        return digits.length() == 10 ? "+1" + digits : "+" + digits;
    }

    private @Nullable String consentRaw(String value) {
        if (dialect == Dialect.STOP) return value.equals("withdrawn") ? "stop" : "-";
        return switch (value) {
            case "granted" -> dialect == Dialect.YES_NO ? "Y" : "in";
            case "withdrawn" -> dialect == Dialect.YES_NO ? "N" : "out";
            default -> dialect == Dialect.YES_NO ? "N" : null;
        };
    }

    private String consentOf(@Nullable String raw) {
        if (raw == null) return "unset";
        return switch (raw) {
            case "Y", "in" -> "granted";
            case "out", "stop" -> "withdrawn";
            default -> "unset";
        };
    }
}
