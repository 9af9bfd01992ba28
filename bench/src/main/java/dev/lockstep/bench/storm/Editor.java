package dev.lockstep.bench.storm;

import dev.lockstep.bench.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One of those who edit. Says nothing twice: a value that was there before might be taken for a platform's putting it
 * back, and for that Lockstep has another rule.
 */
final class Editor implements Runnable {

    /** So long after anybody's word on a consent, nobody grants it again. */
    private static final long GRANT_REST_MS = 30_000;

    private static final List<What> OTHERS = List.of(What.EMAIL, What.NAME, What.CITY, What.POINTS, What.LABELS);

    private final List<Server> servers;
    private final Ledger ledger;
    private final List<String> tags;
    private final Map<String, Long> consentAtMs;
    private final AtomicLong sequence;
    private final Random random;
    private final double perSecond;
    private final int hot;
    private final Mix mix;
    /** Nobody is blanked twice. */
    private final Set<String> blanked;

    private final LongSupplier untilNanos;
    private final @Nullable Connection[] connections = new Connection[Platforms.COUNT];
    private final AtomicLong refused;

    /** What all editors of a run share. */
    record Shared(
            List<Server> servers,
            Ledger ledger,
            List<String> tags,
            ConcurrentHashMap<String, Long> consentAtMs,
            Set<String> blanked,
            AtomicLong sequence,
            AtomicLong refused,
            int hot,
            Mix mix) {}

    /**
     * What is done how often.
     *
     * @param signUps of a hundred edits
     * @param consents of a hundred edits
     * @param blanks of a hundred edits
     * @param leavers of a hundred edits; those who leave are edited by nobody before
     */
    record Mix(double signUps, double consents, double blanks, double leavers) {
        /** All fields alike, and nobody leaves. */
        static final Mix STORM = new Mix(3, 16, 0, 0);
    }

    Editor(Shared shared, long seed, double perSecond, LongSupplier untilNanos) {
        this.servers = shared.servers();
        this.ledger = shared.ledger();
        this.tags = shared.tags();
        this.consentAtMs = shared.consentAtMs();
        this.sequence = shared.sequence();
        this.refused = shared.refused();
        this.hot = shared.hot();
        this.mix = shared.mix();
        this.blanked = shared.blanked();
        this.random = new Random(seed);
        this.perSecond = perSecond;
        this.untilNanos = untilNanos;
    }

