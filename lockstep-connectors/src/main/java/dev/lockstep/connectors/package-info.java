/**
 * The connectors that come with Lockstep, one package for each kind of platform.
 */
@NullMarked
package dev.lockstep.connectors;

import org.jspecify.annotations.NullMarked;
