package dev.lockstep.simulator.checkers;

import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.ledger.LedgerRecord;
import dev.lockstep.simulator.ledger.Said;
import dev.lockstep.simulator.ledger.WhoWins;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.Shape;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which columns must hold the winner, and which are set apart by the contract: taken, refused, several records. */
final class Desired {
    private final World world;
    private final WhoWins whoWins;
    private final Fate fate;

    Desired(World world) {
        this.world = world;
        this.fate = new Fate(world);
        this.whoWins = new WhoWins(world.model);
    }

    /** A column of a live row of a customer, and what the row holds there. */
    record Held(
            SimulatedPlatform platform,
            Row row,
            Shape shape,
            @Nullable String value) {
        @Override
        public String toString() {
            return platform.number() + "/" + row.key + "."
                    + platform.model().columns().get(shape.number()).path() + "=" + row.raw[shape.number()]
                    + (row.origin[shape.number()] < 0 ? " by write " : " by edit ")
                    + Math.abs(row.origin[shape.number()]);
        }
    }

    WhoWins.Verdict verdict(Field field, List<LedgerRecord> customer) {
        return whoWins.of(field, customer);
    }

    /** The columns of a customer's rows that carry a field and must agree with its winner. */
    List<Held> columns(Field field, List<LedgerRecord> customer) {
        List<Held> held = new ArrayList<>();
        for (LedgerRecord record : customer) {
            if (!record.live) continue;
            SimulatedPlatform platform = world.platforms.get(record.name.platform());
            Row row = platform.row(record.key);
            if (row == null || !mustHold(field, platform.model(), record, customer)) continue;
            for (Shape shape : platform.shapes()) {
                if (shape.field() != field.number()) continue;
                if (tellsApart(shape, field) && several(platform.model(), customer)) continue;
                held.add(new Held(platform, row, shape, shape.read(row.raw[shape.number()])));
            }
        }
        return held;
    }

    /** Consents reach everybody; all else who belongs there and is to stay. */
    private boolean mustHold(Field field, PlatformModel platform, LedgerRecord record, List<LedgerRecord> customer) {
        if (fate.spread(record, customer) != Fate.Answer.NO) return false;
        return field.isConsent() || fate.inScope(platform, customer) == Fate.Answer.YES;
    }

    /**
     * The column must not be held to this value: the platform refuses it or something else of the record, or has given
     * it away.
     */
    boolean setApart(Held held, List<LedgerRecord> customer, String value) {
        String raw = held.shape.kept(held.shape.render(value.isEmpty() ? null : value));
        if ((raw == null || raw.isEmpty()) && (held.shape.required() || held.shape.key())) return true;
        // Its own trigger has made something else of what we wrote there: that is how this platform spells it.
        if (ours(held) && held.platform.habits().triggerSets() == held.shape.number()) return !putBackAtOnce(held);
        if (putBackByJob(held)) return true;
        if (anyRefused(held, customer)) return true;
        if (!held.shape.unique() && !held.shape.key() || value.isEmpty()) return false;
        for (Row other : held.platform.rows().values()) {
            if (other != held.row && value.equals(held.shape.read(other.raw[held.shape.number()]))) return true;
        }
        return false;
    }

    /** It holds what our write found there: that is no spelling of ours. */
    private boolean putBackAtOnce(Held held) {
        LedgerRecord record = world.ledger.occupant(held.platform.number(), held.row.key);
        String replaced = record == null ? null : record.cells[held.shape.number()].replaced;
        return held.value != null && held.value.equals(held.shape.read(replaced));
    }

    private boolean putBackByJob(Held held) {
        LedgerRecord record = world.ledger.occupant(held.platform.number(), held.row.key);
        return record != null && record.cells[held.shape.number()].byJob;
    }

    /** Known as ours: also when a person, unseen, has put the whole record there again as it was. */
    private boolean ours(Held held) {
        LedgerRecord record = world.ledger.occupant(held.platform.number(), held.row.key);
        return held.row.origin[held.shape.number()] < 0
                || record != null && record.cells[held.shape.number()].wroteMicros != Said.UNDATED;
    }

    /** A record that violates a constraint is set aside whole. */
    private boolean anyRefused(Held held, List<LedgerRecord> customer) {
        for (Shape shape : held.platform.shapes()) {
            if (shape.refused().isEmpty()) continue;
            WhoWins.Verdict verdict = verdict(world.model.field(shape.field()), customer);
            for (String value : verdict.values()) if (shape.refuses(shape.kept(value))) return true;
            if (!verdict.sure()) return true;
        }
        return false;
    }

    private static boolean tellsApart(Shape shape, Field field) {
        return shape.key() || shape.unique() || field.identifies();
    }

    static boolean several(PlatformModel platform, List<LedgerRecord> customer) {
        int live = 0;
        for (LedgerRecord record : customer) if (record.live && record.name.platform() == platform.number()) live++;
        return live > 1;
    }

    /** The row reads as the value, or holds the platform's spelling of it, or cannot tell it from what it holds. */
    static boolean agrees(Held held, String value) {
        String wanted = value.isEmpty() ? null : value;
        Shape shape = held.shape;
        String kept = shape.read(shape.kept(shape.render(wanted)));
        return java.util.Objects.equals(held.value, wanted)
                || java.util.Objects.equals(held.value, kept)
                || same(shape, held.value, kept)
                || java.util.Objects.equals(shape.read(shape.render(held.value)), shape.read(shape.render(wanted)));
    }

    private static boolean same(Shape shape, @Nullable String one, @Nullable String other) {
        if (shape.most() == 0 && !shape.lowers() && !shape.trims()) return false;
        return one != null && other != null && one.equalsIgnoreCase(other);
    }
}
