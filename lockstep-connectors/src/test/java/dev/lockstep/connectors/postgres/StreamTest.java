package dev.lockstep.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.lens.Access;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Observation.Origin;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Receipt.Outcome;
import dev.lockstep.core.model.Write;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamTest {
    private Cluster cluster;
    private String database;

    @BeforeEach
    void makeDatabase() throws Exception {
        cluster = Cluster.shared();
        database = cluster.newDatabase();
    }

    @Test
    void everythingThatIsThereIsReadFirstAndThenEveryChangeFollows() throws Exception {
        cluster.sql(
                database,
                "CREATE TABLE customers (id bigint PRIMARY KEY, email text, active bool)",
                "INSERT INTO customers VALUES (1, E'a\\tb\\\\c\\nd', true), (2, NULL, false)");
        try (PostgresPlatform shop = new Shop(cluster, database, "customers")
                .columns("email", "active")
                .open()) {
            assertThat(shop.describe().problems()).isEmpty();
            try (Seen seen = Seen.watching(shop, null)) {
                seen.awaitEvent("list ends");
                assertThat(seen.shown()).containsExactlyInAnyOrder("1 [a\tb\\c\nd, true]", "2 [null, false]");
                cluster.sql(
                        database,
                        "INSERT INTO customers VALUES (3, 'c@x.com', NULL)",
                        "UPDATE customers SET email = 'b@x.com' WHERE id = 2",
                        "UPDATE customers SET id = 4 WHERE id = 3",
                        "DELETE FROM customers WHERE id = 1");
                seen.awaitNow(shop);
                assertThat(seen.shown().subList(2, 6))
                        .containsExactly("3 [c@x.com, null]", "2 [b@x.com, false]", "4<-3 [c@x.com, null]", "1 gone");
                List<Observation> stream = seen.observations().subList(2, 6);
                assertThat(stream).allSatisfy(change -> {
                    assertThat(change.origin()).isEqualTo(Origin.STREAM);
                    assertThat(change.datedMicros()).isBetween(Clock.micros() - 60_000_000, Clock.micros());
                });
                assertThat(stream).extracting(Observation::version).isSorted().doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void ourOwnWritesAreNamedByTheStream() throws Exception {
        cluster.sql(
                database,
                "CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text, name text)",
                "INSERT INTO customers (email, name) VALUES ('a', 'A'), ('b', 'B'), ('c', 'C')");
        try (PostgresPlatform shop = new Shop(cluster, database, "customers")
                        .columns("email", "name")
                        .open();
                Seen seen = Seen.watching(shop, null)) {
            seen.awaitEvent("list ends");
            Write change = Shop.update("1", Shop.cell(0, "a2", "a"));
            Write other = Shop.update("2", Shop.cell(0, "b2", "b"));
            Write stale = Shop.update("3", Shop.cell(0, "c2", "x"));
            Write missing = Shop.update("9", Shop.cell(0, "c2", "x"));
            Write create = Shop.create(List.of(Shop.cell(0, "d", null)), Shop.cell(0, "d", null));
            Write exists = Shop.create(List.of(Shop.cell(0, "C", null)), Shop.cell(0, "C", null));
            Write delete = Shop.delete("3", Shop.cell(0, null, "c"), Shop.cell(1, null, "C"));
            List<Receipt> receipts = shop.write(List.of(change, other, stale, missing, create, exists));
            assertThat(receipts.stream().map(Shop::show))
                    .containsExactlyInAnyOrder(
                            "APPLIED 1 [a2, -]",
                            "APPLIED 2 [b2, -]",
                            "STALE 3",
                            "MISSING 9",
                            "APPLIED 4 [d, -]",
                            "EXISTS 3");
            assertThat(shop.write(List.of(delete)).getFirst().outcome()).isEqualTo(Outcome.APPLIED);
            cluster.sql(database, "UPDATE customers SET name = 'Z' WHERE id = 1");
            seen.awaitNow(shop);
            assertThat(seen.shown().subList(3, seen.count()))
                    .containsExactly(
                            "1 [a2, A] own " + change.id(),
                            "2 [b2, B] own " + other.id(),
                            "4 [d, null] own " + create.id(),
                            "3 gone own " + delete.id(),
                            "1 [a2, Z]");
        }
    }

    @Test
    void aLargeValueThatDidNotChangeIsNotShownAndATruncatedTableIsEmptied() throws Exception {
        cluster.sql(
                database,
                "CREATE TABLE t (id int PRIMARY KEY, big text, v text)",
                "ALTER TABLE t ALTER COLUMN big SET STORAGE EXTERNAL",
                "INSERT INTO t VALUES (1, repeat('x', 20000), 'a')");
        try (PostgresPlatform shop =
                        new Shop(cluster, database, "t").columns("big", "v").open();
                Seen seen = Seen.watching(shop, null)) {
            seen.awaitEvent("list ends");
            cluster.sql(database, "UPDATE t SET v = 'b'");
            assertThat(Seen.show(seen.awaitStream("1"))).isEqualTo("1 [-, b]");
            cluster.sql(database, "ALTER TABLE t REPLICA IDENTITY FULL", "UPDATE t SET v = 'c'");
            Observation whole = seen.await(2, change -> true);
            assertThat(whole.raw()[0]).hasSize(20000);
            cluster.sql(database, "TRUNCATE t");
            seen.awaitEvent("emptied");
        }
    }

    @Test
    void aTableThatLosesAColumnGoesOnWithTheOthers() throws Exception {
        cluster.sql(
                database, "CREATE TABLE t (id int PRIMARY KEY, a text, b text)", "INSERT INTO t VALUES (1, 'a', 'b')");
        try (PostgresPlatform shop =
                        new Shop(cluster, database, "t").columns("a", "b").open();
                Seen seen = Seen.watching(shop, null)) {
            seen.awaitEvent("list ends");
            cluster.sql(
                    database,
                    "ALTER TABLE t ADD COLUMN z int",
                    "ALTER TABLE t DROP COLUMN a",
                    "UPDATE t SET b = 'c'",
                    "ALTER TABLE t RENAME b TO bb",
                    "UPDATE t SET bb = 'd'");
            seen.awaitNow(shop);
            assertThat(seen.shown().subList(1, seen.count())).containsExactly("1 [-, c]", "1 [-, -]");
        }
    }

    @Test
    void aLargeTransactionFlowsRowByRowInItsOrder() throws Exception {
        cluster.sql(database, "CREATE TABLE t (id int PRIMARY KEY, v text)");
        try (PostgresPlatform shop =
                        new Shop(cluster, database, "t").columns("v").open();
                Seen seen = Seen.watching(shop, null)) {
            seen.awaitEvent("list ends");
            cluster.sql(database, "INSERT INTO t SELECT i, repeat('v', 50) FROM generate_series(1, 100000) i");
            seen.awaitNow(shop);
            assertThat(seen.count()).isEqualTo(100_000);
            assertThat(seen.observations().getLast().key()).isEqualTo("100000");
            assertThat(seen.observations().stream().map(Observation::version).distinct())
                    .hasSize(1);
        }
    }

    @Test
    void platformsOfOneDatabaseShareASlotAndEachGoesOnFromWhereItWas() throws Exception {
        cluster.sql(
                database,
                "CREATE TABLE a (id int PRIMARY KEY, v text)",
                "CREATE TABLE b (id int PRIMARY KEY, v text)",
                "INSERT INTO a VALUES (1, 'a')",
                "INSERT INTO b VALUES (1, 'b')");
        PostgresConnector connector = new PostgresConnector();
        PostgresPlatform a = new Shop(cluster, database, "a").columns("v").open(connector);
        PostgresPlatform b =
                new Shop(cluster, database, "b").number(2).columns("v").open(connector);
        Seen seenA = Seen.watching(a, null);
        Seen seenB = Seen.watching(b, null);
        seenA.awaitEvent("list ends");
        seenB.awaitEvent("list ends");
        cluster.sql(database, "UPDATE a SET v = 'a2'", "UPDATE b SET v = 'b2'");
        seenA.awaitStream("1");
        seenB.awaitStream("1");
        seenA.awaitNow(a);
        assertThat(cluster.value(
                        "postgres", "SELECT count(*) FROM pg_replication_slots WHERE database = '" + database + "'"))
                .isEqualTo("1");
        seenA.close();
        cluster.sql(database, "UPDATE a SET v = 'a3'", "UPDATE b SET v = 'b3'");
        seenB.await(2, change -> Seen.show(change).equals("1 [b3]"));
        seenB.awaitNow(b);
        try (Seen later = Seen.watching(a, seenA.position())) {
            assertThat(Seen.show(later.awaitStream("1"))).isEqualTo("1 [a3]");
            cluster.sql(database, "UPDATE b SET v = 'b4'", "UPDATE a SET v = 'a4'");
            later.await(1, change -> Seen.show(change).equals("1 [a4]"));
            seenB.await(3, change -> Seen.show(change).equals("1 [b4]"));
            assertThat(later.events()).isEmpty();
            assertThat(seenB.shown()).containsExactly("1 [b]", "1 [b2]", "1 [b3]", "1 [b4]");
        }
        seenB.close();
        a.close();
        b.close();
        connector.close();
    }

    @Test
    void aLostSlotIsNoticedAndTheTableReadAgain() throws Exception {
        cluster.sql(database, "CREATE TABLE t (id int PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'a')");
        try (PostgresPlatform shop =
                new Shop(cluster, database, "t").columns("v").open()) {
            Seen first = Seen.watching(shop, null);
            first.awaitEvent("list ends");
            first.awaitNow(shop);
            first.close();
            String slot = cluster.value(
                    "postgres", "SELECT slot_name FROM pg_replication_slots WHERE database = '" + database + "'");
            Thread.sleep(300);
            cluster.sql("postgres", "SELECT pg_drop_replication_slot('" + slot + "')");
            cluster.sql(database, "UPDATE t SET v = 'b'");
            try (Seen second = Seen.watching(shop, first.position())) {
                second.awaitEvent("list ends");
                assertThat(second.events().getFirst()).contains("lost").contains("is gone");
                assertThat(second.shown()).containsExactly("1 [b]");
                cluster.sql(database, "UPDATE t SET v = 'c'");
                second.awaitStream("1");
            }
            try (Seen third = Seen.watching(shop, "0/1@1:1")) {
                third.awaitEvent("list ends");
                assertThat(third.events().getFirst()).contains("lost");
            }
        }
    }

    @Test
    void aTableWhereNothingHappensDoesNotHoldTheServersLog() throws Exception {
        cluster.sql(database, "CREATE TABLE t (id int PRIMARY KEY, v text)", "CREATE TABLE busy (v text)");
        try (PostgresPlatform shop =
                        new Shop(cluster, database, "t").columns("v").open();
                Seen seen = Seen.watching(shop, null)) {
            seen.awaitEvent("list ends");
            cluster.sql(database, "INSERT INTO busy SELECT repeat('x', 1000) FROM generate_series(1, 5000)");
            String lsn = cluster.value(database, "SELECT pg_current_wal_lsn()");
            String confirmed = "SELECT confirmed_flush_lsn >= '" + lsn
                    + "' FROM pg_replication_slots WHERE database = '" + database + "'";
            long end = System.currentTimeMillis() + 20_000;
            while (!cluster.value("postgres", confirmed).equals("t") && System.currentTimeMillis() < end) {
                Thread.sleep(100);
            }
            assertThat(cluster.value("postgres", confirmed)).isEqualTo("t");
        }
    }

    @Test
    void aListBesideTheStreamFitsIntoItsOrder() throws Exception {
        cluster.sql(database, "CREATE TABLE t (id int PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'a')");
        try (PostgresPlatform shop =
                        new Shop(cluster, database, "t").columns("v").open();
                Seen seen = Seen.watching(shop, null)) {
            seen.awaitEvent("list ends");
            cluster.sql(database, "UPDATE t SET v = 'b'");
            Seen list = new Seen();
            shop.list(list);
            Observation changed = seen.awaitStream("1");
            assertThat(list.shown()).containsExactly("1 [b]");
            assertThat(list.observations().getFirst().version()).isGreaterThan(changed.version());
            cluster.sql(database, "UPDATE t SET v = 'c'");
            Observation after = seen.await(2, change -> true);
            assertThat(after.version())
                    .isGreaterThan(list.observations().getFirst().version());
            seen.awaitNow(shop);
        }
    }

    @Test
    void aSecondProgramOnTheSlotIsToldSo() throws Exception {
        cluster.sql(database, "CREATE TABLE t (id int PRIMARY KEY, v text)");
        try (PostgresPlatform one =
                        new Shop(cluster, database, "t").columns("v").open();
                PostgresPlatform other =
                        new Shop(cluster, database, "t").columns("v").open();
                Seen seen = Seen.watching(one, null)) {
            seen.awaitEvent("list ends");
            seen.awaitNow(one);
            try (Seen second = Seen.watching(other, seen.position())) {
                assertThat(second.awaitFailure()).hasMessageContaining("Another program is streaming");
            }
            cluster.sql(database, "INSERT INTO t VALUES (1, 'a')");
            seen.awaitStream("1");
        }
    }

    @Test
    void whoAsksForARecordIsAnsweredAndNotWhoWatches() throws Exception {
        cluster.sql(database, "CREATE TABLE t (id int PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'a')");
        try (PostgresPlatform shop =
                        new Shop(cluster, database, "t").columns("v").open();
                Seen watching = Seen.watching(shop, null);
                Seen asking = new Seen()) {
            watching.awaitEvent("list ends");
            int before = watching.count();
            shop.read(List.of("1", "2"), asking);
            assertThat(Seen.show(asking.await(0, row -> row.key().equals("1")))).isEqualTo("1 [a]");
            assertThat(Seen.show(asking.await(0, row -> row.key().equals("2")))).isEqualTo("2 gone");
            watching.awaitNow(shop);
            assertThat(watching.count()).isEqualTo(before);
        }
    }

    @Test
    void aPlatformThatIsOnlyWrittenIsReadOnceAndHoldsNoLog() throws Exception {
        cluster.sql(database, "CREATE TABLE t (id int PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'a')");
        try (PostgresPlatform shop = new Shop(cluster, database, "t")
                        .access(Access.WRITE)
                        .columns("v")
                        .open();
                Seen seen = Seen.watching(shop, null)) {
            seen.awaitEvent("list ends");
            assertThat(shop.describe().problems()).isEmpty();
            assertThat(shop.describe().capabilities().streams()).isFalse();
            Write write = Shop.update("1", Shop.cell(0, "b", "a"));
            assertThat(shop.write(List.of(write)).getFirst().outcome()).isEqualTo(Outcome.APPLIED);
            assertThat(shop.resolve(List.of(write)).getFirst().outcome()).isEqualTo(Outcome.APPLIED);
            shop.read(List.of("1"), seen);
            assertThat(Seen.show(seen.await(1, row -> true))).isEqualTo("1 [b]");
            seen.awaitNow(shop);
            assertThat(cluster.rows(
                            "postgres", "SELECT 1 FROM pg_replication_slots WHERE database = '" + database + "'"))
                    .isEmpty();
        }
    }
}
