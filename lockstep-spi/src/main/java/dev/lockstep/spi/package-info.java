/**
 * What the author of a connector sees: how a platform is described, read, watched and written.
 */
@NullMarked
package dev.lockstep.spi;

import org.jspecify.annotations.NullMarked;
