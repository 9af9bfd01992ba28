package dev.lockstep.engine.view;

import java.util.List;

/**
 * What one pass did.
 *
 * @param converged nothing is left to do
 * @param read observations taken in by this pass
 * @param written writes applied by this pass
 * @param millis how long it took
 * @param status how things stand after it
 * @param notes why something is left, a sentence each
 */
public record SyncView(
        boolean converged, long read, long written, long millis, StatusView status, List<String> notes) {}
