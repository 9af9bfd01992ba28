package dev.lockstep.app.cli;

import dev.lockstep.app.http.RemoteEngine;
import dev.lockstep.app.json.Json;
import dev.lockstep.engine.EngineException;
import dev.lockstep.engine.view.ChangeEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code events}: follows what happens. */
@Command(
        name = "events",
        description = "Follows what happens in the running server, live, until stopped. --json is one event a line.",
        footer = {"", "Example:", "  lockstep events --platform crm"})
public final class EventsCommand implements Callable<Integer> {
    private final Lockstep lockstep;

    @Option(names = "--platform", paramLabel = "NAME", description = "Only what happens there.")
    private @Nullable String platform;

    @Option(names = "--customer", paramLabel = "ID", description = "Only what happens to this customer.")
    private @Nullable String customer;

    @Option(names = "--count", paramLabel = "N", description = "Stop after N events.")
    private long count;

    public EventsCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() throws InterruptedException {
        RemoteEngine server = RemoteEngine.find(lockstep.dataFolder());
        if (server == null) {
            throw new EngineException("No server runs on " + lockstep.dataFolder() + ".", "lockstep up");
        }
        CountDownLatch ended = new CountDownLatch(1);
        AtomicLong left = new AtomicLong(count == 0 ? Long.MAX_VALUE : count);
        try (var following = server.follow(event -> show(event, left, ended), ended::countDown)) {
            ended.await();
        }
        if (left.get() > 0) throw new EngineException("The server has ended.", "lockstep up");
        return 0;
    }

    private void show(ChangeEvent event, AtomicLong left, CountDownLatch ended) {
        boolean wanted = (platform == null || platform.equals(event.platform()))
                && (customer == null || customer.equals(event.customer()));
        if (!wanted || left.get() <= 0) return;
        lockstep.say(lockstep.json() ? Json.write(event) : line(event));
        if (left.decrementAndGet() == 0) ended.countDown();
    }

    static String line(ChangeEvent event) {
        StringBuilder line = new StringBuilder();
        line.append(Instant.EPOCH.plus(event.atMicros(), ChronoUnit.MICROS).truncatedTo(ChronoUnit.MILLIS));
        line.append("  ")
                .append(event.platform())
                .append(' ')
                .append(event.key())
                .append("  ")
                .append(event.kind());
        String what = event.field() != null ? event.field() : event.column();
        if (what != null) {
            line.append(' ').append(what).append(' ').append(Tables.quoted(event.before()));
            line.append(" -> ").append(Tables.quoted(event.after()));
        }
        if (event.sourcePlatform() != null) line.append("  from ").append(event.sourcePlatform());
        if (event.customer().isEmpty()) line.append("  ").append(event.detail());
        if (event.tookMs() >= 0) line.append("  in ").append(event.tookMs()).append(" ms");
        return line.toString();
    }
}
