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

    /** Words for a change; with nothing but words for times beside them they name the time of a row's change. */
    private static final Set<String> CHANGE = Set.of(
            "updated",
            "update",
            "upd",
            "modified",
            "modify",
            "modification",
            "mod",
            "changed",
            "change",
            "chg",
            "edited",
            "edit",
            "write",
            "written",
            "touched",
            "maj",
            "modif",
            "modifie",
            "aktualisiert",
            "aktualisierung",
            "geaendert",
            "aenderung",
            "gewijzigd",
            "modificado",
            "modificacion",
            "actualizado");

    private static final Set<String> TIMES = Set.of(
            "at",
            "on",
            "date",
            "time",
            "datetime",
            "timestamp",
            "stamp",
            "ts",
            "dt",
            "utc",
            "last",
            "row",
            "record",
            "sys",
            "system",
            "am",
            "datum",
            "zeit",
            "letzte",
            "zuletzt",
            "der",
            "le",
            "fecha",
            "ultima",
            "derniere",
            "sync");

    private static final Set<String> IDENTIFIERS = Set.of("id", "ids", "uuid", "guid", "gid", "fk");
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
        if (ofChange()) return new Hint(Meaning.MODIFIED, 0.9);
        Hint bare = withoutFillers();
        if (bare != null) return bare;
        Hint part = part();
        return part != null ? part : compound();
    }

    private boolean ofChange() {
        return words.stream().anyMatch(CHANGE::contains)
                && words.stream()
                        .allMatch(
                                word -> CHANGE.contains(word) || TIMES.contains(word) || ABOUT_NOTHING.contains(word));
    }

    /** It names a row of some table by number: {@code country_id}, {@code id_lang}. */
    boolean pointer() {
        return words.size() > 1
                && (IDENTIFIERS.contains(words.getLast()) || words.getFirst().equals("id"));
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

    /** Of the runs of words that have a meaning the last, {@code city} in {@code alt_address_city}. */
    private @Nullable Hint part() {
        for (int to = words.size(); to > 0; to--) {
            for (int from = 0; from < to; from++) {
                String run = String.join("", words.subList(from, to));
                Meaning meaning = KNOWN.get(run);
                // What changed is the rest of its words: an address, a password.
                if (meaning == null || meaning == Meaning.MODIFIED || run.length() < 3) continue;
                return new Hint(meaning, 0.6);
            }
        }
        return null;
    }

    /** One word that ends or begins with a known one: {@code kundenvorname}. */
    private @Nullable Hint compound() {
        String whole = joined();
        Hint best = null;
        int longest = LETTERS_LEAST - 1;
        for (Map.Entry<String, Meaning> known : KNOWN.entrySet()) {
            String name = known.getKey();
            if (known.getValue() == Meaning.MODIFIED) continue;
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
