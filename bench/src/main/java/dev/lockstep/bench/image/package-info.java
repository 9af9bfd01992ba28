/** Tries the container image without any engine. */
@NullMarked
package dev.lockstep.bench.image;

import org.jspecify.annotations.NullMarked;
