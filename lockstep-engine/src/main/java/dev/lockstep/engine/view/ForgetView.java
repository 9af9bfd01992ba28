package dev.lockstep.engine.view;

import java.util.List;

/**
 * What forgetting a platform came to.
 *
 * @param platform its name
 * @param records records of it that were known
 * @param notes what was dropped there, or is left to do, a sentence each
 */
public record ForgetView(String platform, long records, List<String> notes) {}
