package dev.lockstep.simulator;

import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.Shape;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Chains of deeds that people who act at random hardly ever hit upon. */
final class Oddities {
    private final World world;
    private final People people;
    private final SplittableRandom random;

    Oddities(World world, People people, SplittableRandom random) {
        this.world = world;
        this.people = people;
        this.random = random;
    }

    void live(long forMicros) {
        int deeds = 3 + random.nextInt(8);
        for (int i = 0; i < deeds; i++) world.agenda.after(random.nextLong(forMicros), this::act);
    }

    private void act() {
        int what = random.nextInt(7);
        People.Account account = any();
        if (people.skips() || account == null) return;
        switch (what) {
            case 0 -> handOver();
            case 1 -> comesBack(account);
            case 2 -> clearsElsewhere(account);
            case 3 -> leavesAndEdits(account);
            case 4 -> atOnce(account);
            case 5 -> rivals(account);
            default -> signsUpAndOut(account);
        }
    }

    private void later(long leastMicros, long mostMicros, Runnable what) {
        world.agenda.after(random.nextLong(leastMicros, mostMicros), what);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private People.@Nullable Account any() {
        SimulatedPlatform platform = pick(world.platforms);
        List<Row> rows = new ArrayList<>(platform.rows().values());
        return rows.isEmpty() ? null : new People.Account(platform, pick(rows));
    }

    private static @Nullable Shape shape(SimulatedPlatform platform, int field) {
        for (Shape shape : platform.shapes()) if (shape.field() == field) return shape;
        return null;
    }

    /** Who has the same address on other platforms. */
    private List<People.Account> elsewhere(People.Account account) {
        String address = address(account.platform(), account.row());
        List<People.Account> others = new ArrayList<>();
        for (SimulatedPlatform platform : world.platforms) {
            if (platform == account.platform() || address == null) continue;
            for (Row row : platform.rows().values()) {
                if (address.equals(address(platform, row))) others.add(new People.Account(platform, row));
            }
        }
        return others;
    }

    private static @Nullable String address(SimulatedPlatform platform, Row row) {
        Shape shape = shape(platform, Layout.EMAIL);
        return shape == null ? null : shape.read(row.raw[shape.number()]);
    }

    /** One takes another address, and a second the one that is free now: where that is the key, it changes hands. */
    private void handOver() {
        List<SimulatedPlatform> keyed = world.platforms.stream()
                .filter(platform -> platform.keyColumn() >= 0 && platform.rows().size() > 1)
                .toList();
        if (keyed.isEmpty()) return;
        SimulatedPlatform platform = pick(keyed);
        List<Row> rows = new ArrayList<>(platform.rows().values());
        Row one = pick(rows);
        Row other = pick(rows);
        Shape key = platform.shapes().get(platform.keyColumn());
        String address = one.raw[key.number()];
        if (one == other || address == null) return;
        people.set(new People.Account(platform, one), key, "was." + random.nextInt(1_000) + "." + address);
        later(1_000, 5_000_000, () -> people.set(new People.Account(platform, other), key, address));
    }

    /** Deletes a record, and puts it back with something else in it. */
    private void comesBack(People.Account account) {
        SimulatedPlatform platform = account.platform();
        String key = account.row().key;
        @Nullable String[] raw = account.row().raw.clone();
        Shape consent = shape(platform, Layout.OPT_IN);
        Shape city = shape(platform, Layout.CITY);
        if (city != null && random.nextBoolean()) raw[city.number()] = "b%04d".formatted(random.nextInt(10_000));
        if (consent != null) {
            boolean in = "granted".equals(consent.read(raw[consent.number()]));
            raw[consent.number()] = consent.render(in ? "withdrawn" : "granted");
        }
        if (!platform.delete(key, world.agenda.nowMicros())) return;
        people.stirred(platform);
        later(1_000, 20_000_000, () -> {
            platform.insert(raw, key, world.agenda.nowMicros());
            people.stirred(platform);
        });
    }

    /** Says a thing on one platform, and clears it on another. */
    private void clearsElsewhere(People.Account account) {
        List<People.Account> others = elsewhere(account);
        Shape tier = shape(account.platform(), Layout.TIER);
        if (others.isEmpty() || tier == null) return;
        people.set(account, tier, "o%04d".formatted(random.nextInt(10_000)));
        People.Account other = pick(others);
        Shape its = shape(other.platform(), Layout.TIER);
        if (its != null) later(1_000, 30_000_000, () -> people.set(other, its, null));
    }

    /** Withdraws a consent, and edits right after that where who has not given it is deleted. */
    private void leavesAndEdits(People.Account account) {
        Shape consent = shape(account.platform(), Layout.OPT_IN);
        if (consent == null) return;
        people.set(account, consent, consent.render("withdrawn"));
        for (People.Account other : elsewhere(account)) {
            PlatformModel model = other.platform().model();
            if (model.leave() != PlatformModel.Leave.DELETE || model.where() == null) continue;
            Shape shape = pick(other.platform().shapes());
            if (shape.field() < Layout.CITY || shape.field() == Layout.OPT_IN) continue;
            String value = shape.field() == Layout.TAGS ? "tag7" : "l%04d".formatted(random.nextInt(10_000));
            later(1_000, 200_000, () -> people.set(other, shape, value));
        }
    }

    /** Says one thing here and another there, at the very same moment. */
    private void atOnce(People.Account account) {
        List<People.Account> others = elsewhere(account);
        Shape shape = pick(account.platform().shapes());
        if (others.isEmpty() || shape.field() < Layout.CITY || shape.field() == Layout.OPT_IN) return;
        boolean tags = shape.field() == Layout.TAGS;
        String now = account.row().raw[shape.number()];
        if (tags) people.set(account, shape, now != null && now.contains("tag6") ? null : "tag6");
        else people.set(account, shape, "e%04d".formatted(random.nextInt(10_000)));
        People.Account other = pick(others);
        Shape its = shape(other.platform(), shape.field());
        if (its == null) return;
        boolean clears = random.nextBoolean();
        people.set(other, its, clears ? null : tags ? "tag6" : "e%04d".formatted(random.nextInt(10_000)));
    }

    /** Two who were born on other days, or one who mistypes it, sign up in two places with one address. */
    private void rivals(People.Account account) {
        if (world.platforms.size() < 3) return;
        SimulatedPlatform other = pick(world.platforms);
        String address = "rival%04d@mail.example".formatted(random.nextInt(10_000));
        int born = 1 + random.nextInt(9);
        joins(account.platform(), address, "1951-02-0" + born);
        later(1, 300_000, () -> joins(other, address, "1952-02-0" + born));
    }

    private void joins(SimulatedPlatform platform, String address, String born) {
        @Nullable String[] values = new String[platform.shapes().size()];
        for (Shape shape : platform.shapes()) {
            if (shape.field() == Layout.EMAIL) values[shape.number()] = address;
            else if (shape.field() == Layout.LAST_NAME) values[shape.number()] = "Rival";
            else if (shape.field() == Layout.BIRTH) values[shape.number()] = shape.render(born);
        }
        if (platform.insert(values, null, world.agenda.nowMicros()) != null) people.stirred(platform);
    }

    /** Opts in, and signs up elsewhere a while later without opting in there. */
    private void signsUpAndOut(People.Account account) {
        Shape consent = shape(account.platform(), Layout.OPT_IN);
        String address = address(account.platform(), account.row());
        SimulatedPlatform platform = pick(world.platforms);
        Shape its = shape(platform, Layout.OPT_IN);
        Shape email = shape(platform, Layout.EMAIL);
        if (consent == null || its == null || email == null || address == null) return;
        people.set(account, consent, consent.render("granted"));
        later(Agenda.SECOND, 90 * Agenda.SECOND, () -> {
            @Nullable String[] values = new String[platform.shapes().size()];
            for (Shape shape : platform.shapes()) {
                if (shape.field() == Layout.LAST_NAME) values[shape.number()] = "Odd";
            }
            values[email.number()] = address;
            values[its.number()] = its.render("withdrawn");
            String key = platform.insert(values, null, world.agenda.nowMicros());
            if (Objects.nonNull(key)) people.stirred(platform);
        });
    }
}
