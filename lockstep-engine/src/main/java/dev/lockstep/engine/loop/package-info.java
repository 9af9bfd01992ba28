/**
 * The loop: one thread that takes what platforms show and answer, runs the machines to quiet, and makes the outcome
 * durable in one atomic batch before anything is done about it.
 */
@NullMarked
package dev.lockstep.engine.loop;

import org.jspecify.annotations.NullMarked;
