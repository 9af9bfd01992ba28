package dev.lockstep.core.machine;

import dev.lockstep.core.lens.ColumnLens;
import dev.lockstep.core.lens.ColumnOptions;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Keep;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlainPlatform;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.Decision;
import dev.lockstep.core.state.Former;
import dev.lockstep.core.state.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Made-up records and what happens to them, drawn from a seed: the world that the machines are told about. */
final class Crowd {
    static final int PHONE = 0;
    static final int EMAIL = 1;
    static final int CARD = 2;
    static final int GIVEN = 3;
    static final int FAMILY = 4;
    static final int BORN = 5;
    static final int FIELDS = 6;
    static final int EMAIL_COLUMN = 0;
    static final int MOST_MADE = 5;

    private static final List<String> GIVEN_NAMES = List.of("ada", "bob", "a", "robert");
    private static final List<String> FAMILY_NAMES = List.of("lovelace", "king");

    enum Kind {
        SAID,
        GONE,
        RENAMED,
        WROTE,
        MADE,
        SAME,
        DIFFERENT
    }

    /**
     * One thing that happened.
     *
     * @param record to whom; for MADE: the record under whose claim another was made
     * @param key the key that the record lives under now
     * @param from for RENAMED: the key it lived under
     * @param says by field, what it says now; for WROTE and MADE the e-mail address that Lockstep wrote
     * @param other for decisions the other record, for MADE the one made
     */
    record Input(
            Kind kind,
            RecordName record,
            String key,
            @Nullable String from,
            List<@Nullable String> says,
            @Nullable RecordName other,
            long stamp) {}

    /** A record as the world knows it. */
    static final class Person {
        final RecordName name;
        String key;
        boolean live = true;
        boolean housed = true;

        @Nullable
        RecordName madeFor;

        @Nullable
        String holds;

        final List<@Nullable String> says = new ArrayList<>(Arrays.asList(new @Nullable String[FIELDS]));
        final List<List<String>> before = new ArrayList<>();
        final TreeMap<RecordName, Input> decisions = new TreeMap<>();

        Person(RecordName name) {
            this.name = name;
            key = name.key();
            for (int field = 0; field < FIELDS; field++) before.add(new ArrayList<>());
        }

        void say(List<@Nullable String> now) {
            for (int field = 0; field < FIELDS; field++) {
                String was = says.get(field);
                String is = now.get(field);
                if (was != null && !was.equals(is)) before.get(field).add(was);
                if (is != null) before.get(field).removeIf(is::equals);
                says.set(field, is);
            }
            holds = now.get(EMAIL);
        }
    }

    final TreeMap<RecordName, Person> people = new TreeMap<>();
    private final TreeMap<String, Person> occupants = new TreeMap<>();
    private final TreeMap<String, Integer> births = new TreeMap<>();
    private final Random random;
    private final boolean renames;
    private final int platforms;
    private final int keys;
    private final int values;
    private final int popular;
    private final int decisionsOfHundred;
    private final int namesOfHundred;
    private final ArrayList<Input> due = new ArrayList<>();
    private long stamp;
    private int made;
    final int sharedLimit;

    /** @param renames also renames, which only a host that routes observations by key can follow */
    Crowd(Random random, boolean renames) {
        this.random = random;
        this.renames = renames;
        platforms = 1 + random.nextInt(3);
        keys = 4 + random.nextInt(13);
        values = 1 + random.nextInt(5);
        popular = random.nextInt(3);
        decisionsOfHundred = random.nextInt(3) * 8;
        namesOfHundred = random.nextInt(4) * 30;
        sharedLimit = 1 + random.nextInt(3);
    }

    /** The next thing that happens; it has happened to {@link #people} when this returns. */
    Input next() {
        while (true) {
            Input input = due.isEmpty() ? draw() : due.removeFirst();
            if (input == null) continue;
            stamp++;
            return input;
        }
    }

    /** Both halves of every decision have been told. */
    boolean atRest() {
        return due.isEmpty();
    }

    private @Nullable Input draw() {
        int dice = random.nextInt(100);
        if (dice < decisionsOfHundred) return decide();
        if (dice < decisionsOfHundred + 5) return make();
        if (dice < decisionsOfHundred + 10) return wrote();
        if (renames && dice < decisionsOfHundred + 17) return rename();
        int number = random.nextInt(keys + made);
        int platform = number < keys ? number % platforms : 0;
        String key = number < keys ? "k" + number : "m" + (number - keys);
        Person person = occupants.get(platform + key);
        if (person != null && person.live && dice >= 86) {
            person.live = false;
            return input(Kind.GONE, person, null, null);
        }
        if (person == null) person = birth(platform, key);
        if (!person.live) person.madeFor = null;
        person.live = true;
        person.say(edit(person));
        return input(Kind.SAID, person, null, null);
    }

    private Person birth(int platform, String key) {
        int birth = births.merge(platform + key, 1, Integer::sum) - 1;
        Person person = new Person(new RecordName(platform, key, birth));
        people.put(person.name, person);
        occupants.put(platform + key, person);
        return person;
    }

    private List<@Nullable String> edit(Person person) {
        List<@Nullable String> says = new ArrayList<>(person.says);
        boolean few = random.nextBoolean();
        for (int field = 0; field < FIELDS; field++) {
            if (few && random.nextInt(3) > 0) continue;
            says.set(field, value(field));
        }
        return says;
    }

