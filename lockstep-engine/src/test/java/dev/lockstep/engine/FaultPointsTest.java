package dev.lockstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.engine.store.Points;
import dev.lockstep.engine.store.StoreException;
import dev.lockstep.engine.view.StatusView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each call that an operation causes fails, in a run of its own: each write and flush of the disk, each call of a
 * platform. After every failure the work has to end where it would have ended without.
 *
 * <p>A few of the operations are taken each time, by a fresh seed, with one call of each; {@code -Dfailpoints.all}
 * takes all operations with all calls.
 */
@Timeout(7200)
class FaultPointsTest {
    private static final int OPERATIONS = 200;
    private static final int A_FEW = 12;
    private static final int AT_ONCE = 8;
    private static final int FIRST_PEOPLE = 12;

    @TempDir
    Path folder;

    private final boolean all = Boolean.getBoolean("failpoints.all");
    private final long seed = Long.getLong("failpoints.seed", System.nanoTime());
    private final Set<String> wrong = Collections.synchronizedSet(new TreeSet<>());
    private final Map<Fault, Integer> hits = Collections.synchronizedMap(new EnumMap<>(Fault.class));

    private enum Fault {
        NO_SPACE(true, Points.Verdict.REFUSED),
        /** The disk says that it is full, and what it was given is there all the same. */
        NO_SPACE_THOUGH_WRITTEN(true, Points.Verdict.LOST),
        NO_SPACE_UNTIL_FREED(true, Points.Verdict.REFUSED),
        DISK_ERROR(true, Points.Verdict.REFUSED),
        DISK_ERROR_THOUGH_WRITTEN(true, Points.Verdict.LOST),
        REFUSED(false, Points.Verdict.REFUSED),
        ANSWER_LOST(false, Points.Verdict.LOST);

        final boolean disk;
        final Points.Verdict verdict;

        Fault(boolean disk, Points.Verdict verdict) {
            this.disk = disk;
            this.verdict = verdict;
        }

        boolean endsTheEngine() {
            return this == DISK_ERROR || this == DISK_ERROR_THOUGH_WRITTEN;
        }
    }

    /** Lets the call of that number fail, of those since it was armed. */
    private static final class Strike implements Points {
        private final Fault fault;
        private LogLength log;
        private int at;
        private int calls;
        private boolean full;
        private int openings;

        Strike(Fault fault, Path folder) {
            this.fault = fault;
            this.log = new LogLength(folder);
        }

        synchronized void arm(int call) {
            at = call;
            calls = 0;
            openings = 0;
        }

        /** How many calls there were since it was armed. */
        synchronized int calls() {
            return calls;
        }

        synchronized boolean hit() {
            return at == 0;
        }

        synchronized boolean isFull() {
            return full;
        }

        /** Nobody could open it either. */
        synchronized boolean wasTried() {
            return openings > 0;
        }

        synchronized void free() {
            full = false;
        }

        synchronized long synced() {
            return log.synced();
        }

        /** From now on the engine works in another folder. */
        synchronized void moves(Path folder) {
            log = new LogLength(folder);
        }

        @Override
        public synchronized Verdict before(Call call) {
            if (call.disk && full) {
                if (call == Call.OPEN) openings++;
                return Verdict.REFUSED;
            }
            if (call == Call.OPEN || call.disk != fault.disk) return Verdict.GO;
            if (++calls != at) return Verdict.GO;
            at = 0;
            full = fault == Fault.NO_SPACE_UNTIL_FREED || fault.endsTheEngine();
            return fault.verdict;
        }

        @Override
        public synchronized void after(Call call) {
            log.after(call);
        }

        @Override
        public String diskSays() {
            return fault.endsTheEngine() ? "Input/output error" : "No space left on device";
        }
    }

