package dev.lockstep.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.model.Observation.Origin;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.normalise.FieldType;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysAndTypesTest {
    private Cluster cluster;
    private String database;

    @BeforeEach
    void makeDatabase() throws Exception {
        cluster = Cluster.shared();
        database = cluster.newDatabase();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "bigint; 42; 43",
                "smallint; -1; 2",
                "uuid; 5a3c9e1e-0000-4000-8000-000000000001; 5a3c9e1e-0000-4000-8000-000000000002",
                "text; Ada | \\ x; b",
                "varchar(40); Ada's; b",
                "char(8); abc; xyz",
                "date; 2024-05-01; 2024-05-02",
                "timestamptz; 2024-05-01 10:00:00.5+00; 2024-05-01 10:00:01+00",
                "numeric(10,2); 1.50; 2.00",
            })
    void everyTypeOfKeyIsReadStreamedWrittenAndRenamed(String type, String key, String other) throws Exception {
        cluster.sql(
                database,
                "CREATE TABLE t (k " + type + " PRIMARY KEY, v text)",
                "INSERT INTO t VALUES (" + Sql.text(key) + ", 'a')");
        try (PostgresPlatform shop =
                        new Shop(cluster, database, "t").columns("k", "v").open();
                Seen seen = Seen.watching(shop, null)) {
            seen.awaitEvent("list ends");
            assertThat(seen.shown()).containsExactly(key + " [" + key + ", a]");
            assertThat(Shop.show(shop.write(List.of(Shop.update(key, Shop.cell(1, "b", "a"))))
                            .getFirst()))
                    .isEqualTo("APPLIED " + key + " [-, b]");
            shop.read(List.of(key), seen);
            seen.await(
                    1, read -> read.origin() == Origin.READ && Seen.show(read).equals(key + " [" + key + ", b]"));
            Receipt renamed = shop.write(List.of(Shop.update(key, Shop.cell(0, other, key))))
                    .getFirst();
            assertThat(Shop.show(renamed)).isEqualTo("APPLIED " + other + " [" + other + ", -]");
            seen.awaitNow(shop);
            assertThat(Seen.show(seen.observations().getLast()))
                    .isEqualTo(other + "<-" + key + " [" + other + ", b] own " + renamed.write());
            assertThat(shop.write(List.of(Shop.delete(other, Shop.cell(1, null, "b"))))
                            .getFirst()
                            .outcome())
                    .isEqualTo(Receipt.Outcome.APPLIED);
            assertThat(cluster.rows(database, "SELECT * FROM t")).isEmpty();
        }
    }

    @Test
    void keysOfSeveralColumnsAndOddNamesWork() throws Exception {
        cluster.sql(
                database,
                "CREATE SCHEMA \"Odd \"\" Schema\"",
                "CREATE TABLE \"Odd \"\" Schema\".\"My.Table\" (\"Land 'x'\" text, \"select\" int, \"E-Mail\" text,"
                        + " \"näme \\ x\" text, PRIMARY KEY (\"Land 'x'\", \"select\"))",
                "INSERT INTO \"Odd \"\" Schema\".\"My.Table\" VALUES ('d|e\\', 1, 'a', 'A'), ('fr', 2, 'b', 'B')");
        try (PostgresPlatform shop = new Shop(cluster, database, "\"Odd \"\" Schema\".\"My.Table\"")
                        .columns("E-Mail", "näme \\ x")
                        .open();
                Seen seen = Seen.watching(shop, null)) {
            seen.awaitEvent("list ends");
            assertThat(seen.shown()).containsExactlyInAnyOrder("d\\|e\\\\|1 [a, A]", "fr|2 [b, B]");
            List<Receipt> receipts = shop.write(List.of(
                    Shop.update("d\\|e\\\\|1", Shop.cell(0, "a2", "a")), Shop.update("fr|2", Shop.cell(0, null, "b"))));
            assertThat(receipts.stream().map(Shop::show))
                    .containsExactlyInAnyOrder("APPLIED d\\|e\\\\|1 [a2, -]", "APPLIED fr|2 [null, -]");
            seen.awaitNow(shop);
            assertThat(seen.observations().subList(2, 4)).allMatch(change -> change.ownWrite() != 0);
        }
    }

    @Test
    void aKeyThatIsNotThePrimaryKeyIsStreamedByItsOwnIndex() throws Exception {
        cluster.sql(
                database,
                "CREATE TABLE t (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, v text)",
                "INSERT INTO t VALUES (1, 'a', 'x')");
        Shop settings = new Shop(cluster, database, "t").key("email").columns("email", "v");
        try (PostgresPlatform shop = settings.open()) {
            assertThat(shop.describe().problems().getFirst().remedy())
                    .isEqualTo("ALTER TABLE \"public\".\"t\" REPLICA IDENTITY USING INDEX \"t_email_key\";");
            cluster.sql(database, shop.describe().problems().getFirst().remedy());
            assertThat(shop.describe().problems()).isEmpty();
            try (Seen seen = Seen.watching(shop, null)) {
                seen.awaitEvent("list ends");
                cluster.sql(database, "UPDATE t SET email = 'b'", "UPDATE t SET v = 'y'", "DELETE FROM t");
                seen.awaitNow(shop);
                assertThat(seen.shown()).containsExactly("a [a, x]", "b<-a [b, x]", "b [b, y]", "b gone");
            }
        }
    }

    @Test
    void everyTypeOfColumnReadsTheSameWhateverWayItCameAndTakesConditionalWrites() throws Exception {
        cluster.sql(
                database,
                "CREATE TYPE mood AS ENUM ('sad', 'very happy')",
                "CREATE DOMAIN short AS varchar(10) CHECK (VALUE <> 'bad')",
                "CREATE DOMAIN yes AS boolean",
                "ALTER DATABASE " + database + " SET DateStyle = 'German'",
                "ALTER DATABASE " + database + " SET TimeZone = 'Asia/Tokyo'",
                "ALTER DATABASE " + database + " SET bytea_output = 'escape'",
                "ALTER DATABASE " + database + " SET extra_float_digits = 0",
                "CREATE TABLE t (id int PRIMARY KEY, c0 mood, c1 short, c2 yes, c3 char(6), c4 text[], c5 jsonb,"
                        + " c6 timestamptz, c7 timestamp, c8 date, c9 numeric, c10 float8, c11 inet, c12 bytea,"
                        + " c13 json, c14 uuid, c15 interval, c16 boolean, c17 money, c18 time)",
                "INSERT INTO t VALUES (1, 'very happy', 'ab', true, 'ab', '{a,\"b c\",NULL}', '{\"a\": [1, 2.50]}',"
                        + " '2024-05-01 12:00:00.25+02', '2024-05-01 12:00', '2024-05-01', 1.50, 0.1, '10.0.0.1',"
                        + " '\\x00ff', '{\"b\":  1}', '5a3c9e1e-0000-4000-8000-000000000001', '1 day 2 hours', false,"
                        + " '12.50', '10:00')");
        Shop settings = new Shop(cluster, database, "t");
        for (int i = 0; i <= 18; i++) settings.column("c" + i, FieldType.TEXT);
        String first = "[very happy, ab, true, ab, {a,\"b c\",NULL}, {\"a\": [1, 2.50]}, 2024-05-01 10:00:00.25+00,"
                + " 2024-05-01 12:00:00, 2024-05-01, 1.50, 0.1, 10.0.0.1, \\x00ff, {\"b\":  1},"
                + " 5a3c9e1e-0000-4000-8000-000000000001, 1 day 02:00:00, false, $12.50, 10:00:00]";
        try (PostgresPlatform shop = settings.open();
                Seen seen = Seen.watching(shop, null)) {
            seen.awaitEvent("list ends");
            assertThat(seen.shown()).containsExactly("1 " + first);
            cluster.sql(database, "UPDATE t SET id = 2");
            assertThat(Seen.show(seen.awaitStream("2"))).isEqualTo("2<-1 " + first);
            shop.read(List.of("2", "7"), seen);
            assertThat(Seen.show(seen.await(0, read -> read.origin() == Origin.READ)))
                    .isEqualTo("2 " + first);
            assertThat(seen.await(0, read -> read.origin() == Origin.READ && read.gone())
                            .key())
                    .isEqualTo("7");
            String[] now = seen.observations().getFirst().raw();
            for (int i = 0; i <= 18; i++) {
                Receipt same = shop.write(List.of(Shop.update("2", Shop.cell(i, now[i], now[i]))))
                        .getFirst();
                assertThat(same.outcome()).as("column %s: %s", i, same.reason()).isEqualTo(Receipt.Outcome.APPLIED);
                assertThat(same.raw()[i]).isEqualTo(now[i]);
                Receipt cleared = shop.write(List.of(Shop.update("2", Shop.cell(i, null, now[i]))))
                        .getFirst();
                assertThat(cleared.outcome()).isEqualTo(Receipt.Outcome.APPLIED);
                assertThat(cleared.raw()[i]).isNull();
            }
        }
    }
}
