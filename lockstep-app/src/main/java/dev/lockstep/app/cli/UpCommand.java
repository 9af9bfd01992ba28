package dev.lockstep.app.cli;

import dev.lockstep.app.http.Server;
import dev.lockstep.app.http.ServerFile;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.Progress;
import dev.lockstep.engine.view.FirstSyncView;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code up}: runs until stopped. */
@Command(
        name = "up",
        description = {
            "Runs until stopped: changes spread as they happen, with a status page and an HTTP API.",
            "What an operator should hear of is said on standard error.",
            "The link it prints signs you in; the token is in the data folder, readable by you alone."
        },
        footer = {"", "Example:", "  lockstep up --port 8080"})
public final class UpCommand implements Callable<Integer> {
    private final Lockstep lockstep;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Where to listen; 0: any free port" + " (default: 8080).")
    private int port = 8080;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on (default: 127.0.0.1, this machine only).")
    private String host = "127.0.0.1";

    @Option(names = "--without", paramLabel = "NAME", description = "Go on without this platform; repeatable.")
    private List<String> without = List.of();

    public UpCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            stop.countDown();
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            run(stop);
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private void run(CountDownLatch stop) throws InterruptedException {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (Opening opening = Opening.of(lockstep)) {
            opening.remarkWarnings();
            String command = Opening.SERVER + ", port " + port;
            Engine engine = opening.own(command, Opening.Looking.PATIENT, Set.copyOf(without), meters);
            try (Server server = Server.start(engine, meters, host, port, lockstep.dataFolder());
                    ServerFile file = ServerFile.write(lockstep.dataFolder(), server.url());
                    ProgressLines progress = lockstep.progress()) {
                announce(server);
                engine.start(Set.copyOf(without), new Reading(progress));
                try (Watch watch = Watch.of(engine, progress::end)) {
                    // An engine that works no more ends the process, saying why: whoever looks after that starts it
                    // again.
                    Rest rest = new Rest();
                    while (!stop.await(5, TimeUnit.SECONDS)) {
                        engine.status();
                        rest.look();
                    }
                }
                lockstep.remark("Stopping: what is under way is brought to its end.");
            }
        }
    }

    private void announce(Server server) {
        if (lockstep.json()) {
            lockstep.sayJson(Map.of("url", server.url(), "sign_in", server.signInLink()));
        } else {
            lockstep.say("Lockstep is up: " + server.signInLink());
            lockstep.say("Press Ctrl-C to stop.");
        }
    }

    /** Says how the first reading goes; what comes after it is on the status page. */
    private record Reading(Progress progress) implements Progress {
        @Override
        public void at(Phase phase, String platform, long done, long total) {
            if (phase == Phase.READING || phase == Phase.PLANNING) progress.at(phase, platform, done, total);
        }

        @Override
        public void first(List<FirstSyncView> platforms) {
            progress.first(platforms);
        }
    }
}
