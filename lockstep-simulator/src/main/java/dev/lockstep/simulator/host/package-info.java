/** The host of the real core: batches, a durable store in memory, reading and delivery. */
@NullMarked
package dev.lockstep.simulator.host;

import org.jspecify.annotations.NullMarked;
