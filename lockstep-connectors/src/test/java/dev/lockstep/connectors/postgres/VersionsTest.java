package dev.lockstep.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.core.model.Observation.Origin;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Write;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The core of it all on every version that we support; the other tests run on the newest but one. */
class VersionsTest {

    static List<String> versions() {
        return Binaries.versions();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void everyVersionIsReadStreamedWrittenResumedAndReadAgain(String version) throws Exception {
        assumeTrue(Binaries.there(version), "the build has not put PostgreSQL " + version + " there");
        try (Cluster cluster = new Cluster(version, Map.of())) {
            cluster.sql(
                    "postgres",
                    "CREATE TABLE t (id serial PRIMARY KEY, email text UNIQUE, attrs jsonb, big text)",
                    "INSERT INTO t (email, attrs) VALUES ('a', '{\"x\": \"1\"}'), ('b', NULL)");
            Shop settings = new Shop(cluster, "postgres", "t").columns("email", "attrs>x", "big");
            try (PostgresPlatform shop = settings.open()) {
                assertThat(shop.describe().problems()).isEmpty();
                assertThat(shop.describe().product()).startsWith("PostgreSQL " + version.split("\\.")[0]);
                Seen seen = Seen.watching(shop, null);
                seen.awaitEvent("list ends");
                Write update = Shop.update("1", Shop.cell(0, "a2", "a"), Shop.cell(1, "2", "1"));
                Write stale = Shop.update("2", Shop.cell(0, "b2", "x"));
                Write create = Shop.create(List.of(Shop.cell(0, "c", null)), Shop.cell(0, "c", null));
                Write exists = Shop.create(List.of(Shop.cell(0, "B", null)), Shop.cell(0, "B", null));
                List<Receipt> receipts = shop.write(List.of(update, stale, create, exists));
                assertThat(receipts.stream().map(Shop::show))
                        .containsExactlyInAnyOrder(
                                "APPLIED 1 [a2, 2, -]", "STALE 2", "APPLIED 3 [c, -, -]", "EXISTS 2");
                cluster.sql("postgres", "UPDATE t SET id = 9 WHERE id = 2");
                seen.awaitNow(shop);
                assertThat(seen.shown())
                        .containsExactly(
                                "1 [a, 1, null]",
                                "2 [b, null, null]",
                                "1 [a2, 2, null] own " + update.id(),
                                "3 [c, null, null] own " + create.id(),
                                "9<-2 [b, null, null]");
                shop.read(List.of("9"), seen);
                seen.await(5, read -> read.origin() == Origin.READ && read.key().equals("9"));
                seen.close();
                cluster.restart();
                cluster.sql("postgres", "DELETE FROM t WHERE id = 9");
                try (Seen later = Seen.watching(shop, seen.position())) {
                    assertThat(Seen.show(later.awaitStream("9"))).isEqualTo("9 gone");
                    assertThat(later.events()).isEmpty();
                    Seen list = new Seen();
                    shop.list(list);
                    assertThat(list.count()).isEqualTo(2);
                }
            }
        }
    }
}
