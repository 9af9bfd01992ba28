package dev.lockstep.engine.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How things stand now.
 *
 * @param customers customers with at least one living record
 * @param consistency records in scope that hold desired / records in scope; 1 when there are none
 * @param paused all platforms are paused
 * @param ready every platform has been read once in full, so that writing is allowed
 * @param platforms in the order of the workspace, those no longer in it last
 * @param notes what an operator should know, a sentence each
 * @param halted why nothing is taken in just now, with what mends it; null when all is well
 */
public record StatusView(
        long customers,
        double consistency,
        boolean paused,
        boolean ready,
        List<PlatformView> platforms,
        List<String> notes,
        @Nullable String halted) {

    /** The same, of an engine that takes nothing in. */
    public StatusView halted(String why) {
        return new StatusView(customers, consistency, paused, false, platforms, notes, why);
    }

    /** Nothing is left to do but what only a person can settle (contested, taken, unparsed). */
    public boolean inStep() {
        return ready
                && platforms.stream()
                        .allMatch(one -> one.pending() == 0
                                && one.failed() == 0
                                && one.held() == 0
                                && one.unread() == 0
                                && one.error() == null
                                && one.drift().isEmpty());
    }
}
