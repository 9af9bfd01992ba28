package dev.lockstep.app.init;

import dev.lockstep.core.lens.ColumnKind;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Normalisers;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the values of one table's columns can be, and what they are taken for where a name says nothing. */
final class Contents {
    private static final Set<ColumnKind> TIMES = Set.of(ColumnKind.DATE, ColumnKind.TIMESTAMP, ColumnKind.TIMESTAMPTZ);
    private static final int FEW = 5;

    private final @Nullable String region;

    private final @Nullable String doubt;

    /**
     * @param region of the table's people, where its columns tell one
     * @param doubt why that may be wrong; null: it is hardly wrong
     */
    Contents(@Nullable String region, @Nullable String doubt) {
        this.region = region;
        this.doubt = doubt;
    }

    boolean american() {
        return "US".equals(region);
    }

    /** The best way to read the column as this; null when its values speak against it. */
    @Nullable
    Fit fit(Sampled column, Meaning meaning) {
        Fit fit = best(column, meaning);
        return fit != null && fit.share() >= least(meaning.type()) ? fit : null;
    }

    private @Nullable Fit best(Sampled column, Meaning meaning) {
        ColumnKind kind = column.kind();
        boolean text = kind == ColumnKind.TEXT;
        return switch (meaning.type()) {
            case EMAIL, URL, LANGUAGE -> text ? Fit.plain(column, meaning.type()) : null;
            case PHONE -> text || kind == ColumnKind.NUMBER ? PhoneFits.of(column, region, doubt) : null;
            case NAME -> text && namelike(column) ? Fit.plain(column, FieldType.NAME) : null;
            case DATE, DATETIME ->
                text || TIMES.contains(kind) || kind == ColumnKind.NUMBER
                        ? TimeFits.of(column, meaning.type(), american())
                        : null;
            case CONSENT -> consent(column, meaning);
            case BOOLEAN -> TIMES.contains(kind) || kind == ColumnKind.ARRAY ? null : WordFits.flags(column);
            case COUNTRY -> text ? WordFits.countries(column) : null;
            case SET -> TIMES.contains(kind) || kind == ColumnKind.BOOLEAN ? null : WordFits.sets(column);
            case NUMBER, MONEY -> text || kind == ColumnKind.NUMBER ? WordFits.numbers(column) : null;
            default -> words(column, meaning);
        };
    }

    private static @Nullable Fit consent(Sampled column, Meaning meaning) {
        ColumnKind kind = column.kind();
        if (TIMES.contains(kind) || kind == ColumnKind.ARRAY || kind == ColumnKind.JSON) return null;
        Fit fit = WordFits.consents(column, meaning.refusal());
        boolean empty = fit.values().isEmpty() && kind != ColumnKind.BOOLEAN;
        return empty ? null : fit;
    }

    private static @Nullable Fit words(Sampled column, Meaning meaning) {
        ColumnKind kind = column.kind();
        if (kind == ColumnKind.ARRAY || kind == ColumnKind.JSON) {
            return meaning == Meaning.TIER || meaning == Meaning.SEGMENT ? WordFits.sets(column) : null;
        }
        if (TIMES.contains(kind) || kind == ColumnKind.BOOLEAN) return null;
        if (kind == ColumnKind.NUMBER && !meaning.ofNumbers()) return null;
        return meaning == Meaning.GENDER ? WordFits.genders(column) : Fit.plain(column, FieldType.TEXT);
    }

    private static double least(FieldType type) {
        return switch (type) {
            case EMAIL, PHONE -> 0.5;
            case URL, COUNTRY, DATE, DATETIME -> 0.7;
            case BOOLEAN -> 1;
            default -> 0.8;
        };
    }

    /** Words with letters, and no addresses. */
    private static boolean namelike(Sampled column) {
        List<String> values = column.values();
        long fine = values.stream()
                .filter(value -> value.indexOf('@') < 0
                        && value.length() <= 120
                        && value.codePoints().anyMatch(Character::isLetter)
                        && !value.startsWith("http"))
                .count();
        return values.isEmpty() || fine >= 0.8 * values.size();
    }

