package dev.lockstep.app.workspace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers all that is wrong, so that a person sees everything at once. */
final class Mistakes {
    private final List<Mistake> found = new ArrayList<>();

    void add(Place place, String sentence) {
        put(new Mistake(place, true, sentence));
    }

    void warn(Place place, String sentence) {
        put(new Mistake(place, false, sentence));
    }

    /** One place in the text may be read several times (an alias): it is told once. */
    private void put(Mistake mistake) {
        if (!found.contains(mistake)) {
            found.add(mistake);
        }
    }

    boolean fatal() {
        return found.stream().anyMatch(Mistake::fatal);
    }

    /** In the order of the text. */
    List<Mistake> all() {
        return found.stream().sorted(Comparator.comparing(Mistake::place)).toList();
    }
}
