/** Who is who comes out the same whatever came when: the real machines against a computation from scratch. */
@NullMarked
package dev.lockstep.simulator.identity;

import org.jspecify.annotations.NullMarked;
