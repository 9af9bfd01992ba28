package dev.lockstep.bench.limits;

import dev.lockstep.bench.Announcements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Edits at an even rate on the first two places, each to be seen on the other, where a trigger tells by NOTIFY that it
 * is committed. Of a hundred, five edit a phone, and one gives a customer another's address, or back its own. Each place
 * edits people of its own, the same few again and again.
 */
final class Carried implements AutoCloseable {

    private static final int PLACES = 2;
    private static final int ROOM = 2_000_000;
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final Town town;
    private final int people;
    private final double perSecond;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLongArray committed = new AtomicLongArray(ROOM);
    private final AtomicLongArray arrived = new AtomicLongArray(ROOM);
    private final List<Announcements> heard = new ArrayList<>();
    private final List<Thread> writers = new ArrayList<>();
    private volatile boolean edited;

    /** @param people so many on each place are edited, and another tenth as many move */
    Carried(Town town, int people, double perSecond) {
        this.town = town;
        this.people = people;
        this.perSecond = perSecond;
    }

    void begin() throws SQLException {
        for (int place = 0; place < PLACES; place++) {
            int number = place;
            town.execute(place, Announcements.trigger("customers", "notes", "edit%"));
            heard.add(new Announcements(town.connect(place), "at-" + place, (edit, nanos) -> {
                if (edit % PLACES != number) {
                    arrived.compareAndSet(edit, 0, nanos);
                }
            }));
            writers.add(Thread.ofPlatform().name("edits-" + place).start(() -> edit(number)));
        }
    }

    private void edit(int place) {
        var random = new Random(place);
        try (var connection = town.connect(place)) {
            long due = System.nanoTime();
            for (int turn = 0; !edited; turn++) {
                due += (long) (-Math.log(1 - random.nextDouble()) * PLACES / perSecond * 1e9);
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                // The number says where it was made.
                int edit = turn * PLACES + place;
                one(connection, place, turn, edit, random);
                committed.set(edit, System.nanoTime());
                next.accumulateAndGet(edit + 1, Math::max);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a writer stops: " + e.getMessage(), e);
        }
    }

    private void one(Connection connection, int place, int turn, int edit, Random random) throws SQLException {
        int first = place * people * 2;
        int kind = turn % 100;
        int person = first + 1 + random.nextInt(people);
        var sets = "city";
        var value = "City" + edit;
        if (kind == 50) {
            int times = turn / 100;
            person = first + people + 1 + 2 * (times / 2 % (people / 20));
            sets = "email";
            value = "user" + (times % 2 == 0 ? person + 1 : person) + "@customers.example";
        } else if (kind % 20 == 7) {
            sets = "phone";
            value = "+1415" + (2_000_000 + edit);
        }
        try (var statement =
                connection.prepareStatement("update customers set " + sets + " = ?, notes = ? where id = ?")) {
            statement.setString(1, value);
            statement.setString(2, "edit " + edit);
            statement.setLong(3, person);
            statement.executeUpdate();
        }
    }

    /** How many edits there are by now. */
    int edits() {
        return next.get();
    }

    /** Of the edits between these two counts; waits some seconds for those that are still on their way. */
    Times between(int first, int last) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (missing(first, last) > 0 && System.nanoTime() < until) {
            Thread.sleep(50);
        }
        var took = new long[last - first];
        Arrays.fill(took, -1);
        for (int edit = first; edit < last; edit++) {
            if (committed.get(edit) != 0 && arrived.get(edit) != 0) {
                took[edit - first] = Math.max(0, arrived.get(edit) - committed.get(edit));
            }
        }
        return new Times(took);
    }

    /** So many of them were made and have not been seen on the other place. */
    int missing(int first, int last) {
        int missing = 0;
        for (int edit = first; edit < last; edit++) {
            missing += committed.get(edit) != 0 && arrived.get(edit) == 0 ? 1 : 0;
        }
        return missing;
    }

    /** No more edits from here on. */
    void end() throws InterruptedException {
        edited = true;
        for (var writer : writers) {
            writer.join();
        }
    }

    @Override
    public void close() throws InterruptedException {
        end();
        for (var place : heard) {
            place.close();
        }
    }
}
