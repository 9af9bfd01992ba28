package dev.lockstep.app.init;

import dev.lockstep.app.init.ColumnName.Hint;
import dev.lockstep.app.workspace.FieldReader;
import dev.lockstep.connectors.postgres.SurveyedTable;
import dev.lockstep.core.lens.ColumnKind;
import dev.lockstep.core.normalise.FieldType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One table looked at: what its columns mean, and how much it looks like people. */
final class TableLook {
    private static final int WORDS_MOST = 20;
    private static final int WORD_LENGTH_MOST = 40;
    private static final int WORTHWHILE = 20;
    private static final String NOTHING = "holds nothing";
    private static final Set<Meaning> REACHING =
            Set.of(Meaning.EMAIL, Meaning.PHONE, Meaning.MOBILE, Meaning.FAX, Meaning.STREET, Meaning.POSTAL_CODE);
    private static final Set<String> PEOPLE = Set.of(
            "customer",
            "customers",
            "client",
            "clients",
            "contact",
            "contacts",
            "person",
            "persons",
            "people",
            "user",
            "users",
            "member",
            "members",
            "subscriber",
            "subscribers",
            "subscription",
            "subscriptions",
            "lead",
            "leads",
            "profile",
            "profiles",
            "account",
            "accounts",
            "kunde",
            "kunden",
            "personen",
            "kontakt",
            "kontakte",
            "abonnent",
            "abonnenten",
            "mitglied",
            "mitglieder",
            "empfaenger",
            "interessenten",
            "personne",
            "personnes",
            "utilisateur",
            "utilisateurs",
            "abonne",
            "abonnes",
            "adherent",
            "adherents",
            "cliente",
            "clientes",
            "clienti",
            "klanten",
            "klant",
            "guests",
            "patients",
            "donors",
            "buyers",
            "recipients",
            "newsletter",
            "audience",
            "destinataires",
            "kundenstamm",
            "stammdaten");
    private static final Set<String> NOT_PEOPLE = Set.of(
            "order",
            "orders",
            "item",
            "items",
            "invoice",
            "invoices",
            "payment",
            "payments",
            "log",
            "logs",
            "audit",
            "history",
            "session",
            "sessions",
            "event",
            "events",
            "message",
            "messages",
            "backup",
            "old",
            "tmp",
            "temp",
            "archive",
            "staging",
            "import",
            "imports",
            "queue",
            "jobs",
            "migrations",
            "staff",
            "employees",
            "employee",
            "admin",
            "admins",
            "suppliers",
            "vendors",
            "bestellungen",
            "bestellung",
            "auftraege",
            "rechnungen",
            "mitarbeiter",
            "lieferanten",
            "commandes",
            "commande",
            "factures",
            "employes",
            "fournisseurs",
            "tickets",
            "bounces",
            "sends",
            "deliveries",
            "outbox",
            "bak",
            "copy",
            "test",
            "products",
            "reviews",
            "cart",
            "carts");

    private final SurveyedTable table;
    private final List<Sampled> columns;
    private final List<Guess> guesses = new ArrayList<>();
    private final List<Guess> unknown = new ArrayList<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();
    private @Nullable String modified;

    TableLook(SurveyedTable table, List<List<@Nullable String>> sample) {
        this.table = table;
        this.columns = Sampled.of(table, sample);
        Contents first = new Contents(null, null);
        String country = region(first);
        Fit phone = country == null ? phone(first) : null;
        look(
                phone == null
                        ? new Contents(country, null)
                        : new Contents(phone.settings().region(), phone.doubt()));
    }

    /** Its names alone make it worth a look: it has addresses, numbers or documents, or is called after people. */
    static boolean promises(SurveyedTable table) {
        if (table.columns().size() < 2) return false;
        if (ColumnName.of(table.plainName()).words().stream().anyMatch(PEOPLE::contains)) return true;
        return table.columns().stream().anyMatch(column -> {
            Hint hint = ColumnName.of(column.name()).hint();
            return column.kind() == ColumnKind.JSON || (hint != null && REACHING.contains(hint.meaning()));
        });
    }

    private @Nullable String region(Contents contents) {
        for (Sampled column : columns) {
            Hint hint = column.name().hint();
            Fit fit = hint == null || hint.meaning() != Meaning.COUNTRY ? null : contents.fit(column, Meaning.COUNTRY);
            if (fit != null) return Contents.region(column, fit);
        }
        return null;
    }

