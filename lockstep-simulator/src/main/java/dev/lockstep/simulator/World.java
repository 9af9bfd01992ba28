package dev.lockstep.simulator;

import dev.lockstep.core.model.Model;
import dev.lockstep.simulator.host.Host;
import dev.lockstep.simulator.ledger.Ledger;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that a checker may look at, and where it says what it found. */
public final class World {
    /** How far a run has come. */
    public enum Phase {
        /** Everybody has stopped, and nothing is left to do. */
        CONVERGED,
        /** An hour has passed in which nobody did anything. */
        IDLE,
        /** Everything that was ever observed was shown again. */
        REPLAYED
    }

    /**
     * A promise broken.
     *
     * @param promise the checker's name
     * @param text what was found
     */
    public record Violation(String promise, String text) {}

    private static final int MOST_VIOLATIONS = 20;

    public final Model model;
    public final List<SimulatedPlatform> platforms;
    public final Ledger ledger;
    public final Agenda agenda;
    private final Trace trace;
    private final List<Violation> violations = new ArrayList<>();
    private final TreeMap<Sometimes, Long> sometimes = new TreeMap<>();
    private @Nullable Host host;
    private boolean plain;
    private long editsAtStart;
    private long editsBefore;
    private long writesBefore;

    World(Model model, List<SimulatedPlatform> platforms, Ledger ledger, Agenda agenda, Trace trace) {
        this.model = model;
        this.platforms = platforms;
        this.ledger = ledger;
        this.agenda = agenda;
        this.trace = trace;
    }

    void host(Host its) {
        host = its;
    }

    public Host host() {
        return Objects.requireNonNull(host, "Lockstep has not come yet");
    }

    /** Lockstep is there. */
    boolean hosted() {
        return host != null;
    }

    /** Lockstep comes: what is there now was there before it. */
    void begins(boolean isPlain) {
        plain = isPlain;
        editsAtStart = ledger.edits().size();
    }

    /** The first reading has come to rest: what is written from now on answers to edits. */
    void lives() {
        editsBefore = ledger.edits().size();
        writesBefore = writesApplied();
    }

    /** No faults, and nobody does more than edit ordinary fields. */
    public boolean plain() {
        return plain;
    }

    public long editsAtStart() {
        return editsAtStart;
    }

    public long editsBefore() {
        return editsBefore;
    }

    public long writesBefore() {
        return writesBefore;
    }

    public void violation(String promise, String text) {
        trace.line(agenda.nowMicros(), () -> "VIOLATION " + promise + ": " + text);
        if (violations.size() < MOST_VIOLATIONS) violations.add(new Violation(promise, text));
    }

    /** Something was reached that a good run of many seeds reaches at times. */
    public void sometimes(Sometimes what) {
        sometimes.merge(what, 1L, Long::sum);
    }

    public List<Violation> violations() {
        return violations;
    }

    public TreeMap<Sometimes, Long> sometimes() {
        return sometimes;
    }

    /** How many writes of ours the platforms have applied. */
    public long writesApplied() {
        long all = 0;
        for (SimulatedPlatform platform : platforms) all += platform.writesApplied();
        return all;
    }
}
