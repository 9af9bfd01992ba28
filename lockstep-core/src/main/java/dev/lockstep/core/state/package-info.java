/** The states of the three machines. */
@NullMarked
package dev.lockstep.core.state;

import org.jspecify.annotations.NullMarked;
