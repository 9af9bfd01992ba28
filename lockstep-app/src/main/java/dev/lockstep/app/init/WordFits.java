package dev.lockstep.app.init;

import dev.lockstep.core.lens.ColumnKind;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Columns of a few words: yes and no in many tongues, consents, genders, names of countries. */
final class WordFits {
    private static final Set<String> YES =
            Set.of("true", "t", "yes", "y", "1", "on", "ja", "j", "oui", "o", "si", "sí", "s", "vrai", "wahr", "x");
    private static final Set<String> NO =
            Set.of("false", "f", "no", "n", "0", "off", "nein", "non", "nee", "faux", "falsch", "-");
    private static final Set<String> GRANTED = Set.of(
            "granted",
            "subscribed",
            "active",
            "confirmed",
            "opted_in",
            "opt_in",
            "optin",
            "opt-in",
            "opted-in",
            "in",
            "accepted",
            "aktiv",
            "angemeldet",
            "abonniert",
            "bestätigt",
            "erteilt",
            "abonné",
            "abonne",
            "inscrit",
            "accepté",
            "allowed",
            "suscrito",
            "iscritto",
            "double_opt_in",
            "doi");
    private static final Set<String> WITHDRAWN = Set.of(
            "withdrawn",
            "unsubscribed",
            "opted_out",
            "opt_out",
            "optout",
            "opt-out",
            "opted-out",
            "out",
            "revoked",
            "declined",
            "denied",
            "refused",
            "rejected",
            "inactive",
            "abgemeldet",
            "widerrufen",
            "abgelehnt",
            "désabonné",
            "desabonne",
            "désinscrit",
            "refusé",
            "blocked",
            "disallowed",
            "never");
    private static final Set<String> UNSET = Set.of(
            "unset",
            "unknown",
            "pending",
            "none",
            "not_asked",
            "unconfirmed",
            "new",
            "unbekannt",
            "offen",
            "inconnu",
            "u",
            "?",
            "null",
            "n/a",
            "na",
            "not set",
            "not_set",
            "never_asked",
            "default",
            "en attente",
            "ausstehend");
    private static final Map<String, String> GENDERS = Map.ofEntries(
            Map.entry("m", "male"),
            Map.entry("male", "male"),
            Map.entry("man", "male"),
            Map.entry("männlich", "male"),
            Map.entry("h", "male"),
            Map.entry("homme", "male"),
            Map.entry("masculin", "male"),
            Map.entry("f", "female"),
            Map.entry("female", "female"),
            Map.entry("woman", "female"),
            Map.entry("w", "female"),
            Map.entry("weiblich", "female"),
            Map.entry("femme", "female"),
            Map.entry("féminin", "female"),
            Map.entry("d", "other"),
            Map.entry("divers", "other"),
            Map.entry("x", "other"),
            Map.entry("other", "other"),
            Map.entry("nb", "other"),
            Map.entry("autre", "other"),
            Map.entry("diverse", "other"));
    private static final Map<String, String> COUNTERPARTS = Map.of(
            "N",
            "Y",
            "n",
            "y",
            "no",
            "yes",
            "NO",
            "YES",
            "No",
            "Yes",
            "nein",
            "ja",
            "Nein",
            "Ja",
            "non",
            "oui",
            "0",
            "1",
            "unsubscribed",
            "subscribed");
    private static final Set<String> SALUTATIONS = Set.of(
            "mr",
            "mrs",
            "ms",
            "miss",
            "mx",
            "mister",
            "sir",
            "madam",
            "dr",
            "prof",
            "rev",
            "herr",
            "frau",
            "hr",
            "fr",
            "herrn",
            "familie",
            "m",
            "mme",
            "mlle",
            "monsieur",
            "madame",
            "mademoiselle",
            "sr",
            "sra",
            "srta",
            "don",
            "doña",
            "sig",
            "sigra",
            "signor",
            "signora",
            "dhr",
            "mevr",
            "de heer",
            "mevrouw",
            "pan",
            "pani",
            "herr dr",
            "frau dr",
            "prof dr",
            "dr med",
            "dipl-ing",
            "ing",
            "mag");
    private static final List<Locale> TONGUES = List.of(
            Locale.GERMAN,
            Locale.FRENCH,
            Locale.forLanguageTag("es"),
            Locale.ITALIAN,
            Locale.forLanguageTag("nl"),
            Locale.forLanguageTag("pt"));
    private static final int WORDS_MOST = 80;

