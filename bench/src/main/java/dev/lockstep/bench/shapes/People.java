package dev.lockstep.bench.shapes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ledger: who is known where, what each row says, and which rows are of one customer. Written down while the rows
 * are made up, by the rules of the semantics and without asking Lockstep.
 */
final class People {

    private static final String[] FIRST = {
        "Anna", "Bert", "Carla", "Dmitri", "Elif", "Fiona", "Goran", "Hélène", "Ignacio", "Jana", "Kofi", "Lotte",
        "Mira", "Nils", "Ottilie", "Pedro", "Quentin", "Ruth", "Stefan", "Tamara", "Ulrich", "Vera", "Wanda", "Xenia",
        "Yusuf"
    };
    private static final String[] LAST = {
        "Abel", "Brandt", "Cohen", "Dahl", "Engel", "Fuchs", "Grün", "Haas", "Ibsen", "Jung", "Kraus", "Lenz", "Maier",
        "Nagel", "Olsen", "Peters", "Quint", "Roth", "Sommer", "Thoma", "Unger", "Vogel", "Weiß", "Young", "Zander"
    };
    private static final String[] COUNTRIES = {"US", "DE", "FR", "GB", "CA"};
    private static final String[] TIERS = {"bronze", "silver", "gold"};
    private static final String[] LABELS = {"vip", "press", "staff", "beta", "wholesale", "student"};

    final List<List<Row>> rows = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    /** Customers for whom another's record may stand in the way: a row may be made for them, or not. */
    final Set<Integer> mayBeTaken = new HashSet<>();

    int customers;

    private final Random random;
    private final int size;
    private long clockMicros = 1_500_000_000_000_000L;

    /** @param size rows in billing; support has four fifths of that, club three */
    People(long seed, int size) {
        this.random = new Random(seed);
        this.size = size;
        int people = size * 13 / 10;
        for (int i = 0; i < people; i++) {
            boolean[] known = {i < size, i >= size * 2 / 5 && i < size * 12 / 10, i >= size * 7 / 10};
            person(i, known);
        }
    }

    /** How the rows of one person are tied together. */
    private void person(int i, boolean[] known) {
        int kind = random.nextInt(1000);
        if (kind < 640) {
            byEmail(i, known);
        } else if (kind < 760) {
            byMember(i, known);
        } else if (kind < 880) {
            byPhone(i, known);
        } else if (kind < 930) {
            byNothing(i, known);
        } else if (kind < 940) {
            apartByBirth(i, known);
        } else if (kind < 960 && known[Tables.BILLING]) {
            twoAccounts(i, known);
        } else if (kind < 970) {
            nameless(i, known);
        } else {
            onePhoneTwoNames(i, known);
        }
    }

    private void byEmail(int i, boolean[] known) {
        int customer = customers++;
        for (int p = 0; p < 3; p++) {
            if (known[p]) {
                var row = row(p, customer, i);
                say(row, Field.EMAIL, email(i, ""));
                if (random.nextInt(10) < 6) {
                    say(row, Field.PHONE, phone(i));
                }
                if (random.nextInt(10) < 3) {
                    say(row, Field.MEMBER, "M-" + i);
                }
                row.garbledPhone = p == Tables.SUPPORT && row.says(Field.PHONE) == null && random.nextInt(20) == 0;
                finish(row);
            }
        }
    }

    private void byMember(int i, boolean[] known) {
        int customer = customers++;
        for (int p = 0; p < 3; p++) {
            if (known[p]) {
                var row = row(p, customer, i);
                say(row, Field.MEMBER, "M-" + i);
                if (random.nextInt(3) > 0) {
                    say(row, Field.EMAIL, email(i, "p" + p + "."));
                }
                finish(row);
            }
        }
    }

    /** Other addresses everywhere, the same phone and the same names: a phone joins those. */
    private void byPhone(int i, boolean[] known) {
        int customer = customers++;
        for (int p = 0; p < 3; p++) {
            if (known[p]) {
                var row = row(p, customer, i);
                say(row, Field.FIRST, FIRST[i % FIRST.length]);
                say(row, Field.LAST, LAST[i / 7 % LAST.length].toUpperCase(Locale.ROOT));
                say(row, Field.PHONE, phone(i));
                say(row, Field.EMAIL, email(i, "p" + p + "."));
                finish(row);
            }
        }
    }

    private void byNothing(int i, boolean[] known) {
        for (int p = 0; p < 3; p++) {
            if (known[p]) {
                var row = row(p, customers++, i);
                say(row, Field.EMAIL, email(i, "p" + p + "."));
                finish(row);
            }
        }
    }

    /** One mailbox, two birth dates: two customers, and each stands in the other's way. */
    private void apartByBirth(int i, boolean[] known) {
        int one = customers++;
        int other = customers++;
        mayBeTaken.add(one);
        mayBeTaken.add(other);
        for (int p = 0; p < 3; p++) {
            if (known[p]) {
                var row = row(p, p == Tables.CLUB || p == Tables.SUPPORT && i % 2 == 0 ? other : one, i);
                say(row, Field.EMAIL, email(i, ""));
                say(row, Field.BORN, row.customer == one ? "1950-04-01" : "1980-12-24");
                finish(row);
            }
        }
    }

