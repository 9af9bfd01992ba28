package dev.lockstep.app.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The people of the demo, as the three databases first know them: overlapping, and messy in the ways that real ones
 * are. The same from every start.
 */
final class Town {

    /** Rows of the three databases, in the order of their insertion. */
    final List<Person> shop = new ArrayList<>();

    final List<Person> crm = new ArrayList<>();
    final List<Person> newsletter = new ArrayList<>();

    private final Random random;
    private int people;

    Town(long seed) {
        random = new Random(seed);
        for (int i = 0; i < 2350; i++) {
            resident(i);
        }
        for (int i = 0; i < 60; i++) {
            family(i);
        }
        for (int i = 0; i < 20; i++) {
            twins(i);
        }
        for (int i = 0; i < 5; i++) {
            fatherAndSon();
        }
        for (int i = 0; i < 25; i++) {
            twoAccounts();
        }
        for (int i = 0; i < 6; i++) {
            office(i);
        }
    }

    /** Somebody new: nobody's e-mail address, nobody's phone. */
    Person person() {
        int number = people++;
        var first = Words.one(random, Words.FIRST);
        var last = Words.one(random, Words.LAST);
        var born = LocalDate.of(1940, 1, 1).plusDays(random.nextInt(24_000));
        int sort = random.nextInt(20);
        return new Person(
                first,
                last,
                born,
                Words.one(random, Words.CITIES),
                Words.plain(first) + "." + Words.plain(last) + number + "@" + Words.one(random, Words.MAILS),
                phone(number),
                sort < 12 ? "granted" : sort < 16 ? "withdrawn" : "unset",
                interests());
    }

    private static String phone(int number) {
        return Words.AREAS.get(number / 1000 % Words.AREAS.size()) + "%04d".formatted(number % 1000);
    }

    private List<String> interests() {
        var some = new ArrayList<String>();
        for (int i = random.nextInt(3); i > 0; i--) {
            some.add(Words.one(random, Words.INTERESTS));
        }
        return some.stream().distinct().sorted().toList();
    }

    /** Known in one to three places, each with its own mistakes. */
    private void resident(int i) {
        var person = person();
        int where = 1 + random.nextInt(14);
        where = where > 7 ? 7 : where;
        // Unsubscribed in one place only: a few of those who are known everywhere.
        boolean torn = where == 7 && person.consent().equals("granted") && i % 50 == 0;
        int unsubscribed = torn ? i / 50 % 3 : -1;
        if ((where & 1) != 0) {
            shop.add(mistaken(unsubscribed == 0 ? person.withConsent("withdrawn") : person));
        }
        if ((where & 2) != 0) {
            crm.add(mistaken(unsubscribed == 1 ? person.withConsent("withdrawn") : person));
        }
        if ((where & 4) != 0) {
            newsletter.add(mistaken(unsubscribed == 2 ? person.withConsent("withdrawn") : person));
        }
    }

    /** Typed once more, by somebody in a hurry. */
    private Person mistaken(Person person) {
        return switch (random.nextInt(25)) {
            case 0, 1 -> person.withFirst(typo(person.first()));
            case 2, 3 -> person.withCity(Words.one(random, Words.CITIES));
            case 4 -> person.withFirst(person.first().toUpperCase(java.util.Locale.ROOT));
            case 5 -> person.withFirst(" " + person.first() + " ");
            case 6, 7 ->
                person.withEmail(person.email().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                        + person.email().substring(1));
            case 8, 9, 10 -> person.withPhone("");
            default -> person;
        };
    }

    /** Two neighbouring letters change places: {@code Grace -> Garce}. */
    private String typo(String name) {
        if (name.length() < 4) {
            return name + name.charAt(name.length() - 1);
        }
        int at = 1 + random.nextInt(name.length() - 2);
        return name.substring(0, at) + name.charAt(at + 1) + name.charAt(at) + name.substring(at + 2);
    }

    /** One telephone in the hall, and each with an address of her own: they are not one person. */
    private void family(int i) {
        var mother = person();
        var father = person().withPhone(mother.phone());
        shop.add(mother);
        (i % 2 == 0 ? crm : shop).add(father);
        newsletter.add(mother);
    }

    /** Same day, same house, same surname. */
    private void twins(int i) {
        var one = person();
        var other = person();
        var twin = new Person(
                other.first(),
                one.last(),
                one.born(),
                one.city(),
                other.email(),
                one.phone(),
                one.consent(),
                List.of());
        shop.add(one);
        shop.add(twin);
        (i % 2 == 0 ? crm : newsletter).add(one);
        crm.add(twin);
    }

    /** They share an address, and only their birth dates say that they are two. */
    private void fatherAndSon() {
        var father = person();
        var son = person().withEmail(father.email()).withBorn(father.born().plusYears(27));
        shop.add(father);
        crm.add(son);
    }

    /** Two log-ins in the shop, under two addresses; the CRM has the address of one and the phone of the other. */
    private void twoAccounts() {
        var person = person();
        shop.add(person.withPhone(""));
        var work = person.withEmail("work." + person.email());
        shop.add(work);
        crm.add(person);
    }

    /** A mailbox that five people read identifies none of them. */
    private void office(int i) {
        for (int desk = 0; desk < 5; desk++) {
            shop.add(person().withEmail("info@office" + i + ".example"));
        }
    }
}
