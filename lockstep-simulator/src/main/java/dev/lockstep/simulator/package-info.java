/**
 * The deterministic host: runs the core's machines on one thread, from one seed, in virtual time, against nasty
 * platforms.
 */
@NullMarked
package dev.lockstep.simulator;

import org.jspecify.annotations.NullMarked;
