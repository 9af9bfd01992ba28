package dev.lockstep.app.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Life going on in the databases: plain SQL, as the applications and the people behind them would say it, and without
 * a word to Lockstep.
 */
final class Life implements AutoCloseable {

    /** What may happen to a person. */
    enum Event {
        MOVE,
        NAME,
        MARRIAGE,
        PHONE,
        UNSUBSCRIBE,
        SUBSCRIBE,
        INTEREST,
        SIGN_UP,
        DUPLICATE,
        IMPORT
    }

    /** How often each happens, of a hundred. An import comes by the clock instead: see {@link #live}. */
    private static final Map<Event, Integer> SHARES = Map.of(
            Event.MOVE,
            30,
            Event.NAME,
            10,
            Event.MARRIAGE,
            8,
            Event.PHONE,
            14,
            Event.UNSUBSCRIBE,
            7,
            Event.SUBSCRIBE,
            5,
            Event.INTEREST,
            14,
            Event.SIGN_UP,
            10,
            Event.DUPLICATE,
            2);

    private static final int IMPORT_EVERY = 150;

    private final Map<String, Connection> connections;
    private final Random random;
    /** Sets this life's new addresses and numbers apart from those of earlier starts. */
    private final String sign = Long.toString(System.currentTimeMillis() / 1000, 36);

    private int born;
    private long happened;

    Life(DemoPostgres postgres, long seed) throws SQLException {
        random = new Random(seed);
        connections = new java.util.TreeMap<>();
        for (var name : Databases.NAMES) {
            connections.put(name, postgres.connect(name));
        }
    }

    /** Edits made so far: rows changed or added. */
    long happened() {
        return happened;
    }

    /** Lives until interrupted, about {@code perSecond} events a second. */
    void live(double perSecond) throws SQLException {
        for (long count = 1; !Thread.currentThread().isInterrupted(); count++) {
            happen(count % IMPORT_EVERY == 0 ? Event.IMPORT : drawn());
            double pause = -Math.log(1 - random.nextDouble()) / perSecond;
            LockSupport.parkNanos((long) (Math.min(pause, 3) * TimeUnit.SECONDS.toNanos(1)));
        }
    }

    /** A short life, the same every time: each kind of event, the common ones more often. */
    void liveShortly(int events) throws SQLException, InterruptedException {
        for (int i = 0; i < events; i++) {
            happen(i < Event.values().length ? Event.values()[i] : drawn());
            Thread.sleep(20);
        }
    }

    private Event drawn() {
        int at = random.nextInt(100);
        for (var event : Event.values()) {
            at -= SHARES.getOrDefault(event, 0);
            if (at < 0) {
                return event;
            }
        }
        return Event.MOVE;
    }

    private void happen(Event event) throws SQLException {
        happened += switch (event) {
            case MOVE -> set(Words.one(random, Databases.NAMES), "city", Words.one(random, Words.CITIES));
            case NAME -> set(Words.one(random, Databases.NAMES), "first", Words.one(random, Words.FIRST));
            case MARRIAGE -> marriage();
            case PHONE -> set(random.nextBoolean() ? "shop" : "crm", "phone", newPhone());
            case UNSUBSCRIBE -> set(Words.one(random, Databases.NAMES), "consent", "withdrawn");
            case SUBSCRIBE -> set(random.nextBoolean() ? "shop" : "newsletter", "consent", "granted");
            case INTEREST -> interest();
            case SIGN_UP -> signUp(Words.one(random, Databases.NAMES));
            case DUPLICATE -> duplicate();
            case IMPORT -> bulk();
        };
    }

    /** She takes another name, and with it another address: on the mailing list that is another key. */
    private int marriage() throws SQLException {
        var name = Words.one(random, Databases.NAMES);
        var last = Words.one(random, Words.LAST);
        var email = Words.plain(Words.one(random, Words.FIRST)) + "." + Words.plain(last) + sign + born++ + "@"
                + Words.one(random, Words.MAILS);
        return update(
                name,
                switch (name) {
                    case "shop" -> "last_name = ?, email = ?";
                    case "crm" -> "surname = ?, \"E-Mail\" = ?";
                    default -> "attributes = attributes || jsonb_build_object('last', ?::text), email = ?";
                },
                last,
                email);
    }

