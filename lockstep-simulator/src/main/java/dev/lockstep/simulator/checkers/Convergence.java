package dev.lockstep.simulator.checkers;

import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.World.Phase;
import dev.lockstep.simulator.ledger.LedgerRecord;
import dev.lockstep.simulator.ledger.Said;
import dev.lockstep.simulator.ledger.WhoWins;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.Shape;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Promise 1: when edits stop, every platform holds the same of a customer, and every customer is where it belongs. */
final class Convergence implements Checker {
    @Override
    public void atRest(World world, Phase phase) {
        if (phase != Phase.CONVERGED) return;
        if (!world.host().quiet()) {
            broken(world, "not at rest by the deadline: " + world.host().restlessness());
            return;
        }
        Desired desired = new Desired(world);
        for (List<LedgerRecord> customer : world.ledger.whoIsWho().customers()) {
            for (Field field : world.model.fields()) agree(world, desired, field, customer);
            for (SimulatedPlatform platform : world.platforms) present(world, desired, platform, customer);
            for (LedgerRecord record : customer) absent(world, record, customer);
        }
    }

    private void agree(World world, Desired desired, Field field, List<LedgerRecord> customer) {
        WhoWins.Verdict verdict = desired.verdict(field, customer);
        List<Desired.Held> columns = desired.columns(field, customer);
        if (!verdict.said()) nothingOfOurs(world, desired, columns, field, customer);
        if (!verdict.said() || field.type() == FieldType.SET || WhoWins.allMaybe(field, customer)) return;
        TreeSet<String> values = new TreeSet<>();
        for (Desired.Held held : columns) values.add(held.value() == null ? "" : held.value());
        values.addAll(verdict.values());
        if (columns.isEmpty()) return;
        for (String value : values) {
            boolean all = true;
            for (Desired.Held held : columns) {
                all &= Desired.agrees(held, value) || desired.setApart(held, customer, value);
            }
            if (all) return;
        }
        broken(
                world,
                field.name() + " of " + customer.getFirst().name + " differs: " + columns + ", expected one of "
                        + verdict.values());
    }

    /** What nobody of a customer says, and only we put there, was another's (promise 9). */
    private void nothingOfOurs(
            World world, Desired desired, List<Desired.Held> columns, Field field, List<LedgerRecord> customer) {
        for (Desired.Held held : columns) {
            Shape shape = held.shape();
            boolean ours = held.row().origin[shape.number()] < 0;
            // Where no stream names our writes, a withdrawal whose answer got lost may be a person's.
            if (field.isConsent() && !held.platform().habits().streams()) continue;
            if (!ours
                    || desired.setApart(held, customer, "")
                    || held.value() == null
                    || held.value().equals("unset")) continue;
            broken(world, field.name() + " of " + customer.getFirst().name + " is nobody's word any more: " + held);
        }
    }

    /**
     * A record on every platform that makes them, unless one was deleted there, or its natural key is not to be had.
     */
    private void present(World world, Desired desired, SimulatedPlatform platform, List<LedgerRecord> customer) {
        PlatformModel model = platform.model();
        Fate fate = new Fate(world);
        if (!model.create() || fate.inScope(model, customer) != Fate.Answer.YES) return;
        if (!fate.deletions(customer).isEmpty()) return;
        boolean anywhere = false;
        for (LedgerRecord record : customer) {
            anywhere |= record.live;
            boolean there = record.name.platform() == model.number();
            boolean goneForGood = record.deletedByPeople && model.onDelete() != PlatformModel.OnDelete.RECREATE;
            // Deleted since a deletion spread: it comes back when people make it there.
            boolean spread = record.deletedByUs && deletionsSpread(world);
            boolean blocks = record.live || goneForGood || spread;
            if (there && blocks) return;
        }
        if (!anywhere) return;
        List<@Nullable String> naturalKey = new ArrayList<>();
        for (Shape shape : platform.shapes()) {
            if (!shape.mapped()) continue;
            Field field = world.model.field(shape.field());
            WhoWins.Verdict verdict = desired.verdict(field, customer);
            boolean blank = verdict.values().isEmpty() || verdict.values().contains("");
            if (!verdict.sure() || verdict.values().size() > 1 && !field.isConsent()) return;
            if (blank && (shape.required() || shape.key())) return;
            for (String value : verdict.values()) if (shape.refuses(shape.kept(shape.render(value)))) return;
            boolean natural = platform.keyColumn() >= 0 ? shape.key() : field.identifies();
            if (natural && !blank && !shape.key() && nobodys(world, field, verdict)) natural = false;
            if (natural && !blank) naturalKey.add(verdict.values().first());
            if ((natural || shape.unique())
                    && !blank
                    && held(world, platform, shape, verdict.values().first())) return;
        }
        if (naturalKey.isEmpty()) return;
        broken(world, "customer " + customer.getFirst().name + " is missing on " + model.name());
    }

    private static boolean deletionsSpread(World world) {
        return world.model.platforms().stream()
                .anyMatch(platform -> platform.onDelete() == PlatformModel.OnDelete.DELETE);
    }

    /** Who does not belong on a platform, or was deleted elsewhere, is not there any more. */
    private void absent(World world, LedgerRecord record, List<LedgerRecord> customer) {
        if (!record.live || world.platforms.get(record.name.platform()).row(record.key) == null) return;
        if (new Fate(world).leaves(record, customer) != Fate.Answer.YES) return;
        broken(world, record.name + " of " + customer.getFirst().name + " should have been deleted");
    }

    private static boolean nobodys(World world, Field field, WhoWins.Verdict verdict) {
        return world.ledger.whoIsWho().identifiesNobody(field, verdict.values().first());
    }

    /** Somebody has the value there, or says so: a record's word outlives what we wrote over it. */
    private static boolean held(World world, SimulatedPlatform platform, Shape shape, String value) {
        for (Row row : platform.rows().values()) {
            if (Objects.equals(value, shape.read(row.raw[shape.number()]))) return true;
        }
        for (LedgerRecord record : world.ledger.records()) {
            if (!record.live || record.name.platform() != platform.number()) continue;
            Said said = record.claims.get(shape.field());
            if (said != null && value.equals(said.value())) return true;
        }
        return false;
    }
}
