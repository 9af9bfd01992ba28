package dev.lockstep.simulator;

import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.simulator.ledger.Decisions;
import dev.lockstep.simulator.ledger.LedgerRecord;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.Shape;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The simulated people: who they are, where they sign up, and what they edit, by one stream of the seed. */
final class People {
    private static final String[] FIRST = {"Ada", "Bob", "Cleo", "Dan", "Eva", "Finn", "Gus", "Hana", "Ida", "Jan"};
    private static final String[] LAST = {"Ames", "Brook", "Clark", "Dunn", "Early", "Frost", "Gray", "Hill"};

    /** Where it is all about consents, people do so many times as much. */
    private static final int CONSENTS_TIMES = 6;

    private static final int FLIP = 65;
    private static final int TOGETHER = 75;

    /** A person, as of what they would type into a form today. */
    private static final class Person {
        final TreeMap<Integer, @Nullable String> says = new TreeMap<>();
        /** Where this person has an account: platform number and row. */
        final List<Account> accounts = new ArrayList<>();
    }

    record Account(SimulatedPlatform platform, Row row) {}

    private final World world;
    private final SplittableRandom random;
    private final boolean plain;
    private final boolean crowd;
    private final List<Person> persons = new ArrayList<>();
    private final Cut cut;
    private final boolean consents;
    private int fresh;
    private int deeds;

