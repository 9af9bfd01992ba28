package dev.lockstep.simulator.windows;

import dev.lockstep.core.lens.ColumnLens;
import dev.lockstep.core.lens.ColumnOptions;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Keep;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.simulator.Agenda;
import dev.lockstep.simulator.Cut;
import dev.lockstep.simulator.Plain;
import dev.lockstep.simulator.Simulation;
import dev.lockstep.simulator.Trace;
import dev.lockstep.simulator.host.Faults;
import dev.lockstep.simulator.host.Guard;
import dev.lockstep.simulator.host.Host;
import dev.lockstep.simulator.host.Watch;
import dev.lockstep.simulator.ledger.Edit;
import dev.lockstep.simulator.ledger.Ledger;
import dev.lockstep.simulator.platform.Habits;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.Shape;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Two platforms without any fault: one that can do everything, and one of some capability. People have a record on both
 * and change their city there, several times within a minute; then everything comes to rest, and it is seen whose word
 * stands.
 */
final class LostEdits {
    private static final int PEOPLE = 12;
    private static final int CITY = 1;
    private static final int MEASURED = 1;
    private static final long SPREE_MICROS = 45 * Agenda.SECOND;
    private static final long REST_MICROS = 90 * Agenda.SECOND;

    private final Capability capability;
    private final SplittableRandom random;
    private final Agenda agenda;
    private final Ledger ledger;
    private final List<SimulatedPlatform> platforms = new ArrayList<>();
    private final Host host;
    /** By person: the keys of its records, by platform. */
    private final List<String[]> people = new ArrayList<>();
    /** By person: its edits of this spree. */
    private final TreeMap<Integer, List<Edit>> spree = new TreeMap<>();

    private int cities;
    /** Edits on the measured platform. */
    long edits;
    /** Those among them that Lockstep never saw; and those that it wrote over, by how long they had stood. */
    long neverSeen;

    final List<Long> overwritten = new ArrayList<>();
    /** People's last edits; and those that lost against an earlier one, by how much earlier that was made. */
    long lastWords;

    final List<Long> lastWordsLost = new ArrayList<>();

    LostEdits(Capability capability, long seed) {
        this.capability = capability;
        random = new SplittableRandom(seed);
        agenda = new Agenda(Simulation.START_MICROS, random.split());
        Trace trace = new Trace(null);
        Model model = model();
        ledger = new Ledger(model, agenda, trace);
        for (PlatformModel platform : model.platforms()) {
            boolean measured = platform.number() == MEASURED;
            Capability its = measured ? capability : Capability.all()[0];
            SimulatedPlatform one = new SimulatedPlatform(platform, shapes(), habits(its), ledger);
            platforms.add(one);
            ledger.add(one);
        }
        Faults none = new Faults(random.split(), Cut.NOTHING.withFaults(Set.of()));
        Guard nobody = new Guard(random.split(), false);
        host = new Host(model, platforms, ledger, agenda, none, nobody, false, trace, watch());
    }

    /** Runs sprees until so many edits were made on the measured platform. */
    LostEdits run(long most) {
        for (int i = 0; i < PEOPLE; i++) appear(i);
        host.start();
        rest();
        while (edits < most) {
            spree.clear();
            for (int person = 0; person < PEOPLE; person++) plan(person);
            agenda.runUntil(agenda.nowMicros() + SPREE_MICROS);
            rest();
            for (int person = 0; person < PEOPLE; person++) judge(person);
        }
        return this;
    }

    private void rest() {
        agenda.runUntil(agenda.nowMicros() + REST_MICROS);
        for (int i = 0; i < 20 && !host.quiet(); i++) agenda.runUntil(agenda.nowMicros() + Agenda.MINUTE);
        if (!host.quiet()) throw new IllegalStateException("not at rest: " + host.restlessness());
    }

    // ---- people

    private void appear(int number) {
        String[] keys = new String[2];
        for (SimulatedPlatform platform : platforms) {
            @Nullable String[] values = {"person%02d@mail.example".formatted(number), "town " + ++cities};
            keys[platform.number()] = Objects.requireNonNull(platform.insert(values, null, agenda.nowMicros()));
        }
        people.add(keys);
    }

