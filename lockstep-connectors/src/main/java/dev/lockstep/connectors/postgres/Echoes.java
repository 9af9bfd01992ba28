package dev.lockstep.connectors.postgres;

import dev.lockstep.core.model.Observation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the stream has shown of our own doings: the writes it named lately, and marks that somebody waits for. Outlives
 * the sessions of the stream, as long as these follow each other without a gap.
 */
final class Echoes {
    private static final int KEPT = 20_000;

    /** Run by the stream when it shows a mark, in the order of everything else that it puts in the inbox. */
    interface OnMark {
        void passed(long lsn) throws InterruptedException;
    }

    private final Map<Long, Observation> shown = new LinkedHashMap<>();
    private final Map<String, OnMark> marks = new ConcurrentHashMap<>();
    /** Of writes with this number and greater ones the stream has shown all that there is to show. */
    private long knownFrom;

    private boolean running;

    synchronized void shown(Observation observation) {
        shown.remove(observation.ownWrite());
        shown.put(observation.ownWrite(), observation);
        if (shown.size() > KEPT) shown.remove(shown.keySet().iterator().next());
    }

    /** The last row that the stream showed of this write; null when it has shown none. */
    synchronized @Nullable Observation shown(long write) {
        return shown.get(write);
    }

    /** Changes were missed up to now: what became of writes sent before, only a read tells. */
    synchronized void gap() {
        knownFrom = Long.MAX_VALUE;
    }

    synchronized void begins() {
        running = true;
        notifyAll();
    }

    synchronized void ends() {
        running = false;
    }

    /** Waits for the stream to run. */
    synchronized boolean awaitRunning(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (!running) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) return false;
            wait(left);
        }
        return true;
    }

    synchronized boolean running() {
        return running;
    }

    /** A write is about to be sent: the stream will tell of it. */
    synchronized void sending(long write) {
        knownFrom = Math.min(knownFrom, write);
    }

    /** The stream must have told of this write, had it been applied. */
    synchronized boolean wouldKnow(long write) {
        return write >= knownFrom;
    }

    void await(String mark, OnMark action) {
        marks.put(mark, action);
    }

    void forget(String mark) {
        marks.remove(mark);
    }

    void mark(String name, long lsn) throws InterruptedException {
        OnMark action = marks.remove(name);
        if (action != null) action.passed(lsn);
    }
}
