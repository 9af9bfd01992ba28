package dev.lockstep.app.demo;

import dev.lockstep.app.cli.Lockstep;
import dev.lockstep.app.cli.Opening;
import dev.lockstep.app.http.Server;
import dev.lockstep.app.http.ServerFile;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.EngineException;
import dev.lockstep.engine.Progress;
import dev.lockstep.engine.view.StatusView;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: three real databases, the engine over them, and a life going on. */
@Command(
        name = "demo",
        description = {
            "Shows it at work on three databases of its own; nothing of yours is touched.",
            "Starts a PostgreSQL with messy, overlapping customers, keeps them in step, and lets life go on in them:"
                    + " see what spreads where, and how fast. Nothing to install. Everything lies in .lockstep-demo, or"
                    + " where --data says; the next start finds it there."
        },
        footer = {"", "Example:", "  lockstep demo --once"})
public final class DemoCommand implements Callable<Integer> {

    private static final int USUAL_PORT = 8080;
    private static final double EVENTS_A_SECOND = 2.5;

    private final Lockstep lockstep;

    @Option(
            names = "--once",
            description = "Bring everything into step, live shortly, check, print a summary, and end.")
    private boolean once;

    @Option(names = "--calm", description = "Make no edits: the databases are yours to play with.")
    private boolean calm;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Where to listen; 0: any free port (default: 8080, or any" + " free one when that is taken).")
    private int port = -1;

    @Spec
    private @Nullable CommandSpec spec;

    public DemoCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() throws InterruptedException {
        var stop = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        var main = Thread.currentThread();
        var hook = new Thread(() -> {
            stop.countDown();
            // Not once it has ended by itself: the JVM has work of its own to do on that thread then.
            if (once && stopped.getCount() > 0) {
                main.interrupt();
            }
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return demonstrate(stop);
        } catch (IOException | SQLException e) {
            throw new EngineException(
                    "The demo's databases cannot be used: " + e.getMessage(),
                    "Delete " + folder() + " to begin anew; " + folder().resolve("postgres/postgres.log")
                            + " has what PostgreSQL said.");
        } finally {
            stopped.countDown();
        }
    }

    private int demonstrate(CountDownLatch stop) throws IOException, SQLException, InterruptedException {
        lockstep.err().println("Starting PostgreSQL …");
        lockstep.err().flush();
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var postgres = DemoPostgres.start(folder().resolve("postgres"))) {
            Databases.prepare(postgres);
            var inner = workspace(postgres);
            try (var opening = Opening.of(inner)) {
                var engine = opening.own("demo", Opening.Looking.PATIENT, Set.of(), meters);
                try (var server = Server.start(engine, meters, "127.0.0.1", port(), inner.dataFolder());
                        var file = ServerFile.write(inner.dataFolder(), server.url())) {
                    var demo = new Demo(
                            lockstep.out(), new Paint(lockstep.surroundings().colour()), engine, postgres);
                    return run(demo, engine, server, stop);
                }
            }
        }
    }

    private int run(Demo demo, Engine engine, Server server, CountDownLatch stop)
            throws SQLException, InterruptedException {
        demo.introduce(server.signInLink());
        engine.start(Set.of(), Progress.NONE);
        demo.converge("first");
        if (once) {
            return demo.once() ? 0 : 2;
        }
        demo.show(calm ? 0 : EVENTS_A_SECOND, stop);
        lockstep.err().println("Stopping: what is under way is brought to its end.");
        return 0;
    }

    /** The workspace as shipped, unless the user has made it her own; the addresses of the databases beside it. */
    private Lockstep workspace(DemoPostgres postgres) throws IOException {
        var workspace = folder().resolve("workspace");
        Files.createDirectories(workspace);
        var yaml = workspace.resolve("lockstep.yaml");
        if (!Files.exists(yaml)) {
            try (InputStream shipped = DemoCommand.class.getResourceAsStream("lockstep.yaml")) {
                if (shipped == null) {
                    throw new IOException("the demo's workspace is missing from the program");
                }
                Files.copy(shipped, yaml);
            }
        }
        var urls = new StringBuilder("# Written by `lockstep demo`: where its databases are.\n");
        for (var name : Databases.NAMES) {
            urls.append(name.toUpperCase(java.util.Locale.ROOT))
                    .append("_URL=")
                    .append(postgres.url(name))
                    .append('\n');
        }
        Files.writeString(workspace.resolve(".env"), urls);
        var inner = new Lockstep(lockstep.surroundings());
        new CommandLine(inner)
                .setOut(lockstep.out())
                .setErr(lockstep.err())
                .parseArgs("--workspace", workspace.toString());
        return inner;
    }

    private Path folder() {
        var given = spec == null ? null : spec.commandLine().getParseResult().matchedOptionValue("--data", (Path) null);
        var here = lockstep.surroundings().folder();
        return given == null
                ? here.resolve(".lockstep-demo")
                : here.resolve(given).normalize();
    }

    private int port() {
        if (port >= 0) {
            return port;
        }
        try (var socket = new ServerSocket(USUAL_PORT, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            return 0;
        }
    }

    /** How things stand, for whoever has nothing else to go by. */
    static String standing(StatusView status) {
        var text = new StringBuilder();
        for (var platform : status.platforms()) {
            text.append(platform.name())
                    .append(": ")
                    .append(platform.records())
                    .append(" records, ")
                    .append(platform.pending())
                    .append(" pending, ")
                    .append(platform.failed())
                    .append(" failed");
            text.append(platform.error() == null ? ". " : ", " + platform.error() + " ");
        }
        return text.toString().strip();
    }
}
