package dev.lockstep.simulator.checkers;

import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Write;
import dev.lockstep.simulator.World;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.List;

/** Watches a run for one promise. One instance lives for one run. */
public interface Checker {
    /** A write is durable as intent and about to leave. */
    default void sent(World world, Write write) {}

    /** A platform has answered a write, whoever hears of it. */
    default void applied(World world, SimulatedPlatform platform, Write write, Receipt receipt) {}

    /** A batch is durable. */
    default void committed(World world, List<Fact> facts) {}

    /** The run has come to rest. */
    default void atRest(World world, World.Phase phase) {}

    default void broken(World world, String text) {
        world.violation(getClass().getSimpleName(), text);
    }
}
