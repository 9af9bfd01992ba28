package dev.lockstep.simulator.checkers;

import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.PlatformModel.Leave;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.simulator.Sometimes;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.World.Phase;
import dev.lockstep.simulator.ledger.LedgerRecord;
import dev.lockstep.simulator.platform.Commit;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.Shape;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Scope: who does not belong on a platform gets consents there and nothing else; where such records are archived,
 * theirs are, and those that belong there again hold what they held before.
 */
final class OutOfScope implements Checker {
    /** Records of whose archive somebody disagrees: they are left alone. */
    private final TreeSet<String> contested = new TreeSet<>();

    @Override
    public void sent(World world, Write write) {
        LedgerRecord record = world.ledger.record(write.record());
        if (record == null || write.kind() != Write.Kind.UPDATE) return;
        PlatformModel platform = world.model.platform(write.platform());
        List<LedgerRecord> customer = List.copyOf(world.ledger.customerOf(write));
        if (new Fate(world).inScope(platform, customer) != Fate.Answer.NO) return;
        for (Write.Cell cell : write.cells()) {
            Shape shape = world.platforms.get(write.platform()).shapes().get(cell.column());
            boolean may = !shape.mapped() || shape.type() == FieldType.CONSENT;
            if (!may) broken(world, "write " + write.id() + " to " + record.name + ", who does not belong: " + cell);
        }
    }

    @Override
    public void committed(World world, List<Fact> facts) {
        for (Fact fact : facts)
            if (fact.kind() == Fact.Kind.CONTESTED) contested.add(fact.record().toString());
    }

    @Override
    public void atRest(World world, Phase phase) {
        if (phase != Phase.CONVERGED || !world.host().quiet()) return;
        for (List<LedgerRecord> customer : world.ledger.whoIsWho().customers()) {
            for (LedgerRecord record : customer) archived(world, record, customer);
        }
    }

    private void archived(World world, LedgerRecord record, List<LedgerRecord> customer) {
        SimulatedPlatform platform = world.platforms.get(record.name.platform());
        Row row = platform.row(record.key);
        if (platform.model().leave() != Leave.ARCHIVE || !record.live || row == null) return;
        Fate fate = new Fate(world);
        if (fate.spread(record, customer) != Fate.Answer.NO || contested.contains(record.name.toString())) return;
        for (Column column : platform.model().columns()) {
            if (column.archive() == null) continue;
            String archive = column.archive().key();
            String is = row.raw[column.number()];
            switch (fate.inScope(platform.model(), customer)) {
                case NO -> {
                    if (archive.equals(is)) world.sometimes(Sometimes.ARCHIVED);
                    else if (!refuses(platform)) broken(world, record.name + " is not archived: " + is);
                }
                case YES -> {
                    boolean ours = row.origin[column.number()] < 0;
                    if (!ours) continue;
                    world.sometimes(Sometimes.BACK_FROM_ARCHIVE);
                    String before = before(platform, row, column.number(), archive, false);
                    // Who was deleted and made again while nobody could look is the same to us.
                    boolean earlier = Objects.equals(before(platform, row, column.number(), archive, true), is);
                    if (earlier || Objects.equals(before, is) || archive.equals(is) && refuses(platform)) continue;
                    broken(world, record.name + " holds " + is + ", before " + before);
                }
                case MAYBE -> {}
            }
        }
    }

    /** What the column held before a write of ours archived the record, or any under its key, for the last time. */
    private static @Nullable String before(
            SimulatedPlatform platform, Row row, int column, String archive, boolean underItsKey) {
        String kept = null;
        String last = null;
        for (Commit commit : platform.log()) {
            Row then = commit.row();
            if (then == null) continue;
            if (underItsKey ? !then.key.equals(row.key) : then.number != row.number) continue;
            boolean set = commit.ownWrite() != 0 && archive.equals(then.raw[column]);
            if (set && !archive.equals(last)) kept = last;
            last = then.raw[column];
        }
        return kept;
    }

    /** A record that violates a constraint is set aside whole. */
    private static boolean refuses(SimulatedPlatform platform) {
        return platform.shapes().stream().anyMatch(shape -> !shape.refused().isEmpty());
    }
}
