package dev.lockstep.bench.shapes;

import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;

/** The fields of the company's model, in its order, and when two values of one are equal. */
enum Field {
    MEMBER,
    EMAIL,
    PHONE,
    FIRST,
    LAST,
    BORN,
    COUNTRY,
    POINTS,
    CONSENT,
    TIER,
    LABELS;

    boolean identifies() {
        return this == MEMBER || this == EMAIL || this == PHONE;
    }

    /** Of what a person would write: the same text for all that is equal. */
    String canonical(String said) {
        return switch (this) {
            case EMAIL -> said.strip().toLowerCase(Locale.ROOT);
            case FIRST, LAST -> said.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
            case POINTS ->
                new java.math.BigDecimal(said.strip()).stripTrailingZeros().toPlainString();
            case LABELS ->
                String.join(
                        ",",
                        new TreeSet<>(Arrays.stream(said.split(","))
                                .map(String::strip)
                                .filter(s -> !s.isEmpty())
                                .toList()));
            case MEMBER, PHONE, BORN, COUNTRY, CONSENT, TIER -> said.strip();
        };
    }
}
