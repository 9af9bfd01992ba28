/**
 * The program: command line, workspace reader, HTTP API, console and demo.
 */
@NullMarked
package dev.lockstep.app;

import org.jspecify.annotations.NullMarked;
