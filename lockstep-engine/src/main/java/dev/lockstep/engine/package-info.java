/**
 * The embedded host: runs the core's machines over a store on local disk, and delivers what they plan.
 */
@NullMarked
package dev.lockstep.engine;

import org.jspecify.annotations.NullMarked;