    /** What the values alone say; null when they could be anything. */
    @Nullable
    Guess alone(Sampled column) {
        List<String> values = column.values();
        if (values.size() < FEW || column.generated()) return null;
        if (TIMES.contains(column.kind())) return birthday(column, Fit.plain(column, FieldType.DATE));
        if (column.kind() != ColumnKind.TEXT) return null;
        Fit date = TimeFits.of(column, FieldType.DATE, american());
        if (date.share() >= 0.95) return birthday(column, date);
        if (PhoneFits.likely(column)) return taken(column, Meaning.PHONE, PhoneFits.of(column, region, doubt));
        return country(column);
    }

    /** Addresses, links, and words that only subscribers have: they are what they are, whatever a name says. */
    @Nullable
    Guess unmistakable(Sampled column) {
        List<String> values = column.values();
        if (values.size() < FEW || column.kind() != ColumnKind.TEXT) return null;
        Fit email = Fit.plain(column, FieldType.EMAIL);
        if (email.share() >= 0.9) return taken(column, Meaning.EMAIL, email);
        long links = values.stream()
                .filter(value -> value.strip().startsWith("http"))
                .count();
        if (links >= 0.9 * values.size()) return taken(column, Meaning.WEBSITE, Fit.plain(column, FieldType.URL));
        return speaksOfSubscribing(column)
                ? taken(column, Meaning.EMAIL_CONSENT, WordFits.consents(column, false))
                : null;
    }

    private static @Nullable Guess country(Sampled column) {
        Map<String, Integer> counts = column.counts();
        boolean shaped = counts.size() >= 2
                && counts.keySet().stream().allMatch(value -> value.matches("[A-Z]{2,3}") || value.length() > 3);
        Fit fit = shaped ? WordFits.countries(column) : null;
        return fit != null && fit.share() >= 0.95 ? taken(column, Meaning.COUNTRY, fit) : null;
    }

    private static Guess taken(Sampled column, Meaning meaning, Fit fit) {
        return Guess.of(column, meaning, fit, "its name does not say so, its values do");
    }

    private static boolean speaksOfSubscribing(Sampled column) {
        return column.counts().size() <= FEW
                && column.counts().keySet().stream()
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .anyMatch(word -> word.matches("(un)?subscribed|opt.?(in|out).*|opted.*|(dés|des)?abonn.*"
                                + "|(ab|an)gemeldet|(dés|des)?inscrit.*"));
    }

    /** Dates of people's births lie decades apart, and years back. */
    private static @Nullable Guess birthday(Sampled column, Fit fit) {
        List<Integer> years = column.values().stream()
                .map(value -> dateOf(column, fit, value))
                .filter(date -> date.length() >= 4)
                .map(date -> Integer.parseInt(date.substring(0, 4)))
                .sorted()
                .toList();
        if (years.size() < FEW) return null;
        int middle = years.get(years.size() / 2);
        int spread = years.get(years.size() * 9 / 10) - years.get(years.size() / 10);
        boolean births = middle > 1900 && middle < 2008 && spread >= 12;
        return births ? taken(column, Meaning.BIRTH_DATE, fit) : null;
    }

    private static String dateOf(Sampled column, Fit fit, String value) {
        Reading reading = fit.reading(column, value);
        return reading instanceof Reading.Parsed parsed ? parsed.value().text() : "";
    }

    /** The region that most of the values of a country column name. */
    static @Nullable String region(Sampled column, Fit fit) {
        for (String value : column.counts().keySet()) {
            if (fit.reading(column, value) instanceof Reading.Parsed parsed)
                return parsed.value().text();
        }
        return null;
    }

    /** The value as the field's type has it; the text itself where it does not read. */
    static String canonical(FieldType type, Settings settings, String value) {
        Reading reading = Normalisers.of(type).read(value, settings);
        return reading instanceof Reading.Parsed parsed ? parsed.value().key() : value.strip();
    }
}
