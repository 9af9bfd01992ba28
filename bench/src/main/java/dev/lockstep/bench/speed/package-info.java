/** Side by side with what else keeps two tables in step: first copy, catch-up and delay, on the same data in turn. */
@NullMarked
package dev.lockstep.bench.speed;

import org.jspecify.annotations.NullMarked;
