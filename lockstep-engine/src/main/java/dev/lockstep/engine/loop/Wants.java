package dev.lockstep.engine.loop;

import dev.lockstep.engine.store.Changes;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Keys;
import dev.lockstep.engine.store.Store;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who wants leave to write. All of it is durable; of each platform a window is kept in memory, so that a million wants
 * cost no more than some thousands.
 */
final class Wants {
    private static final int WINDOW = 10_000;

    private static final class Ready {
        final LinkedHashSet<Errand> urgent = new LinkedHashSet<>();
        final LinkedHashSet<Errand> others = new LinkedHashSet<>();
        /** The store holds some that are in neither. */
        boolean more;
        /** And some that may not go in this run. */
        boolean parked;

        byte @Nullable [] cursor;
    }

    private final List<Ready> ready = new ArrayList<>();

    Wants(int platforms, Store store) {
        for (int i = 0; i < platforms; i++) {
            Ready one = new Ready();
            store.peek(Family.WANTS, Keys.number(i), null, (key, value) -> {
                one.more = true;
                return false;
            });
            ready.add(one);
        }
    }

    /** What a turn changed, at its commit. */
    void apply(Map<Errand, Boolean> added, Set<Errand> removed, Changes changes) {
        for (Errand errand : removed) {
            changes.delete(Family.WANTS, errand.key());
            Ready one = ready.get(errand.platform());
            one.urgent.remove(errand);
            one.others.remove(errand);
        }
        added.forEach((errand, urgent) -> {
            changes.put(Family.WANTS, errand.key(), new byte[] {(byte) (urgent ? 1 : 0)});
            Ready one = ready.get(errand.platform());
            if (urgent) one.urgent.add(errand);
            else if (one.others.size() < WINDOW && !one.more) one.others.add(errand);
            else if (!one.others.contains(errand)) one.more = true;
        });
    }

    /** Fills the window of a platform from the store; only with those that may go. */
    void refill(int platform, Store store, Predicate<Errand> allowed) {
        Ready one = ready.get(platform);
        if (!one.more || one.others.size() > WINDOW / 4) return;
        byte[] from = one.cursor;
        int[] room = {WINDOW - one.others.size()};
        boolean[] full = {false};
        store.scan(Family.WANTS, Keys.number(platform), from, (key, value) -> {
            if (room[0] == 0) {
                full[0] = true;
                one.cursor = key;
                return false;
            }
            Errand errand = Errand.of(key);
            if (!allowed.test(errand)) return true;
            if (value[0] == 1) one.urgent.add(errand);
            else if (one.others.add(errand)) room[0]--;
            return true;
        });
        if (!full[0]) {
            one.cursor = null;
            // What was added behind the cursor is found by one more walk, from the start.
            one.more = from != null;
        }
    }

    Iterator<Errand> urgent(int platform) {
        return ready.get(platform).urgent.iterator();
    }

    Iterator<Errand> others(int platform) {
        return ready.get(platform).others.iterator();
    }

    /** Takes errands that may not go in this run out of the window; they stay in the store. */
    void park(List<Errand> errands) {
        for (Errand errand : errands) {
            Ready one = ready.get(errand.platform());
            one.urgent.remove(errand);
            one.others.remove(errand);
            one.parked = true;
        }
    }

    /** Whether the store may hold it. */
    boolean mayHold(Errand errand) {
        Ready one = ready.get(errand.platform());
        return one.more || one.parked || one.others.contains(errand) || one.urgent.contains(errand);
    }

    /** The window is empty and the store holds no others. */
    boolean none(int platform) {
        Ready one = ready.get(platform);
        return one.urgent.isEmpty() && one.others.isEmpty() && !one.more;
    }
}
