package dev.lockstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.store.Points;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine at work ends just before and just after every call by which it reaches its disk or a platform, once with
 * all that its process had given to the system, once with what a power cut leaves, once with a torn end of the log; and
 * once more while the next engine sets to rights what the first had left.
 *
 * <p>A few of these points are taken each time, by a fresh seed; {@code -Dfailpoints.all} takes all of them.
 */
@Timeout(3600)
class CrashPointsTest {
    private static final int OPERATIONS = 200;
    private static final int AT_ONCE = 4;
    private static final int A_FEW = 150;

    @TempDir
    Path folder;

    private final boolean all = Boolean.getBoolean("failpoints.all");
    private final long seed = Long.getLong("failpoints.seed", System.nanoTime());
    private final AtomicInteger again = new AtomicInteger();
    private final Set<String> wrong = Collections.synchronizedSet(new TreeSet<>());

    /** A moment, and how much of its log is left. */
    private record Image(Moment moment, long log, String left) {
        @Override
        public String toString() {
            return moment + ", " + left;
        }
    }

    /** Is told the moments before and after each call, until it has ended. */
    private abstract static class Watching implements Points {
        final Path at;
        final LogLength log;
        private @Nullable World world;
        boolean ended;

        Watching(Path at) {
            this.at = at;
            this.log = new LogLength(at);
        }

        void of(World of) {
            world = of;
        }

        World world() {
            return Objects.requireNonNull(world);
        }

        abstract void note(Call call, boolean after);

        @Override
        public Verdict before(Call call) {
            if (!ended) note(call, false);
            return Verdict.GO;
        }

        @Override
        public void after(Call call) {
            log.after(call);
            if (!ended) note(call, true);
        }
    }

    /** Notes all moments; those that are the same as the one before are counted only. */
    private static final class Moments extends Watching {
        final List<Moment> found = new ArrayList<>();
        private List<Object> last = List.of();
        int calls;

        Moments(Path at) {
            super(at);
        }

        @Override
        void note(Call call, boolean after) {
            if (!after) calls++;
            Moment earlier = found.isEmpty() ? null : found.getLast();
            Moment moment = Moment.of(call, after, world(), log, earlier);
            List<Object> state = moment.state();
            if (state.equals(last)) return;
            last = state;
            found.add(moment);
        }
    }

    /** Keeps one moment of a recovery, each as likely as any other, with its folder. */
    private static final class OneMoment extends Watching {
        private final Path kept;
        private final Random random;
        private int passed;

        @Nullable
        Moment moment;

        OneMoment(Path at, Path kept, Random random) {
            super(at);
            this.kept = kept;
            this.random = random;
        }

        @Override
        void note(Call call, boolean after) {
            if (random.nextInt(++passed) != 0) return;
            moment = Moment.of(call, after, world(), log, null);
            try {
                if (Files.exists(kept)) DiskImage.delete(kept);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            DiskImage.copy(at, kept);
        }
    }

