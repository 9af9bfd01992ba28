package dev.lockstep.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

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
}
