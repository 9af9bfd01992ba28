package dev.lockstep.core.machine;

import dev.lockstep.core.model.Model;

/**
 * What a machine may know besides its state and the message.
 *
 * @param model the workspace
 * @param nowMicros the time, microseconds since the epoch
 * @param planning false until the first reading is complete: nothing is planned or wanted
 */
public record Context(Model model, long nowMicros, boolean planning) {}
