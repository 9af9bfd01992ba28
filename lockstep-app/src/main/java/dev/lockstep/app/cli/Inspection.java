package dev.lockstep.app.cli;

import dev.lockstep.engine.EngineException;
import dev.lockstep.spi.Description;
import dev.lockstep.spi.Description.Problem;
import dev.lockstep.spi.Platform;
import dev.lockstep.spi.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of looking at one platform: a description, or why there is none.
 *
 * @param platform its name
 * @param found null when it could not be reached
 * @param failure null when it could
 */
record Inspection(
        String platform,
        @Nullable Description found,
        @Nullable PlatformException failure) {

    /** All at once: a slow platform holds up no other. Those to go on without are left out. */
    static List<Inspection> of(Map<String, Platform> platforms, Set<String> without) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Inspection>> looking = new ArrayList<>();
            platforms.forEach((name, platform) -> {
                if (!without.contains(name)) looking.add(threads.submit(() -> of(name, platform)));
            });
            List<Inspection> inspections = new ArrayList<>();
            for (Future<Inspection> one : looking) inspections.add(one.get());
            return inspections;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Stopped.", "");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
        }
    }

    private static Inspection of(String name, Platform platform) {
        try {
            return new Inspection(name, platform.describe(), null);
        } catch (PlatformException e) {
            return new Inspection(name, null, e);
        }
    }

    boolean usable() {
        return found != null && found.usable();
    }

    /** Columns that were there the last time are not there now; the others can be worked with. */
    boolean lostColumns(@Nullable Description before) {
        if (before == null || found == null || found.usable() || !found.usableInPart()) return false;
        return found.problems().stream()
                .filter(Problem::fatal)
                .allMatch(problem -> problem.column() < before.columns().size()
                        && before.columns().get(problem.column()) != null);
    }

    Description description() {
        return Objects.requireNonNull(found);
    }

    /** All that stands in the way, the worst first. */
    List<Problem> problems() {
        if (found != null) return found.problems();
        PlatformException e = Objects.requireNonNull(failure);
        return List.of(new Problem(true, String.valueOf(e.getMessage()), e.remedy()));
    }

    String sentences() {
        return problems().stream().filter(Problem::fatal).map(Problem::sentence).collect(Collectors.joining(" "));
    }

    /** One exception of all that stands in the way of these. */
    static EngineException failure(List<Inspection> bad) {
        List<String> lines = new ArrayList<>();
        for (Inspection inspection : bad) {
            for (Problem problem : inspection.problems()) {
                if (!problem.fatal()) continue;
                lines.add(problem.sentence());
                problem.remedy().lines().forEach(line -> lines.add("  " + line));
            }
        }
        return new EngineException(String.join("\n", lines), "");
    }
}