    private void plan(int person) {
        int times = 2 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            int platform = random.nextInt(2);
            agenda.after(random.nextLong(SPREE_MICROS), () -> edit(person, platform));
        }
    }

    private void edit(int person, int number) {
        SimulatedPlatform platform = platforms.get(number);
        platform.update(people.get(person)[number], CITY, "town " + ++cities, agenda.nowMicros());
        spree.computeIfAbsent(person, p -> new ArrayList<>()).add(ledger.edits().getLast());
        if (number == MEASURED) edits++;
        host.stirred(platform);
    }

    // ---- what became of it

    private void judge(int person) {
        List<Edit> its = spree.getOrDefault(person, List.of());
        for (Edit edit : its) if (edit.platform() == MEASURED && !ledger.heard(edit.number())) neverSeen++;
        if (its.isEmpty()) return;
        Edit last = its.getLast();
        lastWords++;
        String stands = row(person, 0).raw[CITY];
        if (Objects.equals(stands, last.raw())) return;
        long earlier = its.getFirst().atMicros();
        for (Edit edit : its) if (Objects.equals(stands, edit.raw())) earlier = edit.atMicros();
        lastWordsLost.add(last.atMicros() - earlier);
    }

    private Row row(int person, int platform) {
        return Objects.requireNonNull(platforms.get(platform).row(people.get(person)[platform]));
    }

    private Watch watch() {
        return new Watch() {
            @Override
            public void sent(Write write) {}

            @Override
            public void applied(SimulatedPlatform platform, Write write, Receipt receipt) {
                Row before = platform.overwritten();
                host.stirred(platform);
                if (platform.number() != MEASURED || before == null) return;
                if (receipt.outcome() != Receipt.Outcome.APPLIED) return;
                long origin = before.origin[CITY];
                if (origin <= 0 || ledger.heard(origin)) return;
                overwritten.add(agenda.nowMicros() - ledger.edit(origin).atMicros());
            }

            @Override
            public void committed(List<Fact> facts) {}
        };
    }

    // ---- the workspace

    private static List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>();
        for (FieldType type : List.of(FieldType.EMAIL, FieldType.TEXT)) {
            int number = shapes.size();
            shapes.add(new Shape(number, number, type, Shape.Dialect.PLAIN, false, false, false, false, false, 0, ""));
        }
        return shapes;
    }

    private static Habits habits(Capability its) {
        long poll = its.streams() ? 0 : Capability.POLL_SECONDS * Agenda.SECOND;
        return new Habits(its.streams(), its.dated(), its.conditional(), 0, poll, false, -1, -1, -1, -1, true, false);
    }

    private Model model() {
        List<Field> fields = List.of(field(0, "email", FieldType.EMAIL), field(CITY, "city", FieldType.TEXT));
        List<Column> columns = new ArrayList<>();
        for (Field field : fields) {
            ColumnLens lens = ColumnLens.of(ColumnOptions.of(field.type()));
            columns.add(new Column(
                    field.number(),
                    field.name(),
                    field.number(),
                    lens,
                    null,
                    List.of(),
                    true,
                    false,
                    false,
                    false,
                    false,
                    null,
                    false));
        }
        Capability best = Capability.all()[0];
        return new Model(
                fields,
                List.of(platform(0, best, columns), platform(MEASURED, capability, columns)),
                Model.GROUP_LIMIT);
    }

    private static Field field(int number, String name, FieldType type) {
        boolean identifies = type == FieldType.EMAIL;
        return new Field(
                number,
                name,
                type,
                Settings.NONE,
                Keep.LATEST,
                identifies,
                number,
                identifies ? 3 : 0,
                false,
                null,
                false);
    }

    private static PlatformModel platform(int number, Capability its, List<Column> columns) {
        long settleMicros = Math.max(10 * Agenda.SECOND, 2 * habits(its).pollMicros());
        return Plain.platform(number, columns, settleMicros, its.streams(), its.conditional());
    }
}
