package dev.lockstep.simulator.checkers;

import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.simulator.Sometimes;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.World.Phase;
import dev.lockstep.simulator.ledger.LedgerRecord;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.Shape;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Promise 13: of every value on every platform the history says where it comes from: of one that we put there what we
 * wrote, over what, and on whose word; of any other that it was seen.
 */
final class Accountability implements Checker {
    private final TreeMap<Long, Write> sent = new TreeMap<>();

    @Override
    public void sent(World world, Write write) {
        sent.put(write.id(), write);
    }

    @Override
    public void atRest(World world, Phase phase) {
        if (phase != Phase.CONVERGED || !world.host().quiet()) return;
        TreeMap<RecordName, List<Fact>> history = new TreeMap<>();
        for (Fact fact : world.host().history()) {
            history.computeIfAbsent(fact.record(), name -> new ArrayList<>()).add(fact);
        }
        for (SimulatedPlatform platform : world.platforms) {
            for (Row row : platform.rows().values()) {
                LedgerRecord record = world.ledger.occupant(platform.number(), row.key);
                if (record == null) continue;
                List<Fact> facts = history.getOrDefault(record.name, List.of());
                for (Shape shape : platform.shapes()) account(world, record, row, shape, facts);
            }
        }
    }

    private void account(World world, LedgerRecord record, Row row, Shape shape, List<Fact> facts) {
        long origin = row.origin[shape.number()];
        String at = record.name + "." + shape.number() + "=" + row.raw[shape.number()];
        if (origin > 0 && world.ledger.heard(origin)) {
            if (shape.mapped() && facts.stream().noneMatch(fact -> tells(fact, shape)))
                broken(world, at + " was never seen");
        }
        Write write = origin < 0 ? sent.get(-origin) : null;
        Write.Cell cell = write == null ? null : cell(write, shape);
        if (cell == null) return;
        Fact last = null;
        for (Fact fact : facts) if (wrote(fact) && fact.column() == shape.number()) last = fact;
        if (last == null) {
            broken(world, at + " is not accounted for: write " + -origin);
            return;
        }
        world.sometimes(Sometimes.VALUE_ACCOUNTED_FOR);
        if (!Objects.equals(shape.read(last.after()), shape.read(cell.raw())))
            broken(world, at + " is said to be " + last);
        boolean unsaid = !shape.mapped() || shape.read(cell.raw()) == null || shape.type() == FieldType.CONSENT;
        if (last.source() == null && !unsaid) broken(world, at + " has no source: " + last);
    }

    private static boolean tells(Fact fact, Shape shape) {
        return switch (fact.kind()) {
            case FIRST_SIGHT, BACK, CREATED -> true;
            case EDIT, SPELLED, REVERSED, CONTESTED, UNPARSED -> fact.column() == shape.number();
            default -> false;
        };
    }

    private static boolean wrote(Fact fact) {
        return fact.kind() == Fact.Kind.WROTE || fact.kind() == Fact.Kind.CREATED;
    }

    private static Write.@Nullable Cell cell(Write write, Shape shape) {
        for (Write.Cell cell : write.cells()) if (cell.column() == shape.number()) return cell;
        return null;
    }
}
