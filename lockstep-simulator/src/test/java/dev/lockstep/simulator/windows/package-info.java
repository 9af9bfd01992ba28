/** What a platform that cannot do everything costs: edits that are lost, and in which window. */
@NullMarked
package dev.lockstep.simulator.windows;

import org.jspecify.annotations.NullMarked;
