package dev.lockstep.simulator;

import dev.lockstep.core.model.Cause;
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

/**
 * What an operator does once all is at rest. An edit that is taken back leaves every platform as if it had never been;
 * and nothing is written because a platform is left.
 */
final class Operator {
    private final Life life;
    private final World world;
    private final SplittableRandom random;

    Operator(Life life, SplittableRandom random) {
        this.life = life;
        this.world = life.world;
        this.random = random;
    }

    /** @param run learns what was reached */
    void acts(World run, boolean leaving) {
        takesBack(run);
        if (leaving && world.violations().isEmpty()) leaves(run);
    }

    // ---- an edit is taken back

    private record Place(SimulatedPlatform platform, Row row, Shape shape) {}

    private void takesBack(World run) {
        List<Place> places = places();
        if (places.isEmpty()) return;
        Place at = places.get(random.nextInt(places.size()));
        String raw = at.row.raw[at.shape.number()];
        LedgerRecord record = world.ledger.occupant(at.platform.number(), at.row.key);
        if (record == null) return;
        TreeMap<String, @Nullable String> before = held();
        if (!at.platform.update(at.row.key, at.shape.number(), another(at.shape, raw), world.agenda.nowMicros()))
            return;
        long version = at.platform.log().getLast().version();
        life.host.stirred(at.platform);
        life.converge();
        if (!world.violations().isEmpty()) return;
        Cause cause = new Cause(Cause.Kind.TRANSACTION, at.platform.number(), version);
        life.host.words().takeBack(record.name, cause);
        life.settle();
        run.sometimes(Sometimes.TAKEN_BACK);
        TreeMap<String, @Nullable String> after = held();
        before.forEach((where, value) -> {
            if (Objects.equals(value, after.get(where))) return;
            world.violation(
                    "TakenBack",
                    where + " was " + value + " before " + cause + " on " + record.name + ", and is " + after.get(where)
                            + " now that it is taken back");
        });
    }

    /** Where somebody can say something else than was said, and no platform has a will of its own. */
    private List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (SimulatedPlatform platform : world.platforms) {
            boolean own =
                    platform.habits().triggerOn() >= 0 || platform.habits().jobOn() >= 0;
            if (own
                    || platform.shapes().stream()
                            .anyMatch(shape -> !shape.refused().isEmpty())) return List.of();
            // Who does not belong there is not put back.
            if (!platform.habits().streams() || platform.model().where() != null) continue;
            for (Row row : platform.rows().values()) {
                for (Shape shape : platform.shapes()) {
                    boolean plain = shape.field() == Layout.FIRST_NAME
                            || shape.field() >= Layout.CITY && shape.field() != Layout.OPT_IN;
                    if (plain && shape.read(row.raw[shape.number()]) != null)
                        places.add(new Place(platform, row, shape));
                }
            }
        }
        return places;
    }

    private @Nullable String another(Shape shape, @Nullable String raw) {
        if (shape.field() == Layout.TAGS) return random.nextBoolean() ? "tag8" : raw + ",tag8";
        return random.nextInt(3) == 0 ? null : "Back";
    }

    /** What every row holds, by its platform, key and column. */
    private TreeMap<String, @Nullable String> held() {
        TreeMap<String, @Nullable String> held = new TreeMap<>();
        for (SimulatedPlatform platform : world.platforms) {
            for (Row row : platform.rows().values()) {
                for (Shape shape : platform.shapes()) {
                    held.put(
                            platform.number() + "/" + row.key + "." + shape.number(),
                            shape.read(row.raw[shape.number()]));
                }
            }
        }
        return held;
    }

    // ---- a platform is left

    private void leaves(World run) {
        int platform = random.nextInt(world.platforms.size());
        long sent = life.host.sent();
        life.host.words().leave(platform);
        world.agenda.runUntil(world.agenda.nowMicros() + 10 * Agenda.MINUTE);
        run.sometimes(Sometimes.LEFT_FOR_GOOD);
        long writes = life.host.sent() - sent;
        if (writes > 0) world.violation("LeavingChangesNothing", writes + " writes since " + platform + " was left");
    }
}
