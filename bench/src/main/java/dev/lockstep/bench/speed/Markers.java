package dev.lockstep.bench.speed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Waits for the rows that are changed first and last of all, and then until the tables hold the same. */
final class Markers implements AutoCloseable {

    /** Tables that differ, and have not changed for so many nanoseconds, will not be equal any more. */
    private static final long STILL = 30_000_000_000L;

    private final Places places;
    private final String tag;
    private final long limit;
    private final List<Connection> connections = new ArrayList<>();
    private long firstAt;
    private long allAt;

    Markers(Places places, int limitSeconds, String tag) throws SQLException {
        this.places = places;
        this.tag = tag;
        this.limit = System.nanoTime() + limitSeconds * 1_000_000_000L;
        for (int place = 0; place < places.shape().places(); place++) {
            connections.add(places.connect(place));
        }
    }

    /** Looks every 10 ms until the last marker of each source is on all other places. */
    void await(Pipeline pipeline) throws Exception {
        long began = System.nanoTime();
        while (!seen(true)) {
            if (firstAt == 0 && seen(false)) {
                firstAt = System.nanoTime();
            }
            if (System.nanoTime() > limit) {
                throw new IllegalStateException("not there in time: " + places.checksums());
            }
            if (System.nanoTime() - began > 20e9 && pipeline.processes().isEmpty()) {
                throw new IllegalStateException("it has stopped by itself");
            }
            Thread.sleep(10);
        }
        allAt = System.nanoTime();
        firstAt = firstAt == 0 ? allAt : firstAt;
    }

    /** Whether the last markers are everywhere; or the first one is anywhere. */
    private boolean seen(boolean last) throws SQLException {
        for (int source = 0; source < places.shape().sources(); source++) {
            for (int place = 0; place < connections.size(); place++) {
                if (place != source && holds(place, source, last) != last) {
                    return !last;
                }
            }
        }
        return last;
    }

    private boolean holds(int place, int source, boolean last) throws SQLException {
        try (var statement = connections.get(place).createStatement();
                var found = statement.executeQuery(
                        "select 1 from customers where " + places.where(source, last) + " and notes = '" + tag + "'")) {
            return found.next();
        }
    }

    /**
     * Waits until all places hold the same. Where they do not at once, all is there only when the comparison began that
     * found it so.
     *
     * @return whether they did at once
     */
    boolean equal() throws Exception {
        boolean atOnce = true;
        long asked = System.nanoTime();
        long changed = asked;
        var sums = places.checksums();
        while (sums.stream().distinct().count() > 1) {
            long now = System.nanoTime();
            if (now > limit || now - changed > STILL) {
                throw new IllegalStateException("the tables differ: " + sums);
            }
            atOnce = false;
            // It takes the servers' time: twice as long they are left alone.
            Thread.sleep(100 + (now - asked) / 500_000);
            asked = System.nanoTime();
            allAt = asked;
            var before = sums;
            sums = places.checksums();
            changed = sums.equals(before) ? changed : asked;
        }
        return atOnce;
    }

    long firstAt() {
        return firstAt;
    }

    long allAt() {
        return allAt;
    }

    @Override
    public void close() throws SQLException {
        for (var connection : connections) {
            connection.close();
        }
    }
}
