/** One promise each. */
@NullMarked
package dev.lockstep.simulator.checkers;

import org.jspecify.annotations.NullMarked;
