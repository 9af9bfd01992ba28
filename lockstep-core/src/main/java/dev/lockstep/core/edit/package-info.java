/** Edits: what a platform changed and we did not, and the claims that come of it. */
@NullMarked
package dev.lockstep.core.edit;

import org.jspecify.annotations.NullMarked;
