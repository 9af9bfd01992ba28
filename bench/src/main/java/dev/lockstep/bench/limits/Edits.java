package dev.lockstep.bench.limits;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Changes at an even rate on some places, 1 to 10 in a transaction, whatever becomes of them: 94 of a hundred edit a
 * city and notes, 5 a phone, and one gives a customer another's address, or back its own.
 */
final class Edits {

    private static final int MOST_IN_ONE = 10;

    private final Town town;
    private final int places;
    private final double perSecond;
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong late = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /** @param places the first so many are edited */
    Edits(Town town, int places, double perSecond) {
        this.town = town;
        this.places = places;
        this.perSecond = perSecond;
    }

    void begin() {
        for (int place = 0; place < places; place++) {
            int number = place;
            threads.add(Thread.ofPlatform().name("edits-" + place).start(() -> edit(number)));
        }
    }

    long made() {
        return made.get();
    }

    /** How far the writers themselves were behind their schedule at most, in milliseconds. */
    double lateMs() {
        return late.get() / 1e6;
    }

    void end() throws InterruptedException {
        over = true;
        for (var thread : threads) {
            thread.join();
        }
    }

    private void edit(int place) {
        var random = new Random(31 + place);
        try (var connection = town.connect(place)) {
            connection.setAutoCommit(false);
            try (var ordinary = connection.prepareStatement("update customers set city = ?, notes = ? where id = ?");
                    var phones = connection.prepareStatement("update customers set phone = ?, notes = ? where id = ?");
                    var moves = connection.prepareStatement("update customers set email = ?, notes = ? where id = ?")) {
                long due = System.nanoTime();
                long number = place;
                while (!over) {
                    int size = 1 + random.nextInt(MOST_IN_ONE);
                    due += (long) (size * places / perSecond * 1e9);
                    for (long wait = due - System.nanoTime(); wait > 0 && !over; wait = due - System.nanoTime()) {
                        LockSupport.parkNanos(Math.min(wait, 100_000_000));
                    }
                    late.accumulateAndGet(System.nanoTime() - due, Math::max);
                    for (int i = 0; i < size; i++) {
                        one(number, random, List.of(ordinary, phones, moves));
                        number += places;
                    }
                    connection.commit();
                    made.addAndGet(size);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a writer stops: " + e.getMessage(), e);
        }
    }

    /** The last tenth of the people is for those who move: each to the next one's address, and back. */
    private void one(long number, Random random, List<PreparedStatement> statements) throws SQLException {
        int kind = (int) (number / places % 100);
        int settled = town.people() / 10 * 9;
        int person = 1 + random.nextInt(settled);
        var value = "City" + number;
        if (kind == 50) {
            long turn = number / places / 100;
            int pairs = (town.people() - settled) / 2;
            person = settled + 1 + 2 * (int) (turn / 2 % pairs);
            value = "user" + (turn % 2 == 0 ? person + 1 : person) + "@customers.example";
        } else if (kind % 20 == 7) {
            value = "+1415" + (2_000_000 + number % 7_900_000);
        }
        var statement = statements.get(kind == 50 ? 2 : kind % 20 == 7 ? 1 : 0);
        statement.setString(1, value);
        statement.setString(2, "edit " + number);
        statement.setLong(3, person);
        statement.executeUpdate();
    }

    /** Changes one row now, on a place, and waits until it is on all others; how long that took, in seconds. */
    static double spread(Town town, int place, String mark, int limitSeconds) throws Exception {
        var where = " where lower(email) = 'user1@customers.example'";
        town.execute(place, "update customers set notes = '" + mark + "'" + where);
        long began = System.nanoTime();
        for (int other = 0; other < town.places(); other++) {
            try (var connection = town.connect(other)) {
                while (!holds(connection, mark, where)) {
                    if (System.nanoTime() - began > limitSeconds * 1_000_000_000L) {
                        throw new IllegalStateException(mark + " is not on place " + other + " in time");
                    }
                    Thread.sleep(20);
                }
            }
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static boolean holds(Connection connection, String mark, String where) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("select 1 from customers" + where + " and notes = '" + mark + "'")) {
            return found.next();
        }
    }
}
