package dev.lockstep.core.normalise;

import java.util.Random;
import java.util.function.Consumer;

/** Random tests that a number replays: a fresh seed each time, {@code -Dseed=N} for a known one. */
public final class Seeds {

    private Seeds() {}

    /** Runs a test with a seeded generator; a failure says the seed and the command that replays it. */
    public static void run(Class<?> test, Consumer<Random> body) {
        Long given = Long.getLong("seed");
        long seed = given == null ? System.nanoTime() : given;
        try {
            body.accept(new Random(seed));
        } catch (Throwable failure) {
            throw new AssertionError(
                    "SEED=" + seed + "   replay: ./mvnw -pl lockstep-core test -Dtest=" + test.getSimpleName()
                            + " -Dseed=" + seed + "\n" + failure.getMessage(),
                    failure);
        }
    }
}
