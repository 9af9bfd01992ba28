package dev.lockstep.simulator.identity;

import dev.lockstep.core.lens.ColumnLens;
import dev.lockstep.core.lens.ColumnOptions;
import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Keep;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Observation.Origin;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.core.state.Decision;
import dev.lockstep.simulator.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happens to some records, drawn from a seed: identifiers gained, lost and shared, keys renamed and taken by
 * others, records that go and come back, names and birth dates that stand against a join, and people's answers.
 */
final class Script {
    static final int EMAIL = 0;
    static final int PHONE = 1;
    static final int CARD = 2;
    static final int GIVEN = 3;
    static final int FAMILY = 4;
    static final int BORN = 5;
    static final int FIELDS = 6;

    private static final List<String> GIVEN_NAMES = List.of("ada", "bob", "a", "robert");
    private static final List<String> FAMILY_NAMES = List.of("lovelace", "king");
    private static final FieldType[] TYPES = {
        FieldType.EMAIL, FieldType.PHONE, FieldType.TEXT, FieldType.NAME, FieldType.NAME, FieldType.DATE
    };

    /**
     * One thing that Lockstep is told.
     *
     * @param line those of one line are told in their order, those of different lines in any
     * @param to the machine that is told
     * @param versioned shown again, or late, it must change nothing
     */
    record Input(int line, Address.Slot to, Message.ToRecord message, boolean versioned) {}

    final Model model;
    final List<Input> inputs = new ArrayList<>();
    final TreeMap<RecordName, Person> people = new TreeMap<>();

    private final SplittableRandom random;
    private final List<Boolean> streams = new ArrayList<>();
    /** Who lives, or lived last, under a platform's key. */
    private final TreeMap<String, Person> occupants = new TreeMap<>();
    /** In which line a platform's key is told of. */
    private final TreeMap<String, Integer> lines = new TreeMap<>();

    private final TreeMap<String, Integer> births = new TreeMap<>();
    private final int values;
    private final int popular;
    private final int named;
    private final int answers;
    private int keys;

    /**
     * @param things how many things happen
     * @param groupLimit the most records that a group may hold
     */
    Script(long seed, int things, int groupLimit) {
        random = new SplittableRandom(seed);
        int platforms = 1 + random.nextInt(3);
        values = 1 + random.nextInt(6);
        popular = random.nextInt(3);
        named = random.nextInt(4) * 30;
        answers = random.nextInt(3) * 7;
        model = model(platforms, groupLimit);
        int most = 3 + random.nextInt(14);
        for (int i = 0; i < things; i++) happen(most);
    }

    int limit(int field) {
        return model.field(field).sharedLimit();
    }

    // ---- what happens

    private void happen(int most) {
        int dice = random.nextInt(100);
        List<Person> all = new ArrayList<>(people.values());
        if (all.isEmpty() || all.size() < most && dice < 25) {
            appear();
            return;
        }
        Person one = all.get(random.nextInt(all.size()));
        if (dice < 25 + answers) answer(one, all.get(random.nextInt(all.size())));
        else if (!one.live) comeBack(one);
        else if (dice < 50) leave(one);
        else if (dice < 60 && streams.get(one.name.platform())) rename(one);
        else edit(one);
    }

    private void appear() {
        int platform = random.nextInt(model.platforms().size());
        Person person = birth(platform, freshKey(platform));
        tell(person, null);
    }

    private String freshKey(int platform) {
        String key = "k%02d".formatted(keys++);
        lines.put(platform + key, keys);
        return key;
    }

    private Person birth(int platform, String key) {
        int birth = births.merge(platform + key, 1, Integer::sum) - 1;
        Integer line = lines.get(platform + key);
        Person person = new Person(new RecordName(platform, key, birth), line == null ? 0 : line);
        people.put(person.name, person);
        occupants.put(platform + key, person);
        for (int field = 0; field < FIELDS; field++) person.say(field, value(field));
        return person;
    }

    /** Of a record whose key somebody else has, nothing is heard any more. */
    private void comeBack(Person person) {
        String slot = person.name.platform() + person.key;
        if (occupants.get(slot) != person) return;
        person.live = true;
        for (int field = 0; field < FIELDS; field++) if (random.nextInt(3) == 0) person.say(field, value(field));
        tell(person, null);
    }

    private void leave(Person person) {
        person.live = false;
        Observation seen = Observation.gone(
                person.name.platform(), person.key, origin(person), version(person), dated(person), inputs.size());
        input(person, person.key, seen);
    }

    private void edit(Person person) {
        boolean few = random.nextBoolean();
        for (int field = 0; field < FIELDS; field++) {
            if (!few || random.nextInt(3) == 0) person.say(field, value(field));
        }
        tell(person, null);
    }

