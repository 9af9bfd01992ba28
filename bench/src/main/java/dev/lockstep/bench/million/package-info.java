/** The first sync of a million customers in each of two databases. */
@NullMarked
package dev.lockstep.bench.million;

import org.jspecify.annotations.NullMarked;
