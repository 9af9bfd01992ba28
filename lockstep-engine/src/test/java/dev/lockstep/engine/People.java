package dev.lockstep.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * People who come, edit, opt out and in, get another e-mail address and go, on the tables themselves; and the ledger of
 * what all tables must come to hold, which knows nothing of the engine. No two of them are ever both right: the last
 * edit of a value is the one, nobody's name changes, a person's consent is spoken on one table only, and whoever goes,
 * or gets another address, does so when all tables hold the same of him.
 */
final class People {
    private static final int FEWEST = 12;
    private static final int MOST = 45;
    private static final int MOST_LEAVE = 8;

    /** What one person's records must hold. */
    record Person(
            int number, String email, String name, String city, String consent, boolean wasGranted, boolean gone) {
        private List<@Nullable String> row() {
            return Arrays.asList(email, name, city, consent);
        }
    }

    private final List<MemoryTable> tables;
    private final Random random;
    private final List<Person> ledger;
    private int serial;

    People(List<MemoryTable> tables, Random random, List<Person> ledger, int serial) {
        this.tables = tables;
        this.random = random;
        this.ledger = new ArrayList<>(ledger);
        this.serial = serial;
    }

    List<Person> ledger() {
        return List.copyOf(ledger);
    }

    int serial() {
        return serial;
    }

    long living() {
        return ledger.stream().filter(person -> !person.gone).count();
    }

    // ---- what they do

    /** One operation. */
    void act() {
        serial++;
        int roll = random.nextInt(100);
        if (living() < FEWEST || roll < 14 && living() < MOST) {
            appear();
            return;
        }
        List<Person> all = new ArrayList<>(ledger);
        all.removeIf(Person::gone);
        Person person = all.get(random.nextInt(all.size()));
        boolean done = roll >= 62
                && (roll < 70 ? moves(person) : roll < 86 ? speaks(person) : roll < 90 ? leaves(person) : false);
        if (!done) edits(person);
    }

    private void appear() {
        int number = ledger.size();
        boolean granted = random.nextInt(3) == 0;
        Person person = new Person(
                number,
                "p" + number + "-0@x.com",
                "Name" + serial,
                "City" + serial,
                granted ? "granted" : "unset",
                granted,
                false);
        ledger.add(person);
        int home = home(person);
        tables.get(home).put("k" + number, person.row().toArray(new @Nullable String[0]));
        // Some are known to two shops from the first.
        boolean twice = !tables.get(home).makesTwins && !tables.get(1 - home).makesTwins && random.nextInt(3) == 0;
        if (twice) tables.get(1 - home).put("k" + number, person.row().toArray(new @Nullable String[0]));
    }

    private int home(Person person) {
        return person.number % tables.size();
    }

    private void edits(Person person) {
        int from = random.nextInt(tables.size());
        for (int i = 0; i < tables.size(); i++) {
            MemoryTable table = tables.get((from + i) % tables.size());
            String key = key(table, person);
            if (key == null) continue;
            String city = "City" + serial;
            table.edit(key, Town.CITY, city);
            is(new Person(
                    person.number, person.email, person.name, city, person.consent, person.wasGranted, person.gone));
            return;
        }
    }

    private boolean moves(Person person) {
        if (!agreed(person)) return false;
        String email = "p" + person.number + "-" + serial + "@x.com";
        MemoryTable table = tables.get(random.nextInt(tables.size()));
        table.edit(held(table, person), Town.EMAIL, email);
        is(new Person(person.number, email, person.name, person.city, person.consent, person.wasGranted, person.gone));
        return true;
    }

    private boolean speaks(Person person) {
        MemoryTable table = tables.get(home(person));
        String consent = "granted".equals(person.consent) ? "withdrawn" : "granted";
        table.edit(held(table, person), Town.CONSENT, consent);
        boolean granted = person.wasGranted || consent.equals("granted");
        is(new Person(person.number, person.email, person.name, person.city, consent, granted, person.gone));
        return true;
    }

    private boolean leaves(Person person) {
        long left = ledger.stream().filter(Person::gone).count();
        if (left >= MOST_LEAVE || living() <= FEWEST || !agreed(person)) return false;
        MemoryTable table = tables.get(random.nextInt(tables.size()));
        table.delete(held(table, person));
        is(new Person(person.number, person.email, person.name, person.city, person.consent, person.wasGranted, true));
        return true;
    }

    private void is(Person person) {
        ledger.set(person.number, person);
    }

    /** All tables hold what they should of a person. */
    private boolean agreed(Person person) {
        return tables.stream()
                .allMatch(table -> Collections.frequency(table.contents().values(), person.row()) == 1);
    }

    private static @Nullable String key(MemoryTable table, Person person) {
        for (Map.Entry<String, List<@Nullable String>> row : table.contents().entrySet()) {
            if (of(row.getValue().get(Town.EMAIL)) == person.number) return row.getKey();
        }
        return null;
    }

    private static String held(MemoryTable table, Person person) {
        return Objects.requireNonNull(key(table, person));
    }

    private static int of(@Nullable String email) {
        return email == null ? -1 : Integer.parseInt(email.substring(1, email.indexOf('-')));
    }

    // ---- what must come of it

    /** The person whom a record with this address is of. */
    Person person(String email) {
        return ledger.get(of(email));
    }

    /** What any table holds that it should not, or lacks; empty when all is as it should be. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        for (MemoryTable table : tables) {
            List<List<@Nullable String>> extra =
                    new ArrayList<>(table.contents().values());
            for (Person person : ledger) {
                if (person.gone || extra.remove(person.row())) continue;
                differences.add("table " + table.number + " lacks " + person.row());
            }
            extra.forEach(row -> differences.add("table " + table.number + " should not hold " + row));
        }
        return differences;
    }
}
