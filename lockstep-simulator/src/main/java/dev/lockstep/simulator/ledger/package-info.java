/** What the simulated people did, and what follows from it by the rules: written without the core's code. */
@NullMarked
package dev.lockstep.simulator.ledger;

import org.jspecify.annotations.NullMarked;