    /** Two accounts in billing under two addresses; each of the others knows both the address of one and the number of the other. */
    private void twoAccounts(int i, boolean[] known) {
        int customer = customers++;
        var first = row(Tables.BILLING, customer, i);
        say(first, Field.EMAIL, email(i, ""));
        finish(first);
        if (!known[Tables.SUPPORT] && !known[Tables.CLUB]) {
            return;
        }
        var second = new Row(Tables.BILLING, customer, "second|" + i, tick());
        saySomething(second, i);
        say(second, Field.EMAIL, email(i, "second."));
        say(second, Field.MEMBER, "M-" + i);
        finish(second);
        for (int p = 1; p < 3; p++) {
            if (known[p]) {
                var row = row(p, customer, i);
                say(row, Field.EMAIL, email(i, ""));
                say(row, Field.MEMBER, "M-" + i);
                finish(row);
            }
        }
    }

    /** Nothing to know them by: they stay where they are. */
    private void nameless(int i, boolean[] known) {
        for (int p = 0; p < 3; p++) {
            if (known[p]) {
                finish(row(p, customers++, i));
            }
        }
    }

    /** A phone in common, other names, other addresses: a family. */
    private void onePhoneTwoNames(int i, boolean[] known) {
        for (int p = 0; p < 3; p++) {
            if (known[p]) {
                mayBeTaken.add(customers);
                var row = row(p, customers++, i);
                say(row, Field.FIRST, FIRST[p]);
                say(row, Field.LAST, LAST[p]);
                say(row, Field.PHONE, phone(i));
                say(row, Field.EMAIL, email(i, "p" + p + "."));
                finish(row);
            }
        }
    }

    /** A row that says the usual, each in its own way. */
    private Row row(int platform, int customer, int i) {
        var key = switch (platform) {
            case Tables.BILLING -> (i % 3 == 0 ? "north" : "o'south, \"x\"") + "|" + i;
            case Tables.SUPPORT -> new UUID(random.nextLong(), random.nextLong()).toString();
            default -> "K-" + i;
        };
        var row = new Row(platform, customer, key, platform == Tables.SUPPORT ? null : tick());
        saySomething(row, i);
        return row;
    }

    private void saySomething(Row row, int i) {
        var first = FIRST[i % FIRST.length];
        say(
                row,
                Field.FIRST,
                random.nextInt(12) == 0 ? first + "a" : random.nextInt(8) == 0 ? " " + first + "  " : first);
        var last = LAST[i / 7 % LAST.length];
        say(row, Field.LAST, random.nextInt(9) == 0 ? last.toLowerCase(Locale.ROOT) : last);
        if (random.nextInt(3) > 0) {
            say(row, Field.BORN, "19%02d-%02d-%02d".formatted(i % 100, i % 12 + 1, i % 28 + 1));
        }
        if (random.nextInt(5) > 0) {
            say(row, Field.COUNTRY, COUNTRIES[random.nextInt(8) == 0 ? random.nextInt(5) : i % 5]);
        }
        // Nobody else's: whose claim has won can be read from it.
        say(
                row,
                Field.POINTS,
                (clockMicros % 1_000_000_007L + rows.get(row.platform).size()) + "." + row.platform + (i % 10));
        int consent = i % 10;
        var usual = consent < 5 ? "granted" : consent < 8 ? "withdrawn" : null;
        say(row, Field.CONSENT, random.nextInt(150) == 0 ? "withdrawn" : random.nextInt(6) == 0 ? null : usual);
        if (random.nextInt(4) > 0) {
            say(row, Field.TIER, TIERS[random.nextInt(3)]);
        }
        int labels = random.nextInt(4);
        if (labels > 0) {
            var some = LABELS[random.nextInt(6)];
            say(row, Field.LABELS, labels == 1 ? some : some + "," + LABELS[random.nextInt(6)]);
        }
    }

    private static void say(Row row, Field field, @Nullable String what) {
        row.says[field.ordinal()] = what;
    }

    /** Writes the cells, each platform with its own bad habits. */
    private void finish(Row row) {
        for (var field : Field.values()) {
            row.cell[field.ordinal()] = Tables.cell(row.platform, field, row.says(field));
        }
        var email = row.says(Field.EMAIL);
        if (email != null && random.nextInt(6) == 0) {
            row.cell[Field.EMAIL.ordinal()] = " " + email.toUpperCase(Locale.ROOT);
        }
        if (row.garbledPhone) {
            row.cell[Field.PHONE.ordinal()] = "ask her sister";
        }
        if (row.says(Field.TIER) == null && random.nextBoolean()) {
            row.cell[Field.TIER.ordinal()] = "";
        }
        rows.get(row.platform).add(row);
    }

    private static String email(int i, String prefix) {
        return prefix + "person" + i + "@" + (i % 2 == 0 ? "mail" : "post") + ".example";
    }

    /** Ten million to an area code: nobody has another's. */
    private static String phone(int i) {
        return "+1" + (i % 2 == 0 ? "212" : "415") + (2_000_000 + i);
    }

    private long tick() {
        // Never twice the same, and never in the order of the platforms.
        clockMicros += 1_000_003;
        return clockMicros + random.nextInt(900_000) * 1_000_000L;
    }

    int size() {
        return size;
    }
}
