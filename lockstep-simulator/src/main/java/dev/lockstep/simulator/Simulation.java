package dev.lockstep.simulator;

import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.simulator.host.Fault;
import dev.lockstep.simulator.host.Faults;
import dev.lockstep.simulator.host.Guard;
import dev.lockstep.simulator.host.Host;
import dev.lockstep.simulator.ledger.Ledger;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Runs one seed: first reading, people and faults, healing, rest, an idle hour, all shown again, the folder lost. */
public final class Simulation {
    /** 2026-01-01, where virtual time begins. */
    public static final long START_MICROS = 1_767_225_600_000_000L;

    private final long seed;
    private final SplittableRandom workload;
    private final Agenda agenda;
    private final Trace trace;
    private final Faults faults;
    private final Layout layout;
    private final Life life;
    private final World world;
    private final People people;
    private final Jobs jobs;
    private final Host host;
    private final boolean plain;
    private final boolean consents;
    private final boolean queued;
    private final boolean leaving;
    private final @Nullable SplittableRandom operations;
    private final @Nullable SplittableRandom oddities;
    private long eventsAfterLoss;

    private Simulation(long seed, Options options) {
        this.seed = seed;
        queued = options.queued();
        leaving = options.leaving();
        SplittableRandom root = new SplittableRandom(seed);
        SplittableRandom layouts = root.split();
        workload = root.split();
        SplittableRandom drawn = root.split();
        agenda = new Agenda(START_MICROS, root.split());
        SplittableRandom policies = root.split();
        SplittableRandom odd = root.split();
        trace = new Trace(options.trace());
        consents = options.consents();
        plain = workload.nextInt(10) == 0 && !consents;
        faults = new Faults(drawn, plain ? Cut.NOTHING.withFaults(Set.of()) : options.cut());
        boolean governed = options.policies() && !plain && policies.nextInt(2) == 0;
        Guard guard = new Guard(policies.split(), governed);
        operations = options.operations() && governed ? policies.split() : null;
        oddities = options.oddities() && !plain ? odd : null;
        layout = new Layout(layouts, options, options.polls() && !plain, governed, operations, oddities);
        Ledger ledger = new Ledger(layout.model(), agenda, trace);
        List<SimulatedPlatform> platforms = new ArrayList<>();
        for (PlatformModel model : layout.model().platforms()) {
            SimulatedPlatform platform =
                    new SimulatedPlatform(model, layout.shapes(model.number()), layout.habits(model.number()), ledger);
            platforms.add(platform);
        }
        jobs = new Jobs(agenda, policies.split());
        life = new Life(layout.model(), platforms, ledger, faults, guard, jobs, options.queued(), agenda, trace);
        world = life.world;
        host = life.host;
        if (oddities != null) host.words().remember();
        people = new People(world, workload, plain, options);
    }

    /** Runs a seed to its end; the same seed and options always give the same report. */
    public static Report run(long seed, Options options) {
        return new Simulation(seed, options).run();
    }

    private Report run() {
        try {
            phases();
        } catch (RuntimeException e) {
            world.violation("Crash", text(e));
        }
        long events = host.events() + eventsAfterLoss;
        for (long times : faults.counts().values()) events += times;
        return new Report(
                seed,
                List.copyOf(world.violations()),
                trace.hash(),
                events,
                world.ledger.edits().size(),
                world.writesApplied(),
                host.crashes(),
                agenda.nowMicros() - START_MICROS,
                life.convergedMicros(),
                people.deeds(),
                faults.counts(),
                world.sometimes());
    }

    private static String text(RuntimeException e) {
        StringBuilder text = new StringBuilder(e.toString());
        StackTraceElement[] at = e.getStackTrace();
        for (int i = 0; i < Math.min(6, at.length); i++) text.append(" < ").append(at[i]);
        return text.toString();
    }

    private void phases() {
        people.populate();
        world.begins(plain);
        world.host(host);
        faults.on(workload.nextInt(2) == 0);
        host.start();
        agenda.runUntil(agenda.nowMicros() + (plain ? 10 : workload.nextInt(6)) * Agenda.MINUTE);
        world.lives();
        faults.on(true);
        long lifetime = (3 + workload.nextInt(15)) * Agenda.MINUTE;
        people.live(lifetime);
        if (oddities != null) new Oddities(world, people, oddities).live(lifetime);
        if (operations != null) without(operations, lifetime);
        long until = agenda.nowMicros() + lifetime;
        while (agenda.nowMicros() < until) {
            disturb();
            agenda.runUntil(Math.min(until, agenda.nowMicros() + 20 * Agenda.SECOND));
        }
        heal();
        life.converge();
        if (!world.violations().isEmpty() || consents) return;
        life.idle();
        life.replay();
        if (world.violations().isEmpty()) loseEverything();
    }

    /** In every second such run a platform is taken out of the workspace, and put back a while later. */
    private void without(SplittableRandom operations, long lifetime) {
        int platform = operations.nextInt(2 * world.platforms.size());
        if (platform >= world.platforms.size()) return;
        agenda.after(operations.nextLong(lifetime), () -> {
            if (!host.change(platform, true)) return;
            world.sometimes(Sometimes.PLATFORM_TAKEN_OUT);
            agenda.after(operations.nextLong(lifetime), () -> putBack(platform));
        });
    }

    private void putBack(int platform) {
        if (!host.change(platform, false)) agenda.after(Agenda.SECOND, () -> putBack(platform));
    }

    /** Platforms go away for a while; streams break off. */
    private void disturb() {
        for (SimulatedPlatform platform : world.platforms) {
            host.restartStream(platform.number());
            if (platform.down() || !faults.happens(Fault.PLATFORM_DOWN)) continue;
            platform.down(true);
            agenda.after(faults.between(Agenda.SECOND, Agenda.MINUTE), () -> platform.down(false));
        }
    }

    private void heal() {
        faults.on(false);
        for (SimulatedPlatform platform : world.platforms) platform.down(false);
        trace.line(agenda.nowMicros(), () -> "HEALED");
    }

    /** The data folder is lost: another is made from what the platforms hold now, by an empty one's first reading. */
    private void loseEverything() {
        trace.line(agenda.nowMicros(), () -> "THE DATA FOLDER IS LOST");
        host.stop();
        Ledger ledger = new Ledger(layout.model(), agenda, trace);
        List<SimulatedPlatform> platforms = new ArrayList<>();
        for (SimulatedPlatform platform : world.platforms) platforms.add(platform.asFound(ledger, agenda.nowMicros()));
        Guard nobody = new Guard(workload.split(), false);
        Life second = new Life(layout.model(), platforms, ledger, faults, nobody, jobs, queued, agenda, trace);
        second.world.begins(false);
        second.world.host(second.host);
        if (oddities != null) second.host.words().remember();
        second.host.start();
        second.converge();
        eventsAfterLoss = second.host.events();
        if (second.world.violations().isEmpty()) second.idle();
        if (second.world.writesApplied() == 0) world.sometimes(Sometimes.FOLDER_REMADE_WITHOUT_WRITE);
        if (oddities != null && !queued && second.world.violations().isEmpty()) {
            new Operator(second, oddities).acts(world, leaving);
        }
        for (World.Violation one : second.world.violations()) {
            world.violation(one.promise(), "after the data folder was lost: " + one.text());
        }
    }
}