    @Test
    void afterAnyCallThatFailsTheWorkEndsWhereItWouldHaveEndedWithout() throws Exception {
        int[] most = new int[2];
        int[] calls = new int[2];
        for (Fault fault : List.of(Fault.NO_SPACE, Fault.REFUSED)) {
            Pass dry = new Pass(fault, 0, new Random(seed), folder.resolve("dry" + fault));
            dry.run();
            most[fault.disk ? 0 : 1] = dry.most;
            calls[fault.disk ? 0 : 1] = dry.sum;
        }
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (Fault fault : Fault.values()) {
                // What differs from run to run may take a few calls more.
                int numbers = all ? most[fault.disk ? 0 : 1] + 3 : 1;
                for (int i = 1; i <= numbers; i++) {
                    int number = all ? i : -1;
                    Random random = new Random(seed + i);
                    Path at = folder.resolve(fault + "-" + i);
                    futures.add(pool.submit(() -> attempt(fault, number, random, at)));
                }
            }
            for (Future<?> future : futures) future.get();
        } finally {
            pool.shutdownNow();
        }
        System.out.printf(
                "fault points: %d operations made %d disk and %d platform calls; these failed: %s; seed %d%n",
                OPERATIONS, calls[0], calls[1], hits, seed);
        assertThat(wrong)
                .as("replay with -Dfailpoints.seed=" + seed + (all ? " -Dfailpoints.all" : ""))
                .isEmpty();
    }

    @Test
    void anOrderThatCannotBeMadeDurableIsRefusedAtOnceAndSaysWhy() throws Exception {
        for (int call = 1; call <= 2; call++) {
            Pass pass = new Pass(Fault.NO_SPACE_UNTIL_FREED, 0, new Random(seed), folder.resolve("order" + call));
            try {
                pass.engine.start(Set.of(), Progress.NONE);
                pass.settle();
                pass.strike.arm(call);
                long startNanos = System.nanoTime();
                assertThatThrownBy(() -> pass.world.pause(pass.engine, true))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("is full");
                assertThat(System.nanoTime() - startNanos).isLessThan(10_000_000_000L);
                pass.settle();
                pass.world.mustBeRight(pass.engine);
            } finally {
                pass.engine.close();
            }
        }
    }

    @Test
    void whoeverCannotLetOutWhatIsDurableSaysThatItHasStopped() throws Exception {
        Points fails = new Points() {
            @Override
            public Verdict before(Call call) {
                if (call == Call.CONFIRM) throw new IllegalStateException("a defect of a connector");
                return Verdict.GO;
            }

            @Override
            public void after(Call call) {}
        };
        World world = World.fresh(folder.resolve("defect"), new Random(seed), fails);
        world.act();
        try (Engine engine = world.town.engine()) {
            engine.start(Set.of(), Progress.NONE);
            Town.await("it says so", () -> {
                try {
                    return engine.status().halted() != null;
                } catch (EngineException e) {
                    return String.valueOf(e.getMessage()).contains("a defect of a connector");
                }
            });
        }
    }

    private void attempt(Fault fault, int number, Random random, Path at) {
        Pass pass = new Pass(fault, number, random, at);
        try {
            pass.run();
        } catch (Exception | AssertionError e) {
            if (wrong.add(pass + ": " + e.getMessage())) System.out.println(pass + ": " + e);
        }
    }

    private interface Order {
        void give();
    }

    /** All operations, one by one, with one failure in each. */
    private final class Pass {
        private final Fault fault;
        /** The number of the call that fails; 0: none, -1: any. */
        private final int number;

        private final Random random;
        private final Path at;
        private final Strike strike;
        private final World world;
        private Engine engine;
        private int operation;
        private int lives;
        int most;
        int sum;

        Pass(Fault fault, int number, Random random, Path at) {
            this.fault = fault;
            this.number = number;
            this.random = random;
            this.at = at;
            this.strike = new Strike(fault, place());
            this.world = World.fresh(place(), random, strike);
            // While the disk is full people go on.
            world.oneByOne = fault != Fault.NO_SPACE_UNTIL_FREED;
            for (int i = 0; i < FIRST_PEOPLE; i++) world.act();
            this.engine = world.town.engine();
        }

        private Path place() {
            return at.resolve(Integer.toString(lives));
        }

        @Override
        public String toString() {
            return fault + " at call " + number + " of operation " + operation;
        }

        void run() throws Exception {
            try {
                engine.start(Set.of(), Progress.NONE);
                settle();
                int last = number < 0 ? A_FEW : OPERATIONS;
                for (operation = 0; operation < last; operation++) operate();
                world.mustBeAtRest(engine);
                engine.close();
                engine = world.town.engine(place());
                engine.start(Set.of(), Progress.NONE);
                settle();
                world.mustBeRight(engine);
            } finally {
                engine.close();
            }
            DiskImage.delete(at);
        }

        private void operate() throws Exception {
            strike.arm(number >= 0 ? number : 1 + random.nextInt(fault.disk ? 8 : 16));
            if (operation % 20 == 7) tell(() -> world.pause(engine, true));
            world.act();
            if (operation % 50 == 13) tell(() -> engine.resync("table" + random.nextInt(3)));
            settle();
            most = Math.max(most, strike.calls());
            sum += strike.calls();
            if (strike.hit() && number != 0) hits.merge(fault, 1, Integer::sum);
            strike.arm(0);
            world.mustBeRight(engine);
        }

        /** An engine that cannot go on may refuse it. */
        private void tell(Order order) {
            try {
                order.give();
            } catch (EngineException e) {
                assertThat(e).hasMessageNotContaining("too busy");
            }
        }

        private void settle() throws Exception {
            long endNanos = System.nanoTime() + 60_000_000_000L;
            boolean acted = false;
            while (true) {
                if (System.nanoTime() > endNanos) {
                    throw new AssertionError("not within 60 s: " + engine.status() + world.people.differences());
                }
                try {
                    StatusView status = engine.status();
                    if (status.halted() != null) {
                        assertThat(status.halted()).contains("is full");
                        assertThat(status.inStep()).isFalse();
                        if (strike.isFull() && !acted) world.act();
                        acted = true;
                        if (strike.wasTried()) strike.free();
                    }
                    if (world.paused != World.Paused.NO) tell(() -> world.pause(engine, false));
                    if (world.settled(engine)) return;
                } catch (StoreException e) {
                    if (!fault.endsTheEngine()) throw e;
                    assertThat(e).hasMessageContaining("fails (");
                    liveAgain();
                }
                Thread.sleep(2);
            }
        }

        /** The disk has failed: nobody can open the folder, until what was synced is on another. */
        private void liveAgain() throws Exception {
            engine.close();
            Path before = place();
            lives++;
            DiskImage.copy(before, place());
            DiskImage.cut(place(), strike.synced());
            DiskImage.delete(before);
            strike.moves(place());
            assertThatThrownBy(() -> world.town.engine(place()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("fails (");
            strike.free();
            engine = world.town.engine(place());
            world.mustRemember(engine);
            engine.start(Set.of(), Progress.NONE);
        }
    }
}
