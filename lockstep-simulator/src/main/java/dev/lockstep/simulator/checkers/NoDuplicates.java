package dev.lockstep.simulator.checkers;

import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.simulator.Sometimes;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.ledger.LedgerRecord;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** Promise 5: no record is made for a customer who has one there, known or made before. */
final class NoDuplicates implements Checker {
    private final TreeMap<Long, RecordName> makers = new TreeMap<>();
    /** By create: by what it was to be found. */
    private final TreeMap<Long, List<Write.Cell>> naturalKeys = new TreeMap<>();

    @Override
    public void sent(World world, Write write) {
        if (write.kind() != Write.Kind.CREATE) return;
        Collection<LedgerRecord> customer = world.ledger.whoIsWho().customerOf(write.record());
        for (LedgerRecord record : customer) {
            if (record.live && record.name.platform() == write.platform()) {
                broken(world, "create " + write.id() + " for " + write.record() + ", who has " + record.name);
            }
        }
        for (Row row : world.platforms.get(write.platform()).rows().values()) {
            RecordName maker = makers.get(row.madeBy);
            if (maker == null || world.ledger.wasShown(row.madeBy)) continue;
            if (hidden(row, write)) {
                world.sometimes(Sometimes.MADE_WAS_HIDDEN);
                continue;
            }
            for (LedgerRecord record : customer) {
                if (record.name.equals(maker)) {
                    broken(
                            world,
                            "create " + write.id() + " for " + write.record() + " again: row " + row.key
                                    + " was made by write " + row.madeBy);
                }
            }
        }
        makers.put(write.id(), write.record());
        naturalKeys.put(write.id(), write.naturalKey());
    }

    /** A person has changed, before anybody saw it, all that it could have been found by. */
    private static boolean hidden(Row row, Write write) {
        for (Write.Cell cell : write.naturalKey()) {
            if (row.origin[cell.column()] <= 0 && cell.raw() != null) return false;
        }
        return true;
    }

    @Override
    public void applied(World world, SimulatedPlatform platform, Write write, Receipt receipt) {
        if (write.kind() != Write.Kind.CREATE) return;
        world.sometimes(Sometimes.ofCreate(receipt.outcome()));
        if (receipt.outcome() != Receipt.Outcome.APPLIED) return;
        for (Row row : platform.rows().values()) {
            for (Write.Cell cell : write.naturalKey()) {
                if (row.madeBy != write.id() && bearsSinceMade(row, cell)) {
                    broken(world, "create " + write.id() + " makes " + cell + " though " + row.madeBy + " made it");
                }
            }
        }
    }

    /**
     * A create of ours has put it there, which was to be found by it too: of a family that shares a phone only those
     * are looked for by it who have nothing else.
     */
    private boolean bearsSinceMade(Row row, Write.Cell cell) {
        boolean made = row.madeBy != 0 && row.origin[cell.column()] == -row.madeBy;
        boolean key =
                naturalKeys.getOrDefault(row.madeBy, List.of()).stream().anyMatch(one -> one.column() == cell.column());
        return made && key && cell.raw() != null && cell.raw().equals(row.raw[cell.column()]);
    }
}
