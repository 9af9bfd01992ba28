/** The threads between the loop and the platforms: readers, delivery of writes, looks at single records. */
@NullMarked
package dev.lockstep.engine.delivery;

import org.jspecify.annotations.NullMarked;
