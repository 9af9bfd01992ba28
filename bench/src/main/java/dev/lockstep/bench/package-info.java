/** Tries Lockstep from outside: starts it as a process beside real databases, and keeps a ledger of its own. */
@NullMarked
package dev.lockstep.bench;

import org.jspecify.annotations.NullMarked;