    /** The first phone numbers that are of some country. */
    private @Nullable Fit phone(Contents contents) {
        for (Sampled column : columns) {
            Hint hint = column.name().hint();
            if (hint == null || hint.meaning().type() != FieldType.PHONE) continue;
            Fit fit = contents.fit(column, hint.meaning());
            if (fit != null && fit.settings().region() != null) return fit;
        }
        return null;
    }

    /** A name's word for a column, with the fit that does not speak against it. */
    private record Candidate(Guess guess, double strength) {
        double weight() {
            Sampled column = guess.column();
            double filled = column.rows().isEmpty()
                    ? 0
                    : (double) column.values().size() / column.rows().size();
            double empty = column.values().isEmpty() ? 3 : 0;
            return strength * 4 + guess.fit().share() + filled + (column.nested() ? 0 : 0.3) - empty;
        }
    }

    private void look(Contents contents) {
        List<Candidate> candidates = new ArrayList<>();
        for (Sampled column : columns) {
            Candidate candidate = candidate(column, contents);
            if (candidate != null) candidates.add(candidate);
        }
        candidates.sort(Comparator.comparingDouble(Candidate::weight).reversed());
        for (Candidate candidate : candidates) place(candidate.guess());
        sortNames();
        guesses.sort(Comparator.comparingInt(guess -> columns.indexOf(guess.column())));
    }

    private @Nullable Candidate candidate(Sampled column, Contents contents) {
        Hint hint = column.name().hint();
        String path = column.path().toString();
        if (hint != null && hint.meaning() == Meaning.SECRET && hint.strength() > 0.5) {
            leftOut.put(path, "a secret");
            return null;
        }
        if (hint != null && hint.meaning() == Meaning.MODIFIED && isTime(column)) {
            if (!column.nested() && (modified == null || hint.strength() == 1)) modified = path;
            leftOut.put(path, "the row's own time of change");
            return null;
        }
        if (column.name().pointer() && !knownNumber(hint)) {
            rest(column, hint);
            return null;
        }
        Guess plain = hint != null && hint.meaning().type() != FieldType.TEXT ? null : contents.unmistakable(column);
        if (plain != null && !column.reference()) return new Candidate(plain, 0.3);
        if (hint != null && column.values().isEmpty() && (column.nested() || hint.strength() < 0.9)) {
            leftOut.put(path, NOTHING);
            return null;
        }
        if (hint != null && hint.meaning().mapped() && !number(column, hint.meaning())) {
            Meaning meaning = titled(column, hint.meaning());
            Fit fit = contents.fit(column, meaning);
            if (fit != null) return new Candidate(Guess.of(column, meaning, fit, doubt(column, hint)), hint.strength());
        }
        Guess alone = contents.alone(column);
        if (alone != null && !column.reference()) return new Candidate(alone, 0.3);
        rest(column, hint);
        return null;
    }

    /** A number that the customer has, not one of ours. */
    private static boolean knownNumber(@Nullable Hint hint) {
        return hint != null
                && hint.strength() >= 0.9
                && switch (hint.meaning()) {
                    case CUSTOMER_NUMBER, LOYALTY_ID, TAX_ID, SECRET -> true;
                    default -> false;
                };
    }

    /** A title is what stands before a name, or else a job's. */
    private static Meaning titled(Sampled column, Meaning meaning) {
        boolean title =
                meaning == Meaning.SALUTATION && column.name().words().getLast().startsWith("tit");
        return title && !WordFits.salutations(column) ? Meaning.JOB_TITLE : meaning;
    }

    private static boolean isTime(Sampled column) {
        ColumnKind kind = column.kind();
        return kind == ColumnKind.DATE || kind == ColumnKind.TIMESTAMP || kind == ColumnKind.TIMESTAMPTZ;
    }

    /** A key that counts rows, or points at another table, is nobody's number. */
    private boolean number(Sampled column, Meaning meaning) {
        boolean identifier = meaning == Meaning.CUSTOMER_NUMBER || meaning == Meaning.LOYALTY_ID;
        boolean key = table.key().equals(List.of(column.path().first())) && column.kind() != ColumnKind.TEXT;
        return identifier && (key || column.reference());
    }

