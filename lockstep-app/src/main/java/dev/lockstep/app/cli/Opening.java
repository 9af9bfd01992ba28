package dev.lockstep.app.cli;

import dev.lockstep.app.http.RemoteEngine;
import dev.lockstep.app.workspace.Digest;
import dev.lockstep.app.workspace.Mistake;
import dev.lockstep.app.workspace.ModelBuilder;
import dev.lockstep.app.workspace.Numbers;
import dev.lockstep.app.workspace.PlatformDefinition;
import dev.lockstep.app.workspace.Workspace;
import dev.lockstep.app.workspace.Workspace.GuardDefinition;
import dev.lockstep.app.workspace.WorkspaceException;
import dev.lockstep.app.workspace.WorkspaceReader;
import dev.lockstep.connectors.Connectors;
import dev.lockstep.core.model.Model;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.EngineException;
import dev.lockstep.engine.EngineSettings;
import dev.lockstep.engine.GuardRule;
import dev.lockstep.engine.PlatformLink;
import dev.lockstep.engine.store.InUseException;
import dev.lockstep.engine.store.Store;
import dev.lockstep.spi.Connector;
import dev.lockstep.spi.Description;
import dev.lockstep.spi.Platform;
import dev.lockstep.spi.PlatformException;
import dev.lockstep.spi.Spec;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything between the workspace's folder and an engine to ask: one of our own on the data folder, or the server that
 * has it open.
 */
public final class Opening implements AutoCloseable {

    /** How much is done about platforms before the engine is opened. */
    public enum Looking {
        /** None is asked anything: what was found the last time holds. For questions to the data folder. */
        NOT,
        /** All are; what cannot be reached, or used, is an error. */
        STRICT,
        /** All are; one that was known before and cannot be reached now is left to the engine, which asks again. */
        PATIENT
    }

    /** The word by which the data folder's owner is known for a server. */
    static final String SERVER = "up";

    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final long QUESTION_NANOS = 5_000_000_000L;

    private final Lockstep lockstep;
    private final Map<String, Connector> connectors;
    private final Workspace workspace;
    private @Nullable Engine engine;

    private Opening(Lockstep lockstep) {
        this.lockstep = lockstep;
        this.connectors = Connectors.all().stream()
                .collect(Collectors.toMap(
                        connector -> connector.spec().type(), connector -> connector, (a, b) -> a, LinkedHashMap::new));
        this.workspace = WorkspaceReader.read(
                lockstep.workspaceFolder(), specs(), lockstep.surroundings().environment());
    }

    /** Reads the workspace. */
    public static Opening of(Lockstep lockstep) {
        return new Opening(lockstep);
    }

    /** The known connectors' specs, by type. */
    public static Map<String, Spec> specs() {
        Map<String, Spec> specs = new LinkedHashMap<>();
        for (Connector connector : Connectors.all()) {
            specs.put(connector.spec().type(), connector.spec());
            connector.close();
        }
        return specs;
    }

    public Workspace workspace() {
        return workspace;
    }

    /** The running server, else the data folder, without asking any platform. For questions and small orders. */
    public Engine ask(String command) {
        return serverOr(() -> {
            if (!Files.isDirectory(lockstep.dataFolder())) {
                throw new EngineException(
                        "Nothing has been read yet: there is no data folder " + lockstep.dataFolder() + ".",
                        "lockstep sync");
            }
            return own(command, Looking.NOT, Set.of(), new CompositeMeterRegistry());
        });
    }

    /** The running server, else the data folder and every platform. For work. */
    public Engine work(String command, Set<String> without) {
        return serverOr(() -> own(command, Looking.STRICT, without, new CompositeMeterRegistry()));
    }