    private WordFits() {}

    /** Most of the values are words that stand before a name. */
    static boolean salutations(Sampled column) {
        List<String> values = column.values();
        long before = values.stream()
                .filter(value -> SALUTATIONS.contains(lower(value).replace(".", "")))
                .count();
        return !values.isEmpty() && before * 2 >= values.size();
    }

    static Fit flags(Sampled column) {
        Fit plain = Fit.plain(column, FieldType.BOOLEAN);
        if (plain.share() == 1) return plain;
        Map<String, String> table = new LinkedHashMap<>();
        column.counts().keySet().forEach(word -> {
            String meaning = YES.contains(lower(word)) ? "true" : NO.contains(lower(word)) ? "false" : null;
            if (meaning != null && !table.containsValue(meaning)) table.put(word, meaning);
        });
        Fit fit = Fit.of(column, FieldType.BOOLEAN, Settings.NONE, null, table);
        return fit.better(plain) ? fit : plain;
    }

    /**
     * A consent's words. The one that says no is {@code unset} where a new row holds it: nobody chose it.
     *
     * @param refusal the column says yes to being left alone
     */
    static Fit consents(Sampled column, boolean refusal) {
        Map<String, String> table = new LinkedHashMap<>();
        for (String word : column.counts().keySet()) {
            String meaning = consent(lower(word), refusal);
            if (meaning == null) continue;
            String fallback = column.defaultText();
            boolean isDefault = fallback != null && fallback.strip().equals(word);
            if (isDefault && meaning.equals("withdrawn") && !refusal) meaning = "unset";
            if (!table.containsValue(meaning)) table.put(word, meaning);
        }
        if (!table.isEmpty() && column.kind() == ColumnKind.BOOLEAN) complete(column, table, refusal);
        if (!table.containsValue("granted")) addCounterpart(table, refusal);
        return Fit.of(column, FieldType.CONSENT, Settings.NONE, null, sorted(table));
    }

    /** The yes first. */
    private static Map<String, String> sorted(Map<String, String> table) {
        Map<String, String> sorted = new LinkedHashMap<>();
        for (String meaning : List.of("granted", "withdrawn", "unset")) {
            table.forEach((word, means) -> {
                if (means.equals(meaning)) sorted.put(word, means);
            });
        }
        return sorted;
    }

    /** Where the sample shows only {@code N}, a yes would be {@code Y}. */
    private static void addCounterpart(Map<String, String> table, boolean refusal) {
        for (String word : List.copyOf(table.keySet())) {
            String yes = COUNTERPARTS.get(word);
            String meaning = yes == null ? null : consent(lower(yes), refusal);
            if (yes != null && meaning != null && !table.containsValue(meaning)) table.putIfAbsent(yes, meaning);
        }
    }

    /** A boolean may hold both, though the sample shows one. */
    private static void complete(Sampled column, Map<String, String> table, boolean refusal) {
        boolean careful = "false".equals(column.defaultText());
        table.putIfAbsent("true", refusal ? "withdrawn" : "granted");
        table.putIfAbsent("false", refusal || careful ? "unset" : "withdrawn");
    }

    private static @Nullable String consent(String word, boolean refusal) {
        if (GRANTED.contains(word)) return "granted";
        if (WITHDRAWN.contains(word)) return "withdrawn";
        if (YES.contains(word)) return refusal ? "withdrawn" : "granted";
        if (NO.contains(word)) return refusal ? "unset" : "withdrawn";
        return UNSET.contains(word) ? "unset" : null;
    }