    /** @param plain nobody does more than edit ordinary fields */
    People(World world, SplittableRandom random, boolean plain, Options options) {
        this.cut = options.cut();
        this.crowd = options.crowds() && !options.consents();
        this.consents = options.consents();
        this.world = world;
        this.random = random;
        this.plain = plain;
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    // ---- before Lockstep comes

    void populate() {
        int count = consents ? 2 + random.nextInt(3) : crowd ? 6 + random.nextInt(36) : 4 + random.nextInt(8);
        count = Math.min(count, cut.people());
        for (int i = 0; i < count; i++) {
            Person person = person();
            if (!persons.isEmpty() && oneIn(5)) twin(person, pick(persons));
            if (oneIn(8)) person.says.put(Layout.EMAIL, "info@firm.example");
            persons.add(person);
            signUpSomewhere(person);
            while (oneIn(2)) signUpSomewhere(person);
            world.agenda.runUntil(world.agenda.nowMicros() + random.nextLong(10 * Agenda.MINUTE));
        }
    }

    private Person person() {
        Person person = new Person();
        int number = ++fresh;
        String first = FIRST[random.nextInt(FIRST.length)];
        person.says.put(
                Layout.EMAIL, "%s%03d@mail.example".formatted(first.toLowerCase(java.util.Locale.ROOT), number));
        person.says.put(Layout.PHONE, phone());
        if (!oneIn(3)) person.says.put(Layout.LOYALTY, "L%05d".formatted(number));
        person.says.put(Layout.FIRST_NAME, first);
        person.says.put(Layout.LAST_NAME, LAST[random.nextInt(LAST.length)]);
        person.says.put(
                Layout.BIRTH, "19%02d-0%d-1%d".formatted(40 + random.nextInt(60), 1 + random.nextInt(9), number % 9));
        return person;
    }

    private void twin(Person person, Person of) {
        for (int field : new int[] {Layout.LAST_NAME, Layout.BIRTH, Layout.PHONE}) {
            person.says.put(field, of.says.get(field));
        }
    }

    private String phone() {
        return "+1415%07d".formatted(2_000_000 + random.nextInt(40) * 1_000 + ++fresh);
    }

    private void signUpSomewhere(Person person) {
        SimulatedPlatform platform = pick(world.platforms);
        @Nullable String[] values = new String[platform.shapes().size()];
        for (Shape shape : platform.shapes()) {
            String value = person.says.get(shape.field());
            if (value == null) value = freshValue(shape.field());
            boolean leftOut = shape.field() != Layout.EMAIL && shape.field() != Layout.LAST_NAME && oneIn(5);
            values[shape.number()] = leftOut ? null : typed(shape, value);
        }
        String key = platform.insert(values, null, world.agenda.nowMicros());
        if (key != null) person.accounts.add(new Account(platform, Objects.requireNonNull(platform.row(key))));
        stirred(platform);
    }

    /** As typed: with a space or a capital too many at times. */
    private @Nullable String typed(Shape shape, @Nullable String value) {
        String raw = shape.render(value);
        if (raw == null || !oneIn(6)) return raw;
        return switch (shape.type()) {
            case EMAIL -> shape.key() ? raw : raw.toUpperCase(java.util.Locale.ROOT);
            case NAME, TEXT -> " " + raw;
            default -> raw;
        };
    }

    private @Nullable String freshValue(int field) {
        int number = ++fresh;
        return switch (field) {
            case Layout.EMAIL -> "new%04d@mail.example".formatted(number);
            case Layout.PHONE -> phone();
            case Layout.LOYALTY -> "M%05d".formatted(number);
            case Layout.FIRST_NAME -> FIRST[random.nextInt(FIRST.length)] + letters(number);
            case Layout.LAST_NAME -> LAST[random.nextInt(LAST.length)] + letters(number);
            case Layout.BIRTH -> "19%02d-1%d-2%d".formatted(40 + random.nextInt(60), random.nextInt(3), number % 9);
            case Layout.CITY -> "%c%04d Town".formatted('a' + random.nextInt(10), number);
            case Layout.TIER -> "t%04d".formatted(number);
            case Layout.SEGMENT -> "s%04d".formatted(number);
            case Layout.SHELF -> "shelf %d".formatted(number);
            case Layout.TAGS -> tags(null);
            default -> new String[] {"granted", "withdrawn", "unset"}[random.nextInt(3)];
        };
    }

    private static String letters(int number) {
        StringBuilder letters = new StringBuilder();
        for (int left = number + 26; left > 0; left /= 26) letters.append((char) ('a' + left % 26));
        return letters.toString();
    }

    private String tags(@Nullable String before) {
        var tags = Shape.setOf(before);
        String tag = "tag" + random.nextInt(6);
        if (!tags.remove(tag)) tags.add(tag);
        return String.join(",", tags);
    }

    // ---- life

    /** Plans what people do between now and then. */
    void live(long forMicros) {
        int actions = crowd ? 50 + random.nextInt(160) : 20 + random.nextInt(60);
        if (consents) actions *= CONSENTS_TIMES;
        for (int i = 0; i < actions; i++) world.agenda.after(random.nextLong(forMicros), this::act);
    }

    /** How many deeds there were, those included that were cut. */
    int deeds() {
        return deeds;
    }

    /** Counts a deed, and tells whether it is one that was cut. */
    boolean skips() {
        return cut.deeds().contains(++deeds);
    }

    private void act() {
        if (skips()) return;
        Account account = anyAccount();
        if (account == null) return;
        int what = plain ? 0 : random.nextInt(100);
        if (consents && !oneIn(10)) what = oneIn(4) ? TOGETHER : FLIP;
        if (what < 40) edit(account, anyShape(account));
        else if (what < 50) edit(account, identifying(account));
        else if (what < 56) clear(account);
        else if (what <= FLIP) flip(account);
        else if (what <= TOGETHER) together();
        else if (what < 84) signUp();
        else if (what < 88) delete(account);
        else if (what < 94) slip(account);
        else decide();
    }

    private @Nullable Account anyAccount() {
        List<Account> all = new ArrayList<>();
        for (SimulatedPlatform platform : world.platforms) {
            for (Row row : platform.rows().values()) all.add(new Account(platform, row));
        }
        return all.isEmpty() ? null : pick(all);
    }

    private Shape anyShape(Account account) {
        while (true) {
            Shape shape = pick(account.platform.shapes());
            boolean identifies = shape.field() <= Layout.BIRTH && shape.field() != Layout.FIRST_NAME;
            if (!plain || !identifies && shape.field() != Layout.OPT_IN) return shape;
        }
    }

    static Shape consent(Account account) {
        return account.platform.shapes().stream()
                .filter(shape -> shape.field() == Layout.OPT_IN)
                .findFirst()
                .orElseThrow();
    }

    private Shape identifying(Account account) {
        List<Shape> those = account.platform.shapes().stream()
                .filter(shape -> shape.mapped() && shape.field() <= Layout.LOYALTY)
                .toList();
        return pick(those);
    }

    private void edit(Account account, Shape shape) {
        String now = account.row.raw[shape.number()];
        String value = shape.field() == Layout.TAGS ? tags(now) : freshValue(shape.field());
        set(account, shape, typed(shape, value));
    }

    private void clear(Account account) {
        Shape shape = anyShape(account);
        boolean never = shape.field() <= Layout.LAST_NAME && shape.field() >= Layout.FIRST_NAME;
        if (never || shape.key() || shape.field() == Layout.OPT_IN) return;
        set(account, shape, oneIn(2) ? null : "");
    }

    private void flip(Account account) {
        for (Shape shape : account.platform.shapes()) {
            if (shape.field() != Layout.OPT_IN) continue;
            boolean in = Objects.equals(shape.render("granted"), account.row.raw[shape.number()]);
            set(account, shape, shape.render(in ? "withdrawn" : "granted"));
            if (oneIn(2)) {
                world.agenda.after(random.nextLong(1, 200_000), () -> {
                    set(account, shape, shape.render(in ? "granted" : "withdrawn"));
                });
            }
            if (oneIn(4)) {
                world.agenda.after(random.nextLong(200_000, 2_000_000), () -> {
                    set(account, shape, shape.render(in ? "withdrawn" : "granted"));
                });
            }
        }
    }

    /** The same field on two platforms at nearly the same time. */
    private void together() {
        Person person = pick(persons);
        if (person.accounts.size() < 2) return;
        Account one = pick(person.accounts);
        Account other = pick(person.accounts);
        Shape shape = consents ? consent(one) : anyShape(one);
        edit(one, shape);
        for (Shape its : other.platform.shapes()) {
            if (its.field() != shape.field()) continue;
            world.agenda.after(random.nextLong(1, oneIn(2) ? 5_000 : 500_000), () -> edit(other, its));
        }
    }

    private void signUp() {
        if (oneIn(2)) persons.add(person());
        signUpSomewhere(oneIn(2) ? persons.getLast() : pick(persons));
    }

    private void delete(Account account) {
        String key = account.row.key;
        SimulatedPlatform platform = account.platform;
        if (platform.row(key) != account.row) return;
        @Nullable String[] raw = account.row.raw.clone();
        platform.delete(key, world.agenda.nowMicros());
        stirred(platform);
        if (!oneIn(2)) return;
        world.agenda.after(random.nextLong(1_000, 40_000_000), () -> {
            platform.insert(raw, key, world.agenda.nowMicros());
            stirred(platform);
        });
    }

    /** Another's address, typed by mistake, and put right a while later. */
    private void slip(Account account) {
        Account another = anyAccount();
        Shape shape = identifying(account);
        if (another == null || another.row == account.row) return;
        String own = account.row.raw[shape.number()];
        for (Shape its : another.platform.shapes()) {
            if (its.field() != shape.field()) continue;
            String theirs = its.read(another.row.raw[its.number()]);
            if (theirs == null) return;
            set(account, shape, shape.render(theirs));
            world.agenda.after(random.nextLong(100_000, 60_000_000), () -> {
                if (account.row.origin[shape.number()] > 0) set(account, shape, own);
            });
        }
    }

    /** An operator's word about two records. */
    private void decide() {
        List<LedgerRecord> known = new ArrayList<>(world.ledger.records());
        if (known.size() < 2) return;
        RecordName one = pick(known).name;
        RecordName other = pick(known).name;
        if (one.equals(other) || world.ledger.decisions().answers().containsKey(Decisions.pair(one, other))) return;
        world.host().words().decide(one, other, oneIn(2));
    }

    /**
     * Who types into an identifying column just what our write there has replaced is taken for the platform going back
     * on it: whose record that is then, the reference model cannot say.
     */
    private boolean looksLikeAReversal(Account account, Shape shape, @Nullable String raw) {
        if (!shape.mapped() || !world.model.field(shape.field()).identifies()) return false;
        LedgerRecord record = world.ledger.occupant(account.platform.number(), account.row.key);
        if (record == null) return false;
        LedgerRecord.Cell cell = record.cells[shape.number()];
        return account.row.origin[shape.number()] < 0 && Objects.equals(shape.read(raw), shape.read(cell.replaced));
    }

    void set(Account account, Shape shape, @Nullable String raw) {
        Row now = account.platform.row(account.row.key);
        if (now != account.row || looksLikeAReversal(account, shape, raw)) return;
        boolean done = account.platform.update(account.row.key, shape.number(), raw, world.agenda.nowMicros());
        if (!done) return;
        if (shape.type() == FieldType.CONSENT) world.sometimes(Sometimes.CONSENT_CHANGED);
        stirred(account.platform);
    }

    void stirred(SimulatedPlatform platform) {
        if (world.hosted()) world.host().stirred(platform);
    }
}
