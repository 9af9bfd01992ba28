package dev.lockstep.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.core.lens.ColumnKind;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Write;
import dev.lockstep.spi.Description.FoundColumn;
import java.util.List;

/** What a table that is polled can do; run on a server without logical replication. */
final class PollTest {
    private PollTest() {}

    /** @param shop with columns `v` and `at`, the latter its time of change */
    static void pollsAndWrites(Cluster cluster, PostgresPlatform shop) throws Exception {
        cluster.sql(
                "postgres",
                "INSERT INTO t VALUES (1, 'a', now() - interval '1 day'), (2, 'b', now() - interval '1 day'),"
                        + " (3, 'c', NULL)");
        Seen seen = new Seen();
        shop.poll(null, seen);
        assertThat(seen.events()).containsExactly("list begins", "list ends");
        assertThat(seen.count()).isEqualTo(3);
        String position = seen.position();
        cluster.sql("postgres", "UPDATE t SET v = 'b2', at = now() WHERE id = 2", "DELETE FROM t WHERE id = 1");
        Seen next = new Seen();
        shop.poll(position, next);
        assertThat(next.count()).isEqualTo(1);
        assertThat(next.observations().getFirst().raw()[0]).isEqualTo("b2");
        assertThat(next.observations().getFirst().datedMicros()).isBetween(Clock.micros() - 60_000_000, Clock.micros());
        assertThat(shop.reached(String.valueOf(next.position()), String.valueOf(position)))
                .isTrue();

        Write write = Shop.update("2", Shop.cell(0, "ours", "b2"));
        Receipt receipt = shop.write(List.of(write)).getFirst();
        assertThat(Shop.show(receipt)).startsWith("APPLIED 2 [ours, 20");
        assertThat(shop.resolve(List.of(write)).getFirst().outcome()).isEqualTo(Receipt.Outcome.APPLIED);
        try (Seen watching = Seen.watching(shop, null)) {
            watching.awaitEvent("list ends");
            cluster.sql("postgres", "INSERT INTO t VALUES (9, 'new', now())");
            watching.await(2, row -> row.key().equals("9"));
            watching.awaitNow(shop);
        }
        Seen read = new Seen();
        shop.read(List.of("1", "2"), read);
        assertThat(read.observations().getFirst().gone()).isTrue();
        assertThat(read.observations().get(1).raw()[0]).isEqualTo("ours");
        aRetypedColumnIsSaidBeforeItsValuesAre(cluster, shop, String.valueOf(next.position()));
    }

    private static void aRetypedColumnIsSaidBeforeItsValuesAre(Cluster cluster, PostgresPlatform shop, String position)
            throws Exception {
        Write write = Shop.update("9", Shop.cell(0, "more", "new"));
        cluster.sql("postgres", "ALTER TABLE t ALTER COLUMN v TYPE int USING 7", "UPDATE t SET at = now()");
        Seen stale = new Seen();
        assertThatThrownBy(() -> shop.read(List.of("2"), stale)).hasMessageContaining("has just changed");
        assertThat(stale.count()).isZero();
        Seen next = new Seen();
        shop.poll(position, next);
        FoundColumn found =
                next.description() == null ? null : next.description().columns().getFirst();
        assertThat(found == null ? null : found.kind()).isEqualTo(ColumnKind.NUMBER);
        assertThat(next.observations()).allMatch(row -> "7".equals(row.raw()[0]));
        assertThat(shop.write(List.of(write)).getFirst().outcome()).isNotEqualTo(Receipt.Outcome.APPLIED);
    }
}