    @Test
    void aCrashAtAnyCallAndAnotherWhileItIsSetToRightsLosesNothingAndMakesNobodyTwice() throws Exception {
        Random random = new Random(seed);
        Path base = folder.resolve("base");
        Moments moments = work(folder.resolve("0"), base, random);
        List<Image> images = images(moments.found, random);
        int points = images.size();
        Collections.shuffle(images, random);
        if (!all) images = images.subList(0, Math.min(A_FEW, images.size()));
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < images.size(); i++) {
                Image image = images.get(i);
                Path at = folder.resolve("crash" + i);
                long number = i;
                futures.add(pool.submit(() -> crash(image, base, at, new Random(seed + number))));
            }
            for (Future<?> future : futures) future.get();
        } finally {
            pool.shutdownNow();
        }
        System.out.printf(
                "crash points: %d operations made %d calls, before and after which lay %d different worlds; %d of them"
                        + " were set to rights, %d after a second crash; seed %d%n",
                OPERATIONS, moments.calls, points, images.size(), again.get(), seed);
        assertThat(wrong)
                .as("replay with -Dfailpoints.seed=" + seed + (all ? " -Dfailpoints.all" : ""))
                .isEmpty();
    }

    /** A scenario without failures, all of whose moments are kept. */
    private Moments work(Path at, Path base, Random random) throws InterruptedException {
        Moments moments = new Moments(at);
        World world = World.fresh(at, random, moments);
        moments.of(world);
        for (int i = 0; i < 10; i++) world.act();
        List<String> first;
        try (Engine engine = world.town.engine()) {
            first = DiskImage.tables(at);
            engine.start(Set.of(), Progress.NONE);
            // Of two tables that were never read nobody can say which was edited last.
            world.settle(engine);
            for (int i = 10; i < OPERATIONS; i++) {
                world.act();
                if (i % 40 == 20) world.pause(engine, true);
                if (i % 40 == 30) world.pause(engine, false);
                if (i % 60 == 35) world.resync(engine, world.town.table(random.nextInt(3)));
                Thread.sleep(random.nextInt(5));
                if (i % 40 < 20 && random.nextInt(10) == 0) world.settle(engine);
            }
            world.pause(engine, false);
            world.settle(engine);
            synchronized (world.oneAtATime) {
                moments.ended = true;
                DiskImage.copy(at, base);
            }
        }
        assertThat(DiskImage.tables(base))
                .as("a moment is how long the one log was")
                .isEqualTo(first);
        return moments;
    }

    private static List<Image> images(List<Moment> moments, Random random) {
        List<Image> images = new ArrayList<>();
        Set<List<Object>> known = new HashSet<>();
        for (Moment moment : moments) {
            long synced = moment.synced();
            long left = moment.logged() - synced;
            add(new Image(moment, synced, "a power cut"), images, known);
            add(new Image(moment, moment.logged(), "the process ended"), images, known);
            if (left > 1) add(new Image(moment, synced + 1 + random.nextLong(left - 1), "torn"), images, known);
        }
        return images;
    }

    private static void add(Image image, List<Image> images, Set<List<Object>> known) {
        List<Object> state = new ArrayList<>(image.moment.state());
        // How much of it is synced matters no more.
        state.set(2, image.log);
        state.set(3, image.log);
        if (known.add(state)) images.add(image);
    }

    private void crash(Image image, Path base, Path at, Random random) {
        Path kept = at.resolveSibling(at.getFileName() + "-again");
        String what = image.toString();
        try {
            lay(image, base, at);
            OneMoment second = new OneMoment(at, kept, random);
            World world = image.moment.world(at, random, second);
            second.of(world);
            setToRights(world, second);
            DiskImage.delete(at);
            Moment moment = Objects.requireNonNull(second.moment);
            long log = random.nextBoolean() ? moment.synced() : moment.logged();
            what += "; then " + moment + ", " + log + " left";
            if (moment.opened()) DiskImage.cut(kept, log);
            setToRights(moment.world(kept, random, NONE), null);
            DiskImage.delete(kept);
            again.incrementAndGet();
        } catch (Exception | AssertionError e) {
            if (wrong.add(what + ": " + e.getMessage())) System.out.println(what + ": " + e);
        }
    }

    private static final Points NONE = new Points() {
        @Override
        public Verdict before(Call call) {
            return Verdict.GO;
        }

        @Override
        public void after(Call call) {}
    };

    private static void lay(Image image, Path base, Path at) throws IOException {
        Files.createDirectories(at);
        if (!image.moment.opened()) return;
        DiskImage.copy(base, at);
        DiskImage.cut(at, image.log);
        if (!image.moment.stamped()) Files.delete(at.resolve("FORMAT"));
    }

    private static void setToRights(World world, @Nullable OneMoment second) throws InterruptedException {
        try (Engine engine = world.town.engine()) {
            world.mustRemember(engine);
            engine.start(Set.of(), Progress.NONE);
            if (world.paused != World.Paused.NO) world.pause(engine, false);
            world.settle(engine);
            if (second != null) {
                synchronized (world.oneAtATime) {
                    second.ended = true;
                }
            }
            world.mustBeAtRest(engine);
            world.act();
            world.settle(engine);
        }
    }
}
