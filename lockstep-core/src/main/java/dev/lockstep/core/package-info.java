/**
 * The data model and every decision: what an edit is, who is who, what a customer's golden values are, what to write
 * where.
 *
 * <p>It only computes. Time and ids are arguments; there is no I/O, no clock, no randomness, no thread and no logging,
 * so the same input gives the same answer on every host.
 */
@NullMarked
package dev.lockstep.core;

import org.jspecify.annotations.NullMarked;
