/** Three databases of other shapes: one sync, and every cell compared with a ledger. */
@NullMarked
package dev.lockstep.bench.shapes;

import org.jspecify.annotations.NullMarked;
