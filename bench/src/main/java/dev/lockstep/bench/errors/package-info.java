/** What stands in the way, said in a sentence, with the statement that mends it. */
@NullMarked
package dev.lockstep.bench.errors;

import org.jspecify.annotations.NullMarked;
