package dev.lockstep.engine.loop;

import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.spi.Description;

/** What comes into the loop from one platform, handled in the order in which that platform put it. */
public sealed interface Input {

    record Observed(Observation observation) implements Input {}

    /** What the platform is, for what follows; {@code missed}: what came before may lack something. */
    record Described(Description found, boolean missed) implements Input {}

    /** What came before is complete up to here. */
    record Positioned(String position) implements Input {}

    record ListBegan() implements Input {}

    record ListEnded() implements Input {}

    /** Every row is gone at once. */
    record Emptied(long version, long datedMicros) implements Input {}

    record PositionLost(String why) implements Input {}

    /** Reading begins anew: what was asked of the last connection may never be answered. */
    record Reconnected() implements Input {}

    /** What came of a write; {@code late}: it was kept back for a while ({@link Answers}). */
    record Landed(RecordName record, boolean create, Receipt receipt, boolean late) implements Input {
        public Landed(RecordName record, boolean create, Receipt receipt) {
            this(record, create, receipt, false);
        }
    }

    /** Run when all that came before it from its platform is durable. */
    record Marker(Runnable then) implements Input {}
}
