package dev.lockstep.engine.loop;

import dev.lockstep.core.model.Cause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives leave to write: to as many as may be under way, urgent ones first, those who waited longest before others. */
final class Grants {
    private Grants() {}

    /** Gives leave within this turn: an observation's write leaves with the observation's own batch. */
    static void give(Turn turn) {
        Books books = turn.books;
        if (!books.gateOpen || books.draining || books.plansFirst) return;
        for (Lane lane : books.lanes) {
            if (!lane.takesWrites(books.allPaused)) continue;
            int free = lane.permitsNow() - books.open.count(lane.number) - turn.openedOn(lane.number);
            for (Errand errand : pick(turn, lane, free)) leave(turn, errand);
        }
    }

    /** Leave to write; unless a guard stops it. */
    static void leave(Turn turn, Errand errand) {
        turn.because(Cause.NONE);
        String why = turn.books.rehearsal ? null : turn.books.guard.stops(turn, errand);
        if (why == null) turn.go(errand);
        else turn.hold(errand, why);
    }

    /** Whose turn it is. Those who may not go in this run are put aside. */
    static Collection<Errand> pick(Turn turn, Lane lane, int most) {
        Books books = turn.books;
        Set<Errand> picked = new LinkedHashSet<>();
        if (most <= 0) return picked;
        books.wants.refill(lane.number, books.store, errand -> books.allowed.test(turn, errand));
        List<Errand> parked = new ArrayList<>();
        pickFrom(books.wants.urgent(lane.number), turn, most, picked, parked);
        pickNew(turn, lane, true, most, picked);
        pickFrom(books.wants.others(lane.number), turn, most, picked, parked);
        pickNew(turn, lane, false, most, picked);
        if (!parked.isEmpty()) books.wants.park(parked);
        return picked;
    }

    private static void pickFrom(Iterator<Errand> from, Turn turn, int most, Set<Errand> picked, List<Errand> parked) {
        while (picked.size() < most && from.hasNext()) {
            Errand errand = from.next();
            if (turn.unwanted.contains(errand) || picked.contains(errand)) continue;
            if (turn.books.allowed.test(turn, errand)) picked.add(errand);
            else parked.add(errand);
        }
    }

    private static void pickNew(Turn turn, Lane lane, boolean urgent, int most, Set<Errand> picked) {
        for (Map.Entry<Errand, Boolean> entry : turn.wanted.entrySet()) {
            if (picked.size() >= most) return;
            Errand errand = entry.getKey();
            if (errand.platform() != lane.number || entry.getValue() != urgent) continue;
            if (!picked.contains(errand) && turn.books.allowed.test(turn, errand)) picked.add(errand);
        }
    }
}