    /** Words for genders become {@code male}, {@code female} and {@code other}; others stay as they are. */
    static Fit genders(Sampled column) {
        Map<String, String> table = new LinkedHashMap<>();
        for (String word : column.counts().keySet()) {
            String meaning = GENDERS.get(lower(word));
            if (meaning == null) return Fit.plain(column, FieldType.TEXT);
            if (!table.containsValue(meaning)) table.put(word, meaning);
        }
        return Fit.of(column, FieldType.TEXT, Settings.NONE, null, table);
    }

    /** Codes of two or three letters, or names; names of other tongues than English by a table. */
    static Fit countries(Sampled column) {
        List<String> values = column.values();
        long two = values.stream().filter(value -> value.strip().length() == 2).count();
        long three =
                values.stream().filter(value -> value.strip().length() == 3).count();
        long english = values.stream().filter(WordFits::isEnglish).count();
        long most = Math.max(two, Math.max(three, english));
        String format = values.isEmpty() || most == two ? null : most == three ? "alpha3" : "name";
        Fit fit = Fit.of(column, FieldType.COUNTRY, Settings.NONE, format, Map.of());
        boolean foreign = two + three + english < 0.7 * values.size();
        if (!foreign || column.counts().size() > WORDS_MOST) return fit;
        Fit best = fit;
        for (Locale tongue : TONGUES) {
            Fit tabled = Fit.of(column, FieldType.COUNTRY, Settings.NONE, null, table(column, tongue));
            if (tabled.better(best) || (best == fit && tabled.parsed() == fit.parsed())) best = tabled;
        }
        return best;
    }

    private static boolean isEnglish(String name) {
        return name.strip().length() > 3 && Countries.codes(Locale.ENGLISH).containsKey(lower(name));
    }

    private static Map<String, String> table(Sampled column, Locale tongue) {
        Map<String, String> names = Countries.codes(tongue);
        Map<String, String> table = new LinkedHashMap<>();
        for (String word : column.counts().keySet()) {
            String code = names.get(lower(word));
            if (code != null && !table.containsValue(code)) table.put(word, code);
        }
        return table;
    }

    /** Lists, or texts cut by one sign. */
    static Fit sets(Sampled column) {
        if (column.kind() == ColumnKind.ARRAY || column.kind() == ColumnKind.JSON) {
            return Fit.plain(column, FieldType.SET);
        }
        List<String> values = column.values();
        String separator = null;
        long most = 0;
        for (String sign : List.of(";", "|", ",", "/")) {
            long with = values.stream().filter(value -> value.contains(sign)).count();
            if (with > most) {
                most = with;
                separator = sign;
            }
        }
        boolean literal = values.stream().anyMatch(value -> value.startsWith("[") || value.startsWith("{"));
        if (literal || separator == null) return Fit.plain(column, FieldType.SET);
        return Fit.of(column, FieldType.SET, Settings.NONE.withSeparator(separator), null, Map.of());
    }

    /** Numbers as computers or as people write them; {@code money} where a currency stands beside them. */
    static Fit numbers(Sampled column) {
        Fit best = Fit.plain(column, FieldType.NUMBER);
        if (column.kind() == ColumnKind.NUMBER) return best;
        List<Fit> ways = new ArrayList<>();
        ways.add(Fit.plain(column, FieldType.MONEY));
        for (String format : List.of("#,##0.00", "#.##0,00", "# ##0,00")) {
            ways.add(Fit.of(column, FieldType.NUMBER, Settings.NONE, format, Map.of()));
        }
        Map<String, String> signs = Map.of("€", "EUR", "$", "USD", "£", "GBP");
        signs.forEach((sign, currency) -> {
            for (String format :
                    List.of("#.##0,00 " + sign, sign + "#,##0.00", sign + " #,##0.00", "#,##0.00 " + sign)) {
                boolean there = column.values().stream().anyMatch(value -> value.contains(sign));
                Settings settings = Settings.NONE.withCurrency(currency);
                if (there) ways.add(Fit.of(column, FieldType.MONEY, settings, format, Map.of()));
            }
        });
        for (Fit way : ways) {
            if (way.better(best)) best = way;
        }
        return best;
    }

    private static String lower(String word) {
        return word.strip().toLowerCase(Locale.ROOT);
    }
}
