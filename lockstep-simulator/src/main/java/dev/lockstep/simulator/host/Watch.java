package dev.lockstep.simulator.host;

import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Write;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.List;

/** Is told what the host does, as it does it. */
public interface Watch {
    /** A write is durable as intent and about to leave. */
    void sent(Write write);

    /** A platform has answered a write, whoever hears of it. */
    void applied(SimulatedPlatform platform, Write write, Receipt receipt);

    /** The host starts again after a crash, and what it reads of its states is not what they were. */
    default void forgot(String what) {}

    /** A batch is durable. */
    void committed(List<Fact> facts);
}