    @Override
    public void run() {
        long next = System.nanoTime();
        while (System.nanoTime() < untilNanos.getAsLong()) {
            try {
                next += (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
                long wait = Math.min(next, untilNanos.getAsLong()) - System.nanoTime();
                if (wait > 0) {
                    Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
                }
                something();
            } catch (InterruptedException e) {
                return;
            }
        }
        for (var connection : connections) {
            close(connection);
        }
    }

    private void something() {
        double dice = random.nextDouble() * 100;
        if (dice < mix.signUps()) {
            signUp();
            return;
        }
        dice -= mix.signUps();
        if (dice < mix.leavers()) {
            leave();
            return;
        }
        dice -= mix.leavers();
        if (dice < mix.blanks()) {
            blank();
            return;
        }
        dice -= mix.blanks();
        var tag = random.nextInt(10) < 3 ? tags.get(random.nextInt(hot)) : tags.get(random.nextInt(tags.size()));
        var number = "%08d".formatted(sequence.incrementAndGet());
        var what = dice < mix.consents() ? What.OPT : OTHERS.get(random.nextInt(OTHERS.size()));
        var value = switch (what) {
            case EMAIL -> "e" + number + "@storm.example";
            case NAME -> "N" + number + "ame";
            case CITY -> "C" + number + "ity";
            case POINTS -> Long.parseLong(number) + ".37";
            case LABELS -> "l" + number;
            case OPT -> random.nextBoolean() ? "granted" : "withdrawn";
        };
        if (what == What.OPT && !mayBeSaid(tag, value)) {
            return;
        }
        transact(random.nextInt(Platforms.COUNT), tag, Map.of(what, value), false);
    }

    private void leave() {
        var tag = ledger.nextLeaver();
        if (tag != null) {
            commit(0, connection -> Platforms.delete(connection, 0, tag), number -> {}, () -> ledger.stays(tag));
        }
    }

    private void blank() {
        var tag = tags.get(hot + random.nextInt(tags.size() - hot));
        if (blanked.add(tag)) {
            int platform = random.nextInt(Platforms.COUNT);
            commit(
                    platform,
                    connection -> Platforms.blank(connection, platform, tag),
                    number -> ledger.add(List.of(new Ledger.Edit(platform, tag, What.CITY, "", number))),
                    () -> {});
        }
    }

    private boolean mayBeSaid(String tag, String value) {
        long now = System.currentTimeMillis();
        var before = consentAtMs.put(tag, now);
        return value.equals("withdrawn") || before == null || now - before > GRANT_REST_MS;
    }

    /** Somebody new; sometimes in two places at once. */
    private void signUp() {
        var number = "%08d".formatted(sequence.incrementAndGet());
        var tag = "new-" + number;
        var email = "e" + number + "@storm.example";
        int platform = random.nextInt(Platforms.COUNT);
        transact(platform, tag, person(number, email), true);
        if (platform == 0 && random.nextInt(3) == 0) {
            // There the address is the key: who comes second is told so. Nobody edits her again: until Lockstep has
            // seen both, a changed address would be a race with a person where nothing keeps addresses unique.
            transact(2, tag, person("%08d".formatted(sequence.incrementAndGet()), email), true);
        } else {
            tags.add(tag);
        }
    }

    private static Map<What, String> person(String number, String email) {
        var person = new EnumMap<What, String>(What.class);
        person.put(What.EMAIL, email);
        person.put(What.NAME, "N" + number + "ame");
        person.put(What.CITY, "C" + number + "ity");
        person.put(What.POINTS, Long.parseLong(number) + ".37");
        person.put(What.OPT, "granted");
        return person;
    }

    /**
     * One transaction. Its number is noted before it commits, so that its fate can be asked for, whatever happens then.
     */
    private void transact(int platform, String tag, Map<What, String> values, boolean insert) {
        commit(
                platform,
                connection -> insert
                        ? Platforms.insert(connection, platform, tag, values) > 0
                        : edit(connection, platform, tag, values),
                number -> {
                    var made = new ArrayList<Ledger.Edit>();
                    values.forEach((what, value) -> made.add(new Ledger.Edit(platform, tag, what, value, number)));
                    ledger.add(made);
                },
                () -> {});
    }

    private interface Change {
        boolean in(Connection connection) throws SQLException;
    }

    private void commit(int platform, Change change, LongConsumer note, Runnable undone) {
        try {
            var connection = connection(platform);
            if (!change.in(connection)) {
                connection.rollback();
                undone.run();
                return;
            }
            long number = ledger.number();
            Platforms.mark(connection, number);
            note.accept(number);
            connection.commit();
        } catch (SQLException e) {
            undone.run();
            refused.incrementAndGet();
            close(connections[platform]);
            connections[platform] = null;
        }
    }

    private static boolean edit(Connection connection, int platform, String tag, Map<What, String> values)
            throws SQLException {
        boolean changed = false;
        for (var each : values.entrySet()) {
            changed |= Platforms.edit(connection, platform, tag, each.getKey(), each.getValue());
        }
        return changed;
    }

    private Connection connection(int platform) throws SQLException {
        var open = connections[platform];
        if (open == null) {
            open = servers.get(platform).connect("storm");
            open.setAutoCommit(false);
            connections[platform] = open;
        }
        return open;
    }

    private static void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException gone) {
            // It was no longer open.
        }
    }
}