    private int interest() throws SQLException {
        var one = Words.one(random, Words.INTERESTS);
        if (random.nextBoolean()) {
            return update("crm", "interests = ?", one + "; " + Words.one(random, Words.INTERESTS));
        }
        return update(
                "newsletter",
                "attributes = jsonb_set(attributes, '{interests}',"
                        + " coalesce(attributes->'interests', '[]') || ?::jsonb)",
                '"' + one + '"');
    }

    private int set(String database, String what, String value) throws SQLException {
        var change = switch (database + "." + what) {
            case "shop.city" -> "city = ?";
            case "shop.first" -> "first_name = ?";
            case "shop.phone" -> "mobile = '+44' || substr(?, 2)";
            case "shop.consent" -> "marketing = (? = 'granted')";
            case "crm.city" -> "town = ?";
            case "crm.first" -> "given_name = ?";
            case "crm.phone" -> "telephone = ?";
            case "crm.consent" -> "opted_in = case when ? = 'granted' then 'Y' else 'N' end";
            case "newsletter.city", "newsletter.first" ->
                "attributes = attributes || jsonb_build_object('" + what + "', ?::text)";
            case "newsletter.consent" -> "status = case when ? = 'granted' then 'subscribed' else 'unsubscribed' end";
            default -> throw new IllegalArgumentException(database + "." + what);
        };
        return update(
                database, change, database.equals("crm") && what.equals("phone") ? Databases.national(value) : value);
    }

    /** Changes one row, any; {@code modified} of the CRM is kept by its application, so by us. */
    private int update(String database, String change, @Nullable Object... parameters) throws SQLException {
        return Databases.run(
                connection(database),
                switch (database) {
                    case "shop" ->
                        "update customers set " + change
                                + " where id = (select id from customers order by random() limit 1)";
                    case "crm" ->
                        "update contacts set " + change
                                + ", modified = now() where id = (select id from contacts order by random() limit 1)";
                    default ->
                        "update subscribers set " + change
                                + " where email = (select email from subscribers order by random() limit 1)";
                },
                parameters);
    }

    private int signUp(String database) throws SQLException {
        var first = Words.one(random, Words.FIRST);
        var last = Words.one(random, Words.LAST);
        var person = new Person(
                first,
                last,
                java.time.LocalDate.of(1950, 1, 1).plusDays(random.nextInt(20_000)),
                Words.one(random, Words.CITIES),
                Words.plain(first) + "." + Words.plain(last) + sign + born++ + "@" + Words.one(random, Words.MAILS),
                newPhone(),
                random.nextInt(3) == 0 ? "unset" : "granted",
                List.of(Words.one(random, Words.INTERESTS)));
        switch (database) {
            case "shop" -> Databases.addToShop(connection(database), person, "now()");
            case "crm" -> Databases.addToCrm(connection(database), person, "now()");
            default -> Databases.addToNewsletter(connection(database), person);
        }
        return 1;
    }

    /** The same address once more, in capitals: the second account of one person. */
    private int duplicate() throws SQLException {
        return Databases.run(
                connection("shop"),
                "insert into customers (email, first_name, last_name, born, city, updated_at)"
                        + " select upper(email), first_name, last_name, born, city, now() from customers"
                        + " where email not like 'info@%' order by random() limit 1");
    }

    /** A list bought with the café round the corner, all in one transaction. */
    private int bulk() throws SQLException {
        var crm = connection("crm");
        crm.setAutoCommit(false);
        try {
            for (int i = 0; i < 25; i++) {
                signUp("crm");
            }
            crm.commit();
        } finally {
            crm.setAutoCommit(true);
        }
        return 25;
    }

    private Connection connection(String database) {
        var connection = connections.get(database);
        if (connection == null) {
            throw new IllegalArgumentException(database.toLowerCase(Locale.ROOT));
        }
        return connection;
    }

    /** Mobile numbers kept for fiction are a thousand only; these are of no network either, and never twice. */
    private String newPhone() {
        return "01632" + "%06d".formatted(random.nextInt(1_000_000));
    }

    @Override
    public void close() throws SQLException {
        for (var connection : connections.values()) {
            connection.close();
        }
    }
}
