/** The simulated platforms: what they hold, what they do to what is put into them, and what they show. */
@NullMarked
package dev.lockstep.simulator.platform;

import org.jspecify.annotations.NullMarked;
