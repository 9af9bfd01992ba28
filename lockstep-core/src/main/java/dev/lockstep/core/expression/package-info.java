/**
 * Expressions of the workspace, in CEL (Common Expression Language): computed fields, audiences, {@code where}, {@code
 * create}.
 */
@NullMarked
package dev.lockstep.core.expression;

import org.jspecify.annotations.NullMarked;
