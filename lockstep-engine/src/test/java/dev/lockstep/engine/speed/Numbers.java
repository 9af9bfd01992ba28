package dev.lockstep.engine.speed;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one platform as a byte a column: which of its possible texts it holds. Each text says its own number, so
 * that what is written can be noted again. Ten columns, as a table of customers has them.
 */
final class Numbers {
    static final int COLUMNS = 10;
    static final int EMAIL = 0;
    static final int CONSENT = 7;
    private static final int CHOICES = 90;
    static final int COUNTRY = 6;
    private static final List<String> CONSENTS = List.of("granted", "withdrawn");
    private static final List<String> COUNTRIES = List.of("DE", "FR", "TR", "US", "PL", "IT", "ES", "NL", "SE", "AT");
    private static final List<String> NAMES =
            List.of("Ada", "Grace", "Edsger", "Barbara", "Alan", "Radia", "Tony", "Frances");

    private final byte[] held;

    Numbers(int customers) {
        held = new byte[customers * COLUMNS];
    }

    @Nullable
    String[] row(int customer) {
        @Nullable String[] row = new @Nullable String[COLUMNS];
        for (int column = 0; column < COLUMNS; column++) row[column] = text(customer, column);
        return row;
    }

    private String text(int customer, int column) {
        return text(customer, column, held[customer * COLUMNS + column]);
    }

    /** Makes it hold another. */
    void next(int customer, int column) {
        int at = customer * COLUMNS + column;
        held[at] = (byte) ((held[at] + 1) % choices(column));
    }

    private static int choices(int column) {
        return switch (column) {
            case CONSENT -> CONSENTS.size();
            case COUNTRY -> COUNTRIES.size();
            default -> CHOICES;
        };
    }

    void note(int customer, int column, @Nullable String raw) {
        held[customer * COLUMNS + column] = (byte) number(column, Objects.requireNonNull(raw));
    }

    /** By how many cells they differ. */
    int differences(Numbers other) {
        int count = 0;
        for (int i = 0; i < held.length; i++) if (held[i] != other.held[i]) count++;
        return count;
    }

    /** Two digits at a place that the column alone decides, or a choice of a few. */
    static String text(int customer, int column, int number) {
        String two = two(number);
        return switch (column) {
            case EMAIL -> "customer" + customer + "." + two + "@mail.example";
            case 1 -> NAMES.get(customer % NAMES.size()) + " " + letters(number);
            case 2 -> "Lovelace-" + customer % 1000 + " " + letters(number);
            case 3 -> "+49151" + (100_000 + customer % 900_000) + two;
            case 4 -> "City of " + customer % 5000 + " " + two;
            case 5 -> "D" + customer % 90_000 + " " + two;
            case COUNTRY -> COUNTRIES.get(number);
            case CONSENT -> CONSENTS.get(number);
            case 8 -> "Company " + customer % 20_000 + " " + two;
            default -> "Note " + customer + " " + two;
        };
    }

    private static int number(int column, String text) {
        int length = text.length();
        return switch (column) {
            case EMAIL -> digits(text, text.indexOf('@') - 2);
            case 1, 2 -> (text.charAt(length - 2) - 'A') * 10 + Character.toUpperCase(text.charAt(length - 1)) - 'A';
            case COUNTRY -> COUNTRIES.indexOf(text);
            case CONSENT -> CONSENTS.indexOf(text);
            default -> digits(text, length - 2);
        };
    }

    private static int digits(String text, int at) {
        return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
    }

    private static String two(int number) {
        return "" + (char) ('0' + number / 10) + (char) ('0' + number % 10);
    }

    private static String letters(int number) {
        return "" + (char) ('A' + number / 10) + (char) ('a' + number % 10);
    }
}
