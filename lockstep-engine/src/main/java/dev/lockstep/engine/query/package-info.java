/** Answers to people's questions, from what is durable. */
@NullMarked
package dev.lockstep.engine.query;

import org.jspecify.annotations.NullMarked;
