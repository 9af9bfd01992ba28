/** The command line: one file for each command, listed in {@link dev.lockstep.app.Main}. */
@NullMarked
package dev.lockstep.app.cli;

import org.jspecify.annotations.NullMarked;
