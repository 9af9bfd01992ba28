/** Defects planted in the core, to see that the simulator sees them. */
@NullMarked
package dev.lockstep.simulator.mutants;

import org.jspecify.annotations.NullMarked;
