package dev.lockstep.engine.view;

import org.jspecify.annotations.Nullable;

/**
 * Something about a platform that no longer fits the workspace: what it is about is neither read nor written until it
 * is mended, and goes on by itself then.
 *
 * @param column the mapped column; null: the platform as a whole
 * @param sentence what is wrong
 * @param remedy what mends it; empty when there is nothing to say
 */
public record DriftView(@Nullable String column, String sentence, String remedy) {}
