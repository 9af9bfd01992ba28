package dev.lockstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.Write;
import dev.lockstep.engine.store.FragileDisk;
import dev.lockstep.engine.store.Points;
import dev.lockstep.engine.view.PlatformView;
import dev.lockstep.engine.view.StatusView;
import dev.lockstep.engine.view.VerifyView;
import dev.lockstep.spi.SteadyClock;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Tables, their people, and a place for an engine among them all of whose calls pass a test. */
final class World {
    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final long IDLE_MS = 30;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    enum Paused {
        NO,
        YES,
        /** It was told to, or to go on, and has not answered. */
        PERHAPS
    }

    private static final String LAST = "table2";

    final Town town;
    final People people;
    /** Of the last table, as far as the engine has acknowledged it. */
    volatile Paused paused = Paused.NO;

    /** Held while anything changes a disk or a table. */
    final Object oneAtATime = new Object();
    /** By table, the addresses for which records were made there. */
    final List<Set<String>> made;

    /** Nobody does anything before all that was done is everywhere. */
    boolean oneByOne;

    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final AtomicLong aheadMicros = new AtomicLong();

    World(Path folder, List<MemoryTable> tables, List<Set<String>> made, People people, Points points) {
        this.people = people;
        this.made = made;
        town = new Town(folder, tables);
        town.onDelete = PlatformModel.OnDelete.DELETE;
        town.clock = new SteadyClock(() -> Instant.now().plus(aheadMicros.get(), ChronoUnit.MICROS), System::nanoTime);
        for (MemoryTable table : tables) table.clock = town.clock;
        town.opens = new FragileDisk(points, oneAtATime)::open;
        town.links = table -> new FragileTable(table, points, oneAtATime, write -> written(table, write), wrong::add);
    }

    /** Three tables; the last of them makes a record without asking whether there is one. */
    static World fresh(Path folder, Random random, Points points) {
        List<MemoryTable> tables = new ArrayList<>();
        List<Set<String>> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tables.add(new MemoryTable(i, Town.CONSENT + 1));
            made.add(new TreeSet<>());
        }
        tables.get(2).makesTwins = true;
        return new World(folder, tables, made, new People(tables, random, List.of(), 0), points);
    }

    private void written(MemoryTable table, Write write) {
        boolean create = write.kind() == Write.Kind.CREATE;
        String email = create ? cell(write, Town.EMAIL) : table.cell(Objects.requireNonNull(write.key()), Town.EMAIL);
        if (email == null) return;
        if (create && !made.get(table.number).add(email)) wrong.add(email + " is made twice in table " + table.number);
        if (!"granted".equals(cell(write, Town.CONSENT))) return;
        People.Person person = people.person(email);
        boolean may = oneByOne ? "granted".equals(person.consent()) : person.wasGranted();
        if (!may) wrong.add(email + " is opted in, in table " + table.number);
    }

    private static @Nullable String cell(Write write, int column) {
        for (Write.Cell cell : write.cells()) if (cell.column() == column) return cell.raw();
        return null;
    }

    void act() {
        synchronized (oneAtATime) {
            people.act();
        }
    }

    /** Answers when it is durable that the last table is paused, or goes on. */
    void pause(Engine engine, boolean pause) {
        paused = Paused.PERHAPS;
        if (pause) engine.pause(LAST);
        else engine.resume(LAST);
        paused = pause ? Paused.YES : Paused.NO;
    }

    /** Has a table read again in full while nobody edits: what such a read shows has no date of its own. */
    void resync(Engine engine, MemoryTable table) throws InterruptedException {
        settle(engine);
        int before = table.lists;
        engine.resync("table" + table.number);
        Town.await("read again", () -> table.lists > before);
        settle(engine);
    }

    // ---- what must be so

    /** What it acknowledged before it ended. */
    void mustRemember(Engine engine) {
        if (paused == Paused.PERHAPS) return;
        boolean found = engine.status().platforms().getLast().state().equals("paused");
        assertThat(found).as("the last table is paused").isEqualTo(paused == Paused.YES);
    }

    /** Waits until {@link #settled}, and sees to it that it says what is so. */
    void settle(Engine engine) throws InterruptedException {
        long endNanos = System.nanoTime() + PATIENCE_NANOS;
        while (!settled(engine)) {
            if (System.nanoTime() > endNanos) throw new AssertionError("not in step: " + standing(engine));
            Thread.sleep(2);
        }
        mustBeRight(engine);
    }

    String standing(Engine engine) {
        StringBuilder all = new StringBuilder();
        for (MemoryTable table : town.tables) {
            all.append(table.confirmed()).append(" of ").append(table.changes()).append(' ');
        }
        return all + engine.status().toString() + people.differences() + wrong;
    }

    /**
     * The engine says that all is in step, after it took in all that the tables have shown: from then on it can be held
     * to that.
     */
    boolean settled(Engine engine) {
        long before = changes();
        for (MemoryTable table : town.tables) if (table.confirmed() < table.changes()) return false;
        return engine.status().inStep() && changes() == before;
    }

    private long changes() {
        return town.tables.stream().mapToLong(MemoryTable::changes).sum();
    }

    /** All that people did is everywhere, once, and the status says what is so. */
    void mustBeRight(Engine engine) {
        assertThat(wrong).isEmpty();
        List<String> differences = people.differences();
        if (!differences.isEmpty()) throw new AssertionError("said to be in step: " + differences + standing(engine));
        StatusView status = engine.status();
        assertThat(status.customers()).isEqualTo(people.living());
        assertThat(status.consistency()).isEqualTo(1.0);
        assertThat(status.halted()).isNull();
        for (PlatformView platform : status.platforms()) {
            assertThat(platform.records()).isEqualTo(people.living());
        }
        assertThat(engine.failed(null, 10)).isEmpty();
        assertThat(engine.reviews(10)).isEmpty();
        assertThat(engine.approvals()).isEmpty();
    }

    /** A comparison finds nothing, and an hour without edits writes nothing. */
    void mustBeAtRest(Engine engine) throws InterruptedException {
        VerifyView found = engine.verify(false, Progress.NONE);
        assertThat(found.platforms())
                .allSatisfy(check -> assertThat(check.samples()).isEmpty());
        assertThat(found.clean()).isTrue();
        long changes = changes();
        aheadMicros.addAndGet(HOUR_MICROS);
        Thread.sleep(IDLE_MS);
        settle(engine);
        assertThat(changes()).as("changes in an idle hour").isEqualTo(changes);
    }
}
