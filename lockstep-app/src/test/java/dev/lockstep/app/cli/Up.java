package dev.lockstep.app.cli;

import dev.lockstep.app.Main;
import dev.lockstep.app.json.Json;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** {@code up}, as a user starts it, in a thread that is interrupted in the end. */
final class Up implements AutoCloseable {
    private final TwoDatabases databases;
    private final Thread thread;

    private Up(TwoDatabases databases, Thread thread) {
        this.databases = databases;
        this.thread = thread;
    }

    /** Returns when all is in step. */
    static Up on(TwoDatabases databases) throws Exception {
        Thread thread = Thread.ofPlatform()
                .start(() -> Main.run(
                        new Surroundings(Map.of(), databases.workspace(), false),
                        new PrintWriter(Writer.nullWriter()),
                        new PrintWriter(System.err),
                        "up",
                        "--port",
                        "0"));
        Up up = new Up(databases, thread);
        up.await("a server", () -> databases.run("status").code() == 0);
        return up;
    }

    interface Truth {
        boolean holds() throws Exception;
    }

    /** Waits until it holds, for two minutes at most. */
    void await(String what, Truth truth) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!truth.holds()) {
            if (System.nanoTime() > end) throw new AssertionError("not within two minutes: " + what);
            Thread.sleep(100);
        }
    }

    JsonNode json(String... arguments) {
        return Json.tree(databases.run(arguments).out());
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(20_000);
    }
}
