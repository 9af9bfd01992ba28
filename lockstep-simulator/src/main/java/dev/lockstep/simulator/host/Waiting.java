package dev.lockstep.simulator.host;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What came in from outside and waits, in the order in which it came: until nothing of the same lanes came before it,
 * and nothing of them is on its way. Only lanes in which something has changed are looked at again.
 */
final class Waiting {
    /**
     * Something from outside that is told to machines once its time has come.
     *
     * @param lanes the keys of records that it tells of, at least one
     */
    record Given(List<String> lanes, Consumer<Batch> what) {}

    /** @param number counts what came in */
    record Numbered(long number, Given given) {}

    private static final class Lane {
        final TreeMap<Long, Given> waiting = new TreeMap<>();
        int onTheWay;
    }

    private final TreeMap<String, Lane> lanes = new TreeMap<>();
    private final TreeSet<String> changed = new TreeSet<>();
    private long count;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    void add(Given given) {
        count++;
        size++;
        for (String lane : given.lanes()) changed(lane).waiting.put(count, given);
    }

    void remove(Numbered begun) {
        size--;
        for (String lane : begun.given().lanes()) changed(lane).waiting.remove(begun.number());
    }

    /** Something of these lanes is on its way. */
    void takes(List<String> used) {
        for (String lane : used) changed(lane).onTheWay++;
    }

    /** It has arrived. */
    void leaves(List<String> used) {
        for (String lane : used) changed(lane).onTheWay--;
    }

    private Lane changed(String lane) {
        changed.add(lane);
        return lanes.computeIfAbsent(lane, key -> new Lane());
    }

    /** What need not wait any more, oldest first. */
    List<Numbered> ready() {
        TreeMap<Long, Given> found = new TreeMap<>();
        for (String key : changed) {
            Lane lane = lanes.get(key);
            if (lane == null || lane.waiting.isEmpty()) continue;
            long first = lane.waiting.firstKey();
            Given given = lane.waiting.firstEntry().getValue();
            if (isReady(first, given)) found.put(first, given);
        }
        List<Numbered> ready = new ArrayList<>(found.size());
        found.forEach((number, given) -> ready.add(new Numbered(number, given)));
        return ready;
    }

    private boolean isReady(long number, Given given) {
        for (String key : given.lanes()) {
            Lane lane = lanes.get(key);
            if (lane == null || lane.onTheWay > 0 || lane.waiting.firstKey() != number) return false;
        }
        return true;
    }

    /** What was ready has been begun: its lanes, and those that nothing waits in, need not be looked at. */
    void looked() {
        for (String key : changed) {
            Lane lane = lanes.get(key);
            if (lane != null && lane.onTheWay == 0 && lane.waiting.isEmpty()) lanes.remove(key);
        }
        changed.clear();
    }
}
