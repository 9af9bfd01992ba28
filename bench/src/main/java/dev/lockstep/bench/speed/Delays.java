package dev.lockstep.bench.speed;

import dev.lockstep.bench.Announcements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Changes at an even rate, from the moment that the commit has returned until they are committed elsewhere: there a
 * trigger tells by NOTIFY. Each takes a row of its own. Of a hundred, five edit a phone, and with identity one joins
 * two customers.
 */
final class Delays {

    private static final double WARM_UP = 0.2;

    private final Places places;
    private final Workload work;
    private final int edits;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLongArray committed;
    private final AtomicLongArray arrived;
    private final int[] from;
    private final int width;

    Delays(Places places, Workload work) {
        this.places = places;
        this.work = work;
        this.edits = work.perSecond() * work.seconds();
        this.width = places.shape().places();
        this.committed = new AtomicLongArray(edits);
        this.arrived = new AtomicLongArray(edits * width);
        this.from = new int[edits];
    }

    Map<String, Double> measure() throws Exception {
        var heard = new ArrayList<Announcements>();
        for (int place = 0; place < width; place++) {
            int number = place;
            places.execute(place, Announcements.trigger("customers", "notes", "edit%"));
            heard.add(new Announcements(
                    places.connect(place),
                    "at-" + place,
                    (edit, nanos) -> arrived.compareAndSet(edit * width + number, 0, nanos)));
        }
        var writers = new ArrayList<Thread>();
        for (int source = 0; source < places.shape().sources(); source++) {
            int number = source;
            writers.add(Thread.ofPlatform().start(() -> write(number)));
        }
        for (var writer : writers) {
            writer.join();
        }
        long until = System.nanoTime() + 10_000_000_000L;
        while (took().missing > 0 && System.nanoTime() < until) {
            Thread.sleep(100);
        }
        for (var place : heard) {
            place.close();
        }
        return tell(took());
    }

    private void write(int source) {
        var random = new Random(source);
        double perSecond = (double) work.perSecond() / places.shape().sources();
        long due = System.nanoTime();
        try (var connection = places.connect(source)) {
            for (int edit = next.getAndIncrement(); edit < edits; edit = next.getAndIncrement()) {
                due += (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
                long wait = due - System.nanoTime();
                if (wait > 0) {
                    Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
                }
                edit(connection, source, edit);
            }
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException("a writer stops: " + e.getMessage(), e);
        }
    }

    private void edit(Connection connection, int source, int edit) throws SQLException {
        int row = work.rows() / 10 * 9 + 1 + edit;
        int kind = edit % 100;
        boolean joins = places.shape().identity() && kind == 50;
        var sets = joins ? "email = ?" : kind % 20 == 7 ? "phone = ?" : "city = ?";
        var value = joins
                ? "user" + (work.rows() / 100 * 75 + 1 + edit) + "@customers.example"
                : kind % 20 == 7 ? "+1415" + (2_000_000 + edit) : "Village" + edit;
        var where = source == 0 ? "id = " + row : "lower(email) = 'user" + row + "@customers.example'";
        try (var statement =
                connection.prepareStatement("update customers set notes = ?, " + sets + " where " + where)) {
            statement.setString(1, "edit " + edit + (joins ? " moves" : ""));
            statement.setString(2, value);
            from[edit] = source;
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("no row for edit " + edit);
            }
        }
        committed.set(edit, System.nanoTime());
    }

    /** @param sorted nanoseconds to each place but its own */
    private record Took(long[] sorted, int missing) {}

    private Took took() {
        var took = new ArrayList<Long>();
        int missing = 0;
        for (int edit = (int) (edits * WARM_UP); edit < edits; edit++) {
            for (int place = 0; place < width; place++) {
                if (place != from[edit]) {
                    long at = arrived.get(edit * width + place);
                    if (at == 0) {
                        missing++;
                    } else {
                        took.add(Math.max(0, at - committed.get(edit)));
                    }
                }
            }
        }
        var sorted = took.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Took(sorted, missing);
    }

    private Map<String, Double> tell(Took took) {
        if (took.missing > 0) {
            throw new IllegalStateException(
                    took.missing + " of " + (took.missing + took.sorted.length) + " changes were never seen elsewhere");
        }
        var values = new LinkedHashMap<String, Double>();
        values.put(Figure.HALF, quantile(took.sorted, 0.5));
        values.put(Figure.MOST, quantile(took.sorted, 0.99));
        values.put(Figure.LONGEST, quantile(took.sorted, 1));
        return values;
    }

    private static double quantile(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
    }
}
