/** The machines' states as bytes: compact, with a version that a reader of later formats knows. */
@NullMarked
package dev.lockstep.core.codec;

import org.jspecify.annotations.NullMarked;
