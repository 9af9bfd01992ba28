/** What to write where: desired against actual, always computed afresh from what is known. */
@NullMarked
package dev.lockstep.core.plan;

import org.jspecify.annotations.NullMarked;
