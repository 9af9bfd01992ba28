package dev.lockstep.engine;

import dev.lockstep.engine.store.Points;
import dev.lockstep.engine.store.Points.Call;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that is left of a world when its engine ends just before or just after a call.
 *
 * @param opened RocksDB was opened before
 * @param stamped and the folder says that it holds a store
 * @param logged how long the log is
 * @param synced how much of it would survive a power cut
 * @param ledger what people did until then, and {@code serial} how much that was
 */
record Moment(
        Call call,
        boolean after,
        boolean opened,
        boolean stamped,
        long logged,
        long synced,
        List<MemoryTable> tables,
        List<Set<String>> made,
        List<People.Person> ledger,
        int serial,
        World.Paused paused) {

    /**
     * @param earlier the moment before, whose copies serve for the tables that have not changed since; null for the
     *     first
     */
    static Moment of(Call call, boolean after, World world, LogLength log, @Nullable Moment earlier) {
        List<MemoryTable> tables = new ArrayList<>();
        for (MemoryTable table : world.town.tables) {
            MemoryTable last = earlier == null ? null : earlier.tables.get(table.number);
            tables.add(last != null && last.isAs(table) ? last : table.copy());
        }
        List<Set<String>> made = new ArrayList<>();
        for (Set<String> one : world.made) made.add(new TreeSet<>(one));
        return new Moment(
                call,
                after,
                log.isOpen(),
                log.isOpen() && call != Call.OPEN,
                log.logged(),
                log.synced(),
                tables,
                made,
                world.people.ledger(),
                world.people.serial(),
                world.paused);
    }

    /** A world that goes on from then. */
    World world(Path folder, Random random, Points points) {
        List<MemoryTable> copies = tables.stream().map(MemoryTable::copy).toList();
        List<Set<String>> copied = new ArrayList<>();
        for (Set<String> one : made) copied.add(new TreeSet<>(one));
        World world = new World(folder, copies, copied, new People(copies, random, ledger, serial), points);
        world.paused = paused;
        return world;
    }

    /** What an engine can find out of: two moments that are the same in it are one. */
    List<Object> state() {
        List<Object> state = new ArrayList<>(List.of(opened, stamped, logged, synced, ledger, paused));
        for (MemoryTable table : tables) state.add(List.of(table.changes(), table.confirmed()));
        return state;
    }

    @Override
    public String toString() {
        return (after ? "after " : "before ") + call + ", operation " + serial + ", log " + synced + " of " + logged;
    }
}