    private @Nullable String value(int field) {
        boolean blank =
                random.nextInt(100) >= (field < GIVEN ? 60 : field == BORN ? namesOfHundred / 2 : namesOfHundred);
        if (blank) return null;
        int number = random.nextInt(3) < popular ? 0 : random.nextInt(values);
        return switch (field) {
            case PHONE -> "+49" + number;
            case EMAIL -> "e" + number + "@x.com";
            case CARD -> "c" + number;
            case GIVEN -> GIVEN_NAMES.get(random.nextInt(GIVEN_NAMES.size()));
            case FAMILY -> FAMILY_NAMES.get(random.nextInt(FAMILY_NAMES.size()));
            default -> "1815-12-1" + random.nextInt(2);
        };
    }

    private @Nullable Input decide() {
        Person one = any();
        Person other = any();
        if (one == null || other == null || one == other) return null;
        Kind kind = random.nextBoolean() ? Kind.SAME : Kind.DIFFERENT;
        Input ours = input(kind, one, null, other.name);
        Input theirs = input(kind, other, null, one.name);
        one.decisions.put(other.name, ours);
        other.decisions.put(one.name, theirs);
        due.add(theirs);
        return ours;
    }

    private @Nullable Input make() {
        Person by = any();
        if (by == null || made == MOST_MADE) return null;
        Person person = birth(0, "m" + made++);
        person.madeFor = by.name;
        person.holds = by.says.get(EMAIL);
        return new Input(Kind.MADE, by.name, person.key, null, Arrays.asList(person.holds), person.name, stamp);
    }

    private @Nullable Input wrote() {
        Person person = any();
        if (person == null || !person.live) return null;
        person.holds = value(EMAIL);
        return new Input(Kind.WROTE, person.name, person.key, null, Arrays.asList(person.holds), null, stamp);
    }

    private @Nullable Input rename() {
        Person person = any();
        if (person == null || !person.live || !person.housed) return null;
        String to = "k" + random.nextInt(keys);
        int platform = person.name.platform();
        if (to.equals(person.key)) return null;
        String from = person.key;
        Person before = occupants.put(platform + to, person);
        if (before != null) {
            before.live = false;
            before.housed = false;
        }
        occupants.remove(platform + from);
        person.key = to;
        return input(Kind.RENAMED, person, from, null);
    }

    private @Nullable Person any() {
        if (people.isEmpty()) return null;
        return new ArrayList<>(people.values()).get(random.nextInt(people.size()));
    }

    private Input input(Kind kind, Person person, @Nullable String from, @Nullable RecordName other) {
        return new Input(kind, person.name, person.key, from, new ArrayList<>(person.says), other, stamp);
    }

    // ---- what becomes of a token by it: the least of edits that will do here

    static void apply(Input input, Member member) {
        switch (input.kind()) {
            case SAID, RENAMED -> {
                if (!member.live) member.madeFor = null;
                member.live = true;
                member.key = input.key();
                for (int field = 0; field < FIELDS; field++)
                    say(member, field, input.says().get(field));
                if (input.kind() == Kind.SAID)
                    member.columnOrNew(EMAIL_COLUMN).raw = input.says().get(EMAIL);
            }
            case GONE -> member.live = false;
            case WROTE -> member.columnOrNew(EMAIL_COLUMN).raw = input.says().getFirst();
            case SAME, DIFFERENT -> {
                RecordName other = Objects.requireNonNull(input.other());
                Decision known = member.decisions.get(other);
                if (known != null && known.stampMicros() >= input.stamp()) return;
                member.decisions.put(other, new Decision(other, input.kind() == Kind.SAME, input.stamp()));
            }
            case MADE -> throw new IllegalArgumentException("made by a group, not edited");
        }
    }

    private static void say(Member member, int field, @Nullable String text) {
        Claim last = member.claims.get(field);
        String was = last == null || last.value() == null ? null : last.value().key();
        if (was == null ? text == null : was.equals(text)) return;
        Value value = text == null ? null : Value.of(text);
        member.claims.put(field, Claim.of(value, text, new Stamp(1, member.name.platform()), 0, last == null));
        if (was != null) member.formers.add(new Former(new IdentifierKey(field, was), 1));
        if (text != null) {
            IdentifierKey now = new IdentifierKey(field, text);
            member.formers.removeIf(former -> former.identifier().equals(now));
        }
    }

    Model model(int groupLimit) {
        List<Field> fields = List.of(
                field(PHONE, "phone", FieldType.PHONE, 5, 1),
                field(EMAIL, "email", FieldType.EMAIL, 1, sharedLimit),
                field(CARD, "card", FieldType.TEXT, 3, sharedLimit),
                field(GIVEN, "given_name", FieldType.NAME, 0, 0),
                field(FAMILY, "family_name", FieldType.NAME, 2, 0),
                field(BORN, "born", FieldType.DATE, 4, 0));
        List<PlatformModel> all = new ArrayList<>();
        for (int platform = 0; platform < platforms; platform++) all.add(platform(platform));
        return new Model(fields, all, groupLimit);
    }

    private static Field field(int number, String name, FieldType type, int order, int sharedLimit) {
        boolean identifies = number < GIVEN;
        return new Field(
                number,
                name,
                type,
                Settings.NONE,
                Keep.LATEST,
                identifies,
                order,
                sharedLimit,
                number == BORN,
                null,
                false);
    }

    private static PlatformModel platform(int number) {
        ColumnLens lens = ColumnLens.of(ColumnOptions.of(FieldType.EMAIL));
        Column email = new Column(
                EMAIL_COLUMN, "email", EMAIL, lens, null, List.of(), true, false, true, false, false, null, false);
        return PlainPlatform.of(number, List.of(email));
    }
}