    /** A server that is only starting, or has much to do, is waited for: it has the folder, and answers in a moment. */
    private Engine serverOr(Supplier<Engine> own) {
        long began = System.nanoTime();
        boolean told = false;
        while (true) {
            RemoteEngine server = RemoteEngine.find(lockstep.dataFolder());
            engine = server;
            if (server != null) return server;
            try {
                return own.get();
            } catch (InUseException e) {
                Store.Owner owner = e.owner();
                if (owner == null || !isServer(owner)) throw e;
                if (System.nanoTime() - began > PATIENCE_NANOS) throw silent(owner);
                if (!told) lockstep.remark("Waiting for the server that has the data folder …");
                told = true;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Stopped.", "");
        }
    }

    private static EngineException silent(Store.Owner owner) {
        return new EngineException(
                "The server that has the data folder, " + owner.description() + " (process " + owner.pid()
                        + "), does not answer.",
                "It is starting, or has too much to do: ask again in a moment, or look at what it printed.");
    }

    /**
     * An engine of our own.
     *
     * @param command for whoever finds the data folder in use
     * @param without platforms to go on without
     */
    public Engine own(String command, Looking looking, Set<String> without, MeterRegistry meters) {
        refuseUnknown(without);
        Store store = take("lockstep " + command);
        List<Platform> opened = new ArrayList<>();
        try {
            engine = open(store, opened, looking, without, meters);
            return engine;
        } catch (RuntimeException e) {
            opened.forEach(Platform::close);
            store.close();
            throw e;
        }
    }

    /** A question to the data folder takes a moment, and would keep a server from starting: it is waited for. */
    private Store take(String who) {
        long began = System.nanoTime();
        while (true) {
            try {
                return Store.open(lockstep.dataFolder(), who);
            } catch (InUseException e) {
                if (isServer(e.owner()) || System.nanoTime() - began > QUESTION_NANOS) throw e;
            }
            pause();
        }
    }

    private static boolean isServer(Store.@Nullable Owner owner) {
        return owner != null && owner.description().startsWith("lockstep " + SERVER);
    }

    private Engine open(
            Store store, List<Platform> opened, Looking looking, Set<String> without, MeterRegistry meters) {
        ModelBuilder builder = new ModelBuilder(workspace, Numbers.of(store.registry()));
        Found found = Found.in(lockstep.dataFolder());
        Map<String, Platform> platforms = new LinkedHashMap<>();
        for (PlatformDefinition definition : workspace.platforms()) {
            Platform platform = open(definition, builder);
            opened.add(platform);
            platforms.put(definition.name(), platform);
        }
        if (looking != Looking.NOT) look(platforms, found, looking, without);
        Model model = builder.model(found.all());
        builder.warnings().forEach(warning -> lockstep.remark(warning.toString()));
        found.save();
        List<PlatformLink> links = new ArrayList<>();
        for (PlatformDefinition definition : workspace.platforms()) {
            Description description = found.of(definition.name());
            links.add(new PlatformLink(
                    store.registry().platform(definition.name()),
                    definition.type(),
                    Objects.requireNonNull(platforms.get(definition.name())),
                    description == null ? null : description.capabilities(),
                    definition.sync(),
                    definition.limit(),
                    guard(definition),
                    description == null ? List.of() : description.columns()));
        }
        return Engine.open(store, model, links, settings(found.all()), meters);
    }

    /** A platform's own, else the workspace's, else the usual one. */
    private GuardRule guard(PlatformDefinition definition) {
        GuardDefinition guard = definition.guard() == null ? workspace.guard() : definition.guard();
        if (guard == null) return GuardRule.STANDARD;
        if (!guard.on()) return GuardRule.OFF;
        return new GuardRule(true, guard.percent(), guard.least(), guard.per().toNanos() / 1000);
    }

    private Platform open(PlatformDefinition definition, ModelBuilder builder) {
        // The reader refuses types that no connector has.
        return Objects.requireNonNull(connectors.get(definition.type())).open(builder.settings(definition));
    }

    private EngineSettings settings(Map<String, Description> found) {
        EngineSettings standard = EngineSettings.standard();
        return new EngineSettings(
                standard.clock(),
                standard.batchInputs(),
                standard.batchMillis(),
                Math.toIntExact(Math.max(1, workspace.history().toDays())),
                Digest.of(workspace, found));
    }

    /** Asks every platform what it is; tells all that stands in the way, of all of them, at once. */
    private void look(Map<String, Platform> platforms, Found found, Looking looking, Set<String> without) {
        List<Inspection> inspections = Inspection.of(platforms, without);
        for (Inspection one : inspections) {
            if (one.lostColumns(found.of(one.platform()))) lockstep.remark("warning: " + one.sentences());
        }
        List<Inspection> bad = inspections.stream()
                .filter(one -> !one.usable() && !one.lostColumns(found.of(one.platform())))
                .toList();
        for (Inspection inspection : inspections) {
            if (inspection.usable()) found.put(inspection.platform(), inspection.description());
        }
        boolean unknown = bad.stream().anyMatch(one -> found.of(one.platform()) == null);
        if (!bad.isEmpty() && (looking == Looking.STRICT || unknown)) {
            found.save();
            throw Inspection.failure(bad);
        }
        bad.forEach(one -> lockstep.remark("warning: " + one.sentences()));
    }

    private void refuseUnknown(Set<String> without) {
        for (String name : without) {
            if (workspace.platform(name) == null) {
                throw new EngineException("There is no platform `" + name + "` in the workspace.", "");
            }
        }
    }

    /** Tells what is sound in the workspace but worth knowing. */
    void remarkWarnings() {
        for (Mistake warning : workspace.warnings()) lockstep.remark(warning.toString());
    }

    /** Opens every platform as {@code check} wants it: without a data folder. */
    Map<String, Platform> platforms(ModelBuilder builder) {
        Map<String, Platform> platforms = new LinkedHashMap<>();
        for (PlatformDefinition definition : workspace.platforms()) {
            try {
                platforms.put(definition.name(), open(definition, builder));
            } catch (PlatformException e) {
                throw new WorkspaceException(
                        List.of(new Mistake(definition.at(), true, e.getMessage() + " " + e.remedy())));
            }
        }
        return platforms;
    }

    @Override
    public void close() {
        if (engine != null) engine.close();
        connectors.values().forEach(Connector::close);
    }

    /** The data folder, for what lies beside the engine's own. */
    Path dataFolder() {
        return lockstep.dataFolder();
    }
}
