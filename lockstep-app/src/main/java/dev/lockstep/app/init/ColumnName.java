package dev.lockstep.app.init;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column's name cut into words: {@code "kundenVorname_2" -> kunden vorname 2}, {@code "Prénom" -> prenom}, {@code
 * "Straße" -> strasse}.
 */
record ColumnName(List<String> words) {
    /** Words that name the person or the column itself, and say nothing about what it holds. */
    private static final Set<String> ABOUT_NOTHING = Set.of(
            "customer",
            "cust",
            "client",
            "kunde",
            "kunden",
            "kd",
            "contact",
            "kontakt",
            "user",
            "usr",
            "person",
            "pers",
            "member",
            "mitglied",
            "subscriber",
            "abonnent",
            "adherent",
            "cliente",
            "c",
            "k",
            "u",
            "p",
            "str",
            "txt",
            "fld",
            "primary",
            "main",
            "default",
            "haupt",
            "principal",
            "principale",
            "value",
            "field",
            "col",
            "attr",
            "my",
            "is",
            "has",
            "the",
            "of",
            "de",
            "du",
            "la",
            "le",
            "billing",
            "home",
            "private",
            "privat",
            "perso",
            "current",
            "full",
            "address",
            "lead",
            "buyer",
            "guest",
            "1",
            "one",
            "tx",
            "dt",
            "dat",
            "nr",
            "v");

    private static final int LETTERS_LEAST = 5;
    private static final Map<String, Meaning> KNOWN = known();

    /** A meaning that the name suggests, and how strongly: 1 says it outright. */
    record Hint(Meaning meaning, double strength) {}

    ColumnName {
        words = List.copyOf(words);
    }

    static ColumnName of(String name) {
        String plain = name.replace("ß", "ss")
                .replaceAll("([a-z0-9äöüéèêàç])([A-ZÄÖÜÉ])", "$1 $2")
                .replaceAll("([A-ZÄÖÜ]+)([A-ZÄÖÜ][a-zäöü])", "$1 $2")
                .toLowerCase(Locale.ROOT)
                .replace("ä", "ae")
                .replace("ö", "oe")
                .replace("ü", "ue");
        String bare = Normalizer.normalize(plain, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
        List<String> words = new ArrayList<>();
        for (String word : bare.split("[^a-z0-9]+")) {
            if (!word.isEmpty()) words.add(word);
        }
        return new ColumnName(words);
    }

    /** As a field would be called: {@code shoe_size}. */
    String snake() {
        String snake = String.join("_", words);
        return snake.isEmpty() || Character.isDigit(snake.charAt(0)) ? "field_" + snake : snake;
    }

    String joined() {
        return String.join("", words);
    }

    /** What the name says, or nothing. */
    @Nullable
    Hint hint() {
        Meaning exact = KNOWN.get(joined());
        if (exact != null) return new Hint(exact, 1);
        Hint bare = withoutFillers();
        if (bare != null) return bare;
        Hint part = part();
        return part != null ? part : compound();
    }

    private @Nullable Hint withoutFillers() {
        int from = 0;
        int to = words.size();
        while (from < to - 1 && ABOUT_NOTHING.contains(words.get(from))) {
            from++;
            Meaning meaning = KNOWN.get(String.join("", words.subList(from, to)));
            if (meaning != null) return new Hint(meaning, 0.9);
        }
        while (to > from + 1 && ABOUT_NOTHING.contains(words.get(to - 1))) {
            to--;
            Meaning meaning = KNOWN.get(String.join("", words.subList(from, to)));
            if (meaning != null) return new Hint(meaning, 0.9);
        }
        return null;
    }

    /** The longest run of its words that has a meaning. */
    private @Nullable Hint part() {
        Hint best = null;
        int longest = 2;
        for (int from = 0; from < words.size(); from++) {
            for (int to = from + 1; to <= words.size(); to++) {
                String run = String.join("", words.subList(from, to));
                Meaning meaning = KNOWN.get(run);
                if (meaning != null && run.length() > longest) {
                    longest = run.length();
                    best = new Hint(meaning, 0.6);
                }
            }
        }
        return best;
    }

    /** One word that ends or begins with a known one: {@code kundenvorname}. */
    private @Nullable Hint compound() {
        String whole = joined();
        Hint best = null;
        int longest = LETTERS_LEAST - 1;
        for (Map.Entry<String, Meaning> known : KNOWN.entrySet()) {
            String name = known.getKey();
            boolean within = whole.endsWith(name) || whole.startsWith(name);
            boolean longer = name.length() > longest
                    || (best != null
                            && name.length() == longest
                            && known.getValue().compareTo(best.meaning()) < 0);
            if (within && longer) {
                longest = name.length();
                best = new Hint(known.getValue(), 0.5);
            }
        }
        return best;
    }

    private static Map<String, Meaning> known() {
        Map<String, Meaning> known = new HashMap<>();
        for (Meaning meaning : Meaning.values()) {
            meaning.names().forEach(name -> known.putIfAbsent(name, meaning));
        }
        return known;
    }
}
