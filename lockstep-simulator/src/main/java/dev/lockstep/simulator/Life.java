package dev.lockstep.simulator;

import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.Creation;
import dev.lockstep.core.state.Member;
import dev.lockstep.simulator.checkers.Checker;
import dev.lockstep.simulator.checkers.Checkers;
import dev.lockstep.simulator.host.Faults;
import dev.lockstep.simulator.host.Guard;
import dev.lockstep.simulator.host.Host;
import dev.lockstep.simulator.host.Watch;
import dev.lockstep.simulator.ledger.Ledger;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.List;

/** One data folder's life: a host on some platforms from its first reading on, and the checkers that watch it. */
final class Life {
    private static final long DEADLINE_MICROS = 60 * Agenda.MINUTE;
    /** Who writes so much after everybody has stopped will not come to rest. */
    private static final long MOST_WRITES_TO_REST = 3_000;

    private static final long STEP_MICROS = 5 * Agenda.SECOND;

    final World world;
    final Host host;
    private final Agenda agenda;
    private final Trace trace;
    private final Jobs jobs;
    private final List<Checker> checkers = Checkers.all();
    private long convergedMicros;

    Life(
            Model model,
            List<SimulatedPlatform> platforms,
            Ledger ledger,
            Faults faults,
            Guard guard,
            Jobs jobs,
            boolean queued,
            Agenda agenda,
            Trace trace) {
        this.agenda = agenda;
        this.trace = trace;
        this.jobs = jobs;
        for (SimulatedPlatform platform : platforms) ledger.add(platform);
        world = new World(model, platforms, ledger, agenda, trace);
        host = new Host(model, platforms, ledger, agenda, faults, guard, queued, trace, watch());
    }

    /** From the last edit to rest. */
    long convergedMicros() {
        return convergedMicros;
    }

    /** Waits until nothing happens for two minutes, or the deadline, and looks whether all is as it should be. */
    void converge() {
        settle();
        rest(World.Phase.CONVERGED);
    }

    void settle() {
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
    }

    void idle() {
        agenda.runUntil(agenda.nowMicros() + 60 * Agenda.MINUTE);
        rest(World.Phase.IDLE);
    }

    /** Everything that was ever observed is shown again. */
    void replay() {
        host.replay(List.copyOf(host.shown()));
        agenda.runUntil(agenda.nowMicros() + 10 * Agenda.MINUTE);
        rest(World.Phase.REPLAYED);
    }

    private void rest(World.Phase phase) {
        if (trace.told()) tell();
        for (Checker checker : checkers) checker.atRest(world, phase);
        trace.note(agenda.nowMicros(), phase.ordinal(), world.violations().size());
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
            public void forgot(String what) {
                world.violation("AcknowledgedIsDurable", "was not written down: " + what);
            }

            @Override
            public void committed(List<Fact> facts) {
                for (Checker checker : checkers) checker.committed(world, facts);
            }
        };
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
}