    /** To a new key, or to one that its line knows: then who lives there is no more. What is left may be born into. */
    private void rename(Person person) {
        int platform = person.name.platform();
        String from = person.key;
        List<String> known = new ArrayList<>();
        lines.forEach((slot, line) -> {
            boolean its = line == person.line
                    && slot.startsWith("" + platform)
                    && !slot.substring(1).equals(from);
            if (its) known.add(slot.substring(1));
        });
        boolean fresh = known.isEmpty() || random.nextBoolean();
        String to = fresh ? freshKey(platform) : known.get(random.nextInt(known.size()));
        lines.put(platform + to, person.line);
        Person there = occupants.put(platform + to, person);
        if (there != null) there.live = false;
        occupants.remove(platform + from);
        person.key = to;
        if (random.nextBoolean()) person.say(EMAIL, value(EMAIL));
        tell(person, from);
        if (random.nextInt(3) == 0) tell(birth(platform, from), null);
    }

    private void answer(Person one, Person other) {
        if (one == other) return;
        boolean same = random.nextBoolean();
        one.words.put(other.name, same);
        other.words.put(one.name, same);
        long stamp = inputs.size();
        for (Person each : List.of(one, other)) {
            RecordName about = each == one ? other.name : one.name;
            Message.Decided word = new Message.Decided(each.name, new Decision(about, same, stamp));
            inputs.add(new Input(each.line, Address.Slot.of(each.name), word, true));
        }
    }

    private @Nullable String value(int field) {
        int blank = field < GIVEN ? 40 : 100 - (field == BORN ? named / 2 : named);
        if (random.nextInt(100) < blank) return null;
        int number = random.nextInt(3) < popular ? 0 : random.nextInt(values);
        return switch (field) {
            case EMAIL -> "e" + number + "@mail.example";
            case PHONE -> "+1415200000" + number;
            case CARD -> "card " + number;
            case GIVEN -> GIVEN_NAMES.get(random.nextInt(GIVEN_NAMES.size()));
            case FAMILY -> FAMILY_NAMES.get(random.nextInt(FAMILY_NAMES.size()));
            default -> "1815-12-1" + random.nextInt(2);
        };
    }

    // ---- how it is shown

    private void tell(Person person, @Nullable String from) {
        @Nullable String[] raw = new String[FIELDS];
        for (int field = 0; field < FIELDS; field++) raw[field] = typed(field, person.says.get(field));
        Observation seen = new Observation(
                person.name.platform(),
                person.key,
                from,
                origin(person),
                false,
                raw,
                version(person),
                dated(person),
                inputs.size(),
                inputs.size(),
                0);
        input(person, from == null ? person.key : from, seen);
    }

    private void input(Person person, String key, Observation seen) {
        Address.Slot to = new Address.Slot(person.name.platform(), key);
        inputs.add(new Input(person.line, to, new Message.Seen(seen), seen.version() > 0));
    }

    private @Nullable String typed(int field, @Nullable String value) {
        if (value == null) return random.nextBoolean() ? null : "";
        if (random.nextInt(3) > 0) return value;
        return switch (field) {
            case EMAIL, GIVEN, FAMILY -> value.toUpperCase(Locale.ROOT);
            case PHONE -> "(415) 200-000" + value.charAt(value.length() - 1);
            default -> " " + value;
        };
    }

    private Origin origin(Person person) {
        return streams.get(person.name.platform()) ? Origin.STREAM : Origin.POLL;
    }

    private long version(Person person) {
        return streams.get(person.name.platform()) ? inputs.size() + 1L : 0;
    }

    private long dated(Person person) {
        return streams.get(person.name.platform()) ? Course.START_MICROS + inputs.size() : Stamp.UNDATED;
    }

    // ---- the workspace

    private Model model(int platforms, int groupLimit) {
        int shared = 1 + random.nextInt(3);
        boolean vetoes = random.nextBoolean();
        List<Integer> order = new ArrayList<>();
        for (int field = 0; field < FIELDS; field++) order.add(random.nextInt(order.size() + 1), field);
        List<Field> fields = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int f = 0; f < FIELDS; f++) {
            Settings settings = f == PHONE ? Settings.ofRegion("US") : Settings.NONE;
            boolean identifies = f < GIVEN;
            int limit = f == PHONE ? 1 : identifies ? shared : 0;
            fields.add(new Field(
                    f,
                    "field" + f,
                    TYPES[f],
                    settings,
                    Keep.LATEST,
                    identifies,
                    order.indexOf(f),
                    limit,
                    vetoes && f == BORN,
                    null,
                    false));
            ColumnLens lens = ColumnLens.of(ColumnOptions.of(TYPES[f]).withSettings(settings));
            columns.add(new Column(
                    f, "column" + f, f, lens, null, List.of(), true, false, false, false, false, null, false));
        }
        List<PlatformModel> all = new ArrayList<>();
        for (int p = 0; p < platforms; p++) all.add(platform(p, columns));
        return new Model(fields, all, groupLimit);
    }

    private PlatformModel platform(int number, List<Column> columns) {
        boolean stream = random.nextInt(3) > 0;
        streams.add(stream);
        return Plain.platform(number, columns, 0, stream, true);
    }
}
