/** What one mistake may do, and how it is let go or taken back. */
@NullMarked
package dev.lockstep.bench.guard;

import org.jspecify.annotations.NullMarked;