    private static @Nullable String doubt(Sampled column, Hint hint) {
        if (column.values().isEmpty()) return "by its name alone: it holds nothing";
        return hint.strength() < 0.6 ? "a part of its name says so" : null;
    }

    /** What is neither named nor recognised. */
    private void rest(Sampled column, @Nullable Hint hint) {
        String path = column.path().toString();
        if (!column.nested() && table.key().contains(column.path().first())) {
            leftOut.put(path, "the key");
        } else if (column.reference() || column.name().pointer()) {
            leftOut.put(path, "points at something else");
        } else if (hint != null && hint.meaning().consent() && isTime(column)) {
            leftOut.put(path, "a consent by its date: map a column that says yes or no");
        } else if (hint != null && !hint.meaning().mapped()) {
            leftOut.put(
                    path, hint.meaning() == Meaning.USERNAME ? "a name to sign in with" : "this table's own business");
        } else {
            Fit fit = plain(column);
            if (fit == null) {
                leftOut.put(path, unclear(column));
            } else {
                unknown.add(
                        new Guess(column, null, column.name().snake(), fit, List.of(), "what it means is not known"));
            }
        }
    }

    private static String unclear(Sampled column) {
        int different = column.counts().size();
        return different == 0 ? NOTHING : different == 1 ? "the same in every row" : "not understood";
    }

    private static @Nullable Fit plain(Sampled column) {
        Map<String, Integer> counts = column.counts();
        // What is the same for everybody says nothing about anybody.
        if (counts.size() < 2) return null;
        boolean words = counts.size() <= WORDS_MOST
                && column.values().size() >= WORTHWHILE
                && counts.size() * 4 <= column.values().size()
                && counts.keySet().stream().allMatch(word -> word.length() <= WORD_LENGTH_MOST);
        return switch (column.kind()) {
            case ARRAY -> Fit.plain(column, FieldType.SET);
            case BOOLEAN -> Fit.plain(column, FieldType.BOOLEAN);
            case NUMBER -> Fit.plain(column, FieldType.NUMBER);
            case JSON -> column.nested() ? Fit.plain(column, FieldType.SET) : null;
            case DATE -> Fit.plain(column, FieldType.DATE);
            case TEXT -> words ? Fit.plain(column, FieldType.TEXT) : null;
            default -> null;
        };
    }

    /** The best candidate of a meaning has its field; the next one of the same kind a field by its own name. */
    private void place(Guess guess) {
        Meaning meaning = Objects.requireNonNull(guess.meaning());
        boolean taken = guesses.stream().anyMatch(other -> other.field().equals(guess.field()));
        if (!taken) {
            guesses.add(guess);
        } else if (guess.column().values().isEmpty()) {
            leftOut.put(guess.column().path().toString(), NOTHING);
        } else if (meaning.consent()) {
            leftOut.put(guess.column().path().toString(), "seems to say what another column says");
        } else if (meaning == Meaning.PHONE && !has(Meaning.MOBILE)) {
            guesses.add(guess.meaning(Meaning.MOBILE).doubted("a second phone number"));
        } else {
            String own = guess.column().name().snake();
            boolean free = FieldReader.nameable(own)
                    && guesses.stream().noneMatch(other -> other.field().equals(own));
            if (free) guesses.add(guess.called(own).doubted("another column is the " + meaning.field()));
            if (!free) leftOut.put(guess.column().path().toString(), "seems to say what another column says");
        }
    }

    /** {@code name} beside a first name is the last name, unless it holds both. */
    private void sortNames() {
        Guess full = find(Meaning.FULL_NAME);
        if (full == null) return;
        Guess first = filled(Meaning.FIRST_NAME, full);
        Guess last = filled(Meaning.LAST_NAME, full);
        if (first == null && last == null) return;
        Guess part = Objects.requireNonNull(first != null ? first : last);
        guesses.remove(full);
        if (holds(full.column(), part.column())) {
            leftOut.put(full.column().path().toString(), "the names of other columns, together");
        } else if (first == null || last == null) {
            guesses.add(full.meaning(first == null ? Meaning.FIRST_NAME : Meaning.LAST_NAME));
        } else {
            leftOut.put(full.column().path().toString(), "another name beside the first and the last");
        }
    }

