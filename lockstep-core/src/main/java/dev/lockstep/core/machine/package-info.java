/** The three keyed machines, what they say to each other, and the cascade that runs them to quiet. */
@NullMarked
package dev.lockstep.core.machine;

import org.jspecify.annotations.NullMarked;
