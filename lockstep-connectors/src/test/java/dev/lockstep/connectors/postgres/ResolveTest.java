package dev.lockstep.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Receipt.Outcome;
import dev.lockstep.core.model.Write;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResolveTest {
    private Cluster cluster;
    private String database;

    @BeforeEach
    void makeDatabase() throws Exception {
        cluster = Cluster.shared();
        database = cluster.newDatabase();
        cluster.sql(
                database,
                "CREATE TABLE t (id serial PRIMARY KEY, email text)",
                "INSERT INTO t (email) SELECT 'e' || i FROM generate_series(1, 5) i");
    }

    private Shop through(Proxy proxy) {
        return new Shop("postgresql://postgres@127.0.0.1:" + proxy.port() + "/" + database, "t").columns("email");
    }

    private static CompletableFuture<List<Receipt>> writing(PostgresPlatform shop, Write... writes) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return shop.write(List.of(writes));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void aWriteWhoseAnswerWasLostIsFoundByTheStream() throws Exception {
        try (Proxy proxy = new Proxy(cluster.port());
                PostgresPlatform shop = through(proxy).open()) {
            Seen first = Seen.watching(shop, null);
            first.awaitEvent("list ends");
            shop.write(List.of(Shop.update("1", Shop.cell(0, "warm", "e1"))));
            first.awaitNow(shop);
            proxy.loseAnswers();
            Write update = Shop.update("2", Shop.cell(0, "new", "e2"));
            var receipts = writing(shop, update);
            while (!cluster.value(database, "SELECT email FROM t WHERE id = 2").equals("new")) Thread.sleep(20);
            proxy.cut();
            assertThat(receipts.get(20, TimeUnit.SECONDS).getFirst().outcome()).isEqualTo(Outcome.UNCLEAR);
            assertThat(first.awaitFailure()).hasMessageContaining("cannot be reached");
            try (Seen second = Seen.watching(shop, first.position())) {
                Receipt receipt = shop.resolve(List.of(update)).getFirst();
                assertThat(Shop.show(receipt)).isEqualTo("APPLIED 2 [new]");
                assertThat(second.shown()).contains("2 [new] own " + update.id());
            }
        }
    }

    @Test
    void aWriteThatWaitsForALockWhenItsSessionBreaksIsEndedAndCertainlyNotApplied() throws Exception {
        try (Proxy proxy = new Proxy(cluster.port());
                PostgresPlatform shop = through(proxy).open();
                Connection holder = cluster.connect(database);
                Statement statement = holder.createStatement()) {
            Seen first = Seen.watching(shop, null);
            first.awaitEvent("list ends");
            holder.setAutoCommit(false);
            statement.execute("SELECT * FROM t WHERE id = 3 FOR UPDATE");
            Write update = Shop.update("3", Shop.cell(0, "late", "e3"));
            var receipts = writing(shop, update);
            Thread.sleep(400);
            proxy.cut();
            assertThat(receipts.get(20, TimeUnit.SECONDS).getFirst().outcome()).isEqualTo(Outcome.UNCLEAR);
            first.awaitFailure();
            try (Seen second = Seen.watching(shop, first.position())) {
                assertThat(shop.resolve(List.of(update)).getFirst().outcome()).isEqualTo(Outcome.AGAIN);
                holder.rollback();
                assertThat(cluster.value(database, "SELECT email FROM t WHERE id = 3"))
                        .isEqualTo("e3");
                assertThat(second.events()).isEmpty();
            }
        }
    }

    @Test
    void afterAGapTheRowsThemselvesAreAsked() throws Exception {
        Write applied = Shop.update("1", Shop.cell(0, "new", "e1"));
        Write missed = Shop.update("2", Shop.cell(0, "new2", "e2"));
        Write made = Shop.create(List.of(Shop.cell(0, "e3", null)), Shop.cell(0, "e3", null));
        Write unmade = Shop.create(List.of(Shop.cell(0, "e9", null)), Shop.cell(0, "e9", null));
        Write deleted = Shop.delete("77", Shop.cell(0, null, "x"));
        cluster.sql(database, "UPDATE t SET email = 'new' WHERE id = 1");
        try (PostgresPlatform shop =
                        new Shop(cluster, database, "t").columns("email").open();
                Seen seen = Seen.watching(shop, null)) {
            seen.awaitEvent("list ends");
            assertThat(shop.resolve(List.of(applied, missed, made, unmade, deleted)).stream()
                            .map(Shop::show))
                    .containsExactly("APPLIED 1 [new]", "AGAIN 2", "FOUND 3 [e3]", "AGAIN", "APPLIED 77");
        }
    }

    @Test
    void aServerThatRestartsIsTakenUpWhereItWas() throws Exception {
        try (Cluster own = new Cluster(null, java.util.Map.of())) {
            String name = own.newDatabase();
            own.sql(name, "CREATE TABLE t (id int PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'a')");
            try (PostgresPlatform shop = new Shop(own, name, "t").columns("v").open()) {
                Seen first = Seen.watching(shop, null);
                first.awaitEvent("list ends");
                own.restart();
                assertThat(first.awaitFailure()).hasMessageContaining("Platform `shop`");
                own.sql(name, "UPDATE t SET v = 'b'");
                try (Seen second = Seen.watching(shop, first.position())) {
                    assertThat(Seen.show(second.awaitStream("1"))).isEqualTo("1 [b]");
                    assertThat(second.events()).isEmpty();
                    Write write = Shop.update("1", Shop.cell(0, "c", "b"));
                    Receipt receipt = shop.write(List.of(write)).getFirst();
                    if (receipt.outcome() == Outcome.UNCLEAR) {
                        receipt = shop.resolve(List.of(write)).getFirst();
                    }
                    if (receipt.outcome() == Outcome.AGAIN) {
                        receipt = shop.write(List.of(write)).getFirst();
                    }
                    assertThat(receipt.outcome()).isEqualTo(Outcome.APPLIED);
                    Observation echo = second.await(0, seen -> seen.ownWrite() == write.id());
                    assertThat(Seen.show(echo)).startsWith("1 [c]");
                }
                own.stop();
                List<Receipt> down = shop.write(List.of(Shop.update("1", Shop.cell(0, "d", "c"))));
                assertThat(down.getFirst().outcome()).isIn(Outcome.AGAIN, Outcome.UNCLEAR);
                own.begin();
            }
        }
    }
}
