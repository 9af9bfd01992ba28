/** Three servers under load while Lockstep is killed and a server restarts: nothing lost, nothing twice, then rest. */
@NullMarked
package dev.lockstep.bench.storm;

import org.jspecify.annotations.NullMarked;
