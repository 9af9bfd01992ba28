package dev.lockstep.simulator;

import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.Creation;
import dev.lockstep.core.state.Member;
import dev.lockstep.simulator.checkers.Checker;
import dev.lockstep.simulator.checkers.Checkers;
import dev.lockstep.simulator.host.Fault;
import dev.lockstep.simulator.host.Faults;
import dev.lockstep.simulator.host.Guard;
import dev.lockstep.simulator.host.Host;
import dev.lockstep.simulator.host.Watch;
import dev.lockstep.simulator.ledger.Ledger;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Runs one seed: first reading, people and faults, healing, rest, an idle hour, and all of it shown again. */
public final class Simulation {
    /** 2026-01-01, where virtual time begins. */
    public static final long START_MICROS = 1_767_225_600_000_000L;

    private static final long DEADLINE_MICROS = 60 * Agenda.MINUTE;
    /** Who writes so much after everybody has stopped will not come to rest. */
    private static final long MOST_WRITES_TO_REST = 3_000;

    private static final long STEP_MICROS = 5 * Agenda.SECOND;

    private final long seed;
    private final SplittableRandom workload;
    private final Agenda agenda;
    private final Trace trace;
    private final Faults faults;
    private final World world;
    private final People people;
    private final Jobs jobs;
    private final Host host;
    private final List<Checker> checkers = Checkers.all();
    private final boolean plain;
    private final @Nullable SplittableRandom operations;
    private long convergedMicros;

    private Simulation(long seed, Options options) {
        this.seed = seed;
        SplittableRandom root = new SplittableRandom(seed);
        SplittableRandom layouts = root.split();
        workload = root.split();
        SplittableRandom drawn = root.split();
        agenda = new Agenda(START_MICROS, root.split());
        SplittableRandom policies = root.split();
        trace = new Trace(options.trace());
        plain = workload.nextInt(10) == 0;
        faults = new Faults(drawn, plain ? EnumSet.noneOf(Fault.class) : options.faults());
        boolean governed = options.policies() && !plain && policies.nextInt(2) == 0;
        Guard guard = new Guard(policies.split(), governed);
        operations = options.operations() && governed ? policies.split() : null;
        Layout layout = new Layout(layouts, options.polls() && !plain, governed, operations);
        Ledger ledger = new Ledger(layout.model(), agenda, trace);
        List<SimulatedPlatform> platforms = new ArrayList<>();
        for (PlatformModel model : layout.model().platforms()) {
            SimulatedPlatform platform =
                    new SimulatedPlatform(model, layout.shapes(model.number()), layout.habits(model.number()), ledger);
            platforms.add(platform);
            ledger.add(platform);
        }
        world = new World(layout.model(), platforms, ledger, agenda, trace);
        people = new People(world, workload, plain);
        jobs = new Jobs(agenda, policies.split());
        host = new Host(layout.model(), platforms, ledger, agenda, faults, guard, trace, watch());
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
        return new Report(
                seed,
                List.copyOf(world.violations()),
                trace.hash(),
                agenda.happened(),
                world.ledger.edits().size(),
                world.writesApplied(),
                host.crashes(),
                agenda.nowMicros() - START_MICROS,
                convergedMicros,
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
        long life = (3 + workload.nextInt(15)) * Agenda.MINUTE;
        people.live(life, 20 + workload.nextInt(60));
        if (operations != null) without(operations, life);
        long until = agenda.nowMicros() + life;
        while (agenda.nowMicros() < until) {
            disturb();
            agenda.runUntil(Math.min(until, agenda.nowMicros() + 20 * Agenda.SECOND));
        }
        heal();
        converge(World.Phase.CONVERGED);
        if (!world.violations().isEmpty()) return;
        agenda.runUntil(agenda.nowMicros() + 60 * Agenda.MINUTE);
        rest(World.Phase.IDLE);
        List<Observation> all = List.copyOf(host.shown());
        host.replay(all);
        agenda.runUntil(agenda.nowMicros() + 10 * Agenda.MINUTE);
        rest(World.Phase.REPLAYED);
    }

    /** In every second such run a platform is taken out of the workspace, and put back a while later. */
    private void without(SplittableRandom operations, long life) {
        int platform = operations.nextInt(2 * world.platforms.size());
        if (platform >= world.platforms.size()) return;
        agenda.after(operations.nextLong(life), () -> {
            if (!host.change(platform, true)) return;
            world.sometimes("a platform is taken out of the workspace");
            agenda.after(operations.nextLong(life), () -> putBack(platform));
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

    /** Waits until nothing happens for two minutes, or the deadline. */
    private void converge(World.Phase phase) {
        long from = agenda.nowMicros();
        long still = 0;
        long sent = -1;
        long most = host.sent() + MOST_WRITES_TO_REST;
        while (agenda.nowMicros() - from < DEADLINE_MICROS && still < 2 * Agenda.MINUTE && host.sent() < most) {
            agenda.runUntil(agenda.nowMicros() + STEP_MICROS);
            boolean same = host.quiet() && host.sent() == sent;
            if (!same) convergedMicros = agenda.nowMicros() - from;
            still = same ? still + STEP_MICROS : 0;
            sent = host.sent();
        }
        rest(phase);
    }

    private void rest(World.Phase phase) {
        if (trace.told()) tell();
        for (Checker checker : checkers) checker.atRest(world, phase);
        trace.note(agenda.nowMicros(), phase.ordinal(), world.violations().size());
    }

    /** For people: what the core has not done, and why. */
    private void tell() {
        host.groups().forEach((least, group) -> {
            group.members.values().forEach(member -> trace.line(agenda.nowMicros(), () -> text(member)));
            for (Creation one : group.creations) {
                trace.line(
                        agenda.nowMicros(),
                        () -> "not made: for " + one.by + " on " + one.platform + ", wanted "
                                + one.wanted + ", reserving " + one.reserving + " awaiting " + one.awaited + ", taken "
                                + one.taken + ", refused " + one.refusal + "/" + one.refusedPlan);
            }
        });
    }

    private static String text(Member member) {
        StringBuilder text =
                new StringBuilder("record ").append(member.name).append(" of ").append(member.customer);
        if (member.made()) text.append(", made for ").append(member.madeFor);
        text.append(member.live ? ", " : ", gone, ").append(member.status).append(", claims");
        member.claims.forEach((field, claim) -> text.append(' ')
                .append(field)
                .append('=')
                .append(claim.raw())
                .append('@')
                .append(claim.stamp().micros() % 100_000_000_000L)
                .append(claim.weakest() ? " (weak)" : ""));
        return text.toString();
    }

    private Watch watch() {
        return new Watch() {
            @Override
            public void sent(Write write) {
                for (Checker checker : checkers) checker.sent(world, write);
            }

            @Override
            public void applied(SimulatedPlatform platform, Write write, Receipt receipt) {
                for (Checker checker : checkers) checker.applied(world, platform, write, receipt);
                jobs.applied(platform, write, receipt, host);
                host.stirred(platform);
            }

            @Override
            public void committed(List<Fact> facts) {
                for (Checker checker : checkers) checker.committed(world, facts);
            }
        };
    }
}