    /** The guess; a column that holds nothing, beside one that holds names, is none. */
    private @Nullable Guess filled(Meaning meaning, Guess full) {
        Guess part = find(meaning);
        boolean empty = part != null
                && part.column().values().isEmpty()
                && !full.column().values().isEmpty();
        if (part == null || !empty) return part;
        guesses.remove(part);
        leftOut.put(part.column().path().toString(), NOTHING);
        return null;
    }

    private static boolean holds(Sampled whole, Sampled part) {
        int both = 0;
        int within = 0;
        for (int i = 0; i < whole.rows().size(); i++) {
            String one = whole.rows().get(i);
            String other = part.rows().get(i);
            if (one == null || other == null || one.isBlank() || other.isBlank()) continue;
            both++;
            if (one.toLowerCase(Locale.ROOT).contains(other.strip().toLowerCase(Locale.ROOT))) within++;
        }
        return both > 0 && within * 2 > both;
    }

    /** How much it looks like people; from 5 on it does. Without a key it cannot be a platform. */
    double likeness() {
        return table.key().isEmpty() ? likenessWithKey() - 10 : likenessWithKey();
    }

    /** The same, were there a key. */
    double likenessWithKey() {
        double likeness = 0;
        Guess email = find(Meaning.EMAIL);
        if (email != null && !email.column().values().isEmpty()) likeness += distinct(email) >= 0.8 ? 4 : 0.5;
        Guess phone = has(Meaning.PHONE) ? find(Meaning.PHONE) : find(Meaning.MOBILE);
        if (phone != null) likeness += email == null && distinct(phone) >= 0.8 ? 3 : 1;
        if (has(Meaning.FIRST_NAME) && has(Meaning.LAST_NAME)) likeness += 2;
        if (has(Meaning.FULL_NAME)) likeness += 1;
        if (has(Meaning.BIRTH_DATE)) likeness += 1;
        if (guesses.stream()
                .anyMatch(guess -> guess.meaning() != null && guess.meaning().consent())) likeness += 1;
        if (has(Meaning.CITY) || has(Meaning.COUNTRY)) likeness += 0.5;
        List<String> words = ColumnName.of(table.plainName()).words();
        if (words.stream().anyMatch(PEOPLE::contains)) likeness += 2;
        if (recordsDeeds()) likeness -= 4;
        if (email == null && phone == null) likeness -= 3;
        return likeness;
    }

    /** Its name speaks of orders, logs, copies: what people do, and no people. */
    boolean recordsDeeds() {
        return ColumnName.of(table.plainName()).words().stream().anyMatch(NOT_PEOPLE::contains);
    }

    private static double distinct(Guess guess) {
        List<String> values = guess.column().values();
        Set<String> different = new TreeSet<>();
        for (String value : values)
            different.add(Contents.canonical(guess.fit().type(), guess.fit().settings(), value));
        return values.isEmpty() ? 0 : (double) different.size() / values.size();
    }

    private boolean has(Meaning meaning) {
        return find(meaning) != null;
    }

    /** The column that means this, or null. */
    @Nullable
    Guess find(Meaning meaning) {
        return guesses.stream().filter(guess -> guess.is(meaning)).findFirst().orElse(null);
    }

    /** The column by which its rows belong to rows of the other; null: none. */
    @Nullable
    String pointer(TableLook other) {
        String key = other.table.key().size() == 1 ? other.table.key().getFirst() : "";
        String one = other.table.plainName().replaceFirst("e?s$", "");
        for (SurveyedTable.Found column : table.columns()) {
            String name = column.name();
            boolean called = name.equalsIgnoreCase(one + "_id") || (name.equals(key) && !name.equalsIgnoreCase("id"));
            if (other.table.name().equals(column.pointsAt())
                    || (called && !table.key().equals(List.of(name)))) return name;
        }
        return null;
    }

    SurveyedTable table() {
        return table;
    }

    /** In the order of the columns. */
    List<Guess> guesses() {
        return guesses;
    }

    /** Columns that could be read, though nobody knows what they mean. */
    List<Guess> unknown() {
        return unknown;
    }

    /** By path, why a column is not mapped. */
    Map<String, String> leftOut() {
        return leftOut;
    }

    @Nullable
    String modified() {
        return modified;
    }
}
