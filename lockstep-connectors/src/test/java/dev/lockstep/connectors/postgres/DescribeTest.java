package dev.lockstep.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.core.lens.ColumnKind;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.spi.Description;
import dev.lockstep.spi.Description.FoundColumn;
import dev.lockstep.spi.Description.Problem;
import dev.lockstep.spi.PlatformException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DescribeTest {
    private Cluster cluster;
    private String database;

    @BeforeEach
    void makeDatabase() throws Exception {
        cluster = Cluster.shared();
        database = cluster.newDatabase();
    }

    private static List<Problem> problems(Shop settings) {
        try (PostgresPlatform shop = settings.open()) {
            return shop.describe().problems();
        }
    }

    @Test
    void columnsAreDescribed() throws Exception {
        cluster.sql(
                database,
                "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email varchar(80) NOT NULL UNIQUE,"
                        + " n numeric DEFAULT 1, g text GENERATED ALWAYS AS (email || 'x') STORED, j jsonb, a text[])",
                "CREATE UNIQUE INDEX ON t (n) WHERE n > 3");
        try (PostgresPlatform shop = new Shop(cluster, database, "t")
                .columns("id", "email", "n", "g")
                .column("j>x", FieldType.TEXT)
                .columns("a")
                .open()) {
            Description found = shop.describe();
            assertThat(found.product()).startsWith("PostgreSQL 1");
            assertThat(found.capabilities().streams()).isTrue();
            assertThat(found.columns())
                    .containsExactly(
                            new FoundColumn(ColumnKind.NUMBER, true, true, true, true, true, 0, "bigint"),
                            new FoundColumn(
                                    ColumnKind.TEXT, false, true, true, false, false, 80, "character varying(80)"),
                            new FoundColumn(ColumnKind.NUMBER, false, false, false, false, true, 0, "numeric"),
                            new FoundColumn(ColumnKind.TEXT, false, false, false, true, true, 0, "text"),
                            new FoundColumn(ColumnKind.TEXT, false, false, false, false, false, 0, "jsonb"),
                            new FoundColumn(ColumnKind.ARRAY, false, false, false, false, false, 0, "text[]"));
            assertThat(found.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.fatal()).isFalse();
                assertThat(problem.sentence()).contains("`g` is computed by the server");
            });
        }
    }

    @Test
    void aLargeTableThatCannotBeAskedForTheNaturalKeyIsNamedWithItsIndex() throws Exception {
        cluster.sql(
                database,
                "CREATE TABLE t (id serial PRIMARY KEY, email text, customer_no int)",
                "INSERT INTO t (email) SELECT i FROM generate_series(1, 60000) i");
        Shop settings = new Shop(cluster, database, "t")
                .columns("email")
                .sought()
                .columns("customer_no")
                .sought();
        assertThat(problems(settings)).isEmpty();
        cluster.sql(database, "ANALYZE t");
        assertThat(problems(settings))
                .extracting(Problem::fatal, Problem::remedy)
                .containsExactly(
                        tuple(false, "CREATE INDEX CONCURRENTLY ON \"public\".\"t\" (lower(\"email\"));"),
                        tuple(false, "CREATE INDEX CONCURRENTLY ON \"public\".\"t\" (\"customer_no\");"));
        for (Problem problem : problems(settings)) cluster.sql(database, problem.remedy());
        assertThat(problems(settings)).isEmpty();
    }

    @Test
    void whatIsMissingIsNamedWithWhatIsNearest() throws Exception {
        cluster.sql(database, "CREATE TABLE customers (id int PRIMARY KEY, email text)");
        assertThat(problems(new Shop(cluster, database, "custmers").columns("email")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.sentence()).contains("Did you mean `customers`?"));
        assertThat(problems(new Shop(cluster, database, "customers").columns("e_mail")))
                .anySatisfy(problem -> assertThat(problem.sentence()).contains("Did you mean `email`?"));
        assertThat(problems(new Shop(cluster, database, "customers").key("idd").columns("email")))
                .anySatisfy(problem -> assertThat(problem.sentence()).contains("Did you mean `id`?"));
        assertThat(problems(new Shop(cluster, database, "customers")
                        .modified("email")
                        .columns("email")))
                .anySatisfy(problem -> assertThat(problem.sentence()).contains("not a time"));
    }

    @Test
    void anUnreachableServerIsOneSentenceWithARemedy() throws Exception {
        try (Cluster strict = new Cluster(null, Map.of("password_encryption", "scram-sha-256"))) {
            strict.sql(
                    "postgres",
                    "CREATE ROLE ada LOGIN PASSWORD 'right'",
                    "CREATE TABLE hba (line text)",
                    "COPY hba FROM PROGRAM 'echo host all ada 127.0.0.1/32 scram-sha-256'");
            java.nio.file.Path file = java.nio.file.Path.of(strict.value("postgres", "SHOW hba_file"));
            String before = java.nio.file.Files.readString(file);
            java.nio.file.Files.writeString(file, "host all ada 127.0.0.1/32 scram-sha-256\n" + before);
            strict.sql("postgres", "SELECT pg_reload_conf()");
            Thread.sleep(300);
            assertThatThrownBy(() -> problems(new Shop(strict.url("postgres", "ada", "wrong"), "t").columns("x")))
                    .isInstanceOfSatisfying(PlatformException.class, e -> {
                        assertThat(e)
                                .hasMessageContaining("does not let `ada` in")
                                .hasMessageNotContaining("wrong");
                        assertThat(e.remedy()).contains("ALTER ROLE \"ada\" PASSWORD");
                        assertThat(e.lasting()).isTrue();
                    });
            assertThatThrownBy(() -> problems(new Shop(strict, "nowhere", "t").columns("x")))
                    .isInstanceOf(PlatformException.class)
                    .hasMessageContaining("there is no database `nowhere`");
        }
        assertThatThrownBy(() -> problems(new Shop("postgresql://a:b@127.0.0.1:1/x", "t").columns("x")))
                .isInstanceOfSatisfying(PlatformException.class, e -> {
                    assertThat(e).hasMessageContaining("cannot be reached");
                    assertThat(e.lasting()).isFalse();
                });
    }

    @Test
    void everyMissingRightComesWithTheStatementThatGrantsIt() throws Exception {
        cluster.sql(
                database,
                "CREATE SCHEMA s",
                "CREATE TABLE s.t (id serial PRIMARY KEY, email text, name text, at timestamptz)",
                "DROP ROLE IF EXISTS weak",
                "CREATE ROLE weak LOGIN");
        Shop settings = new Shop(cluster.url(database, "weak", ""), "s.t")
                .modified("at")
                .columns("email", "name");
        try (PostgresPlatform shop = settings.open()) {
            for (int i = 0; i < 12; i++) {
                List<Problem> found = shop.describe().problems();
                if (found.isEmpty()) break;
                assertThat(found)
                        .allSatisfy(problem -> assertThat(problem.remedy()).isNotEmpty());
                for (Problem problem : found) {
                    for (String line : problem.remedy().split("\n")) {
                        cluster.sql(
                                database,
                                line.replaceFirst("^As the owner `[^`]*`: ", "").replaceFirst("; \\(on Amazon.*", ""));
                    }
                }
            }
            assertThat(shop.describe().problems()).isEmpty();
            assertThat(shop.describe().capabilities().streams()).isTrue();
            try (Seen seen = Seen.watching(shop, null)) {
                seen.awaitEvent("list ends");
                shop.write(List.of(Shop.create(List.of(Shop.cell(0, "a", null)), Shop.cell(0, "a", null))));
                assertThat(Seen.show(seen.awaitStream("1"))).startsWith("1 [a, null] own ");
            }
        } finally {
            cluster.sql("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'weak'");
            Thread.sleep(300);
            for (String slot : cluster.rows(
                    "postgres", "SELECT slot_name FROM pg_replication_slots WHERE database = '" + database + "'")) {
                cluster.sql("postgres", "SELECT pg_drop_replication_slot('" + slot + "')");
            }
            for (String name : cluster.rows(database, "SELECT pubname FROM pg_publication")) {
                cluster.sql(database, "DROP PUBLICATION " + name);
            }
            cluster.sql(database, "DROP OWNED BY weak", "DROP ROLE weak");
        }
    }

    @Test
    void aServerWithoutLogicalReplicationIsPolledOrRefused() throws Exception {
        try (Cluster plain = new Cluster(null, Map.of("wal_level", "replica"))) {
            plain.sql("postgres", "CREATE TABLE t (id int PRIMARY KEY, v text, at timestamptz)");
            Problem limit = problems(
                            new Shop(plain, "postgres", "t").modified("at").columns("v"))
                    .getFirst();
            assertThat(limit.fatal()).isFalse();
            assertThat(limit.sentence()).contains("wal_level is `replica`").contains("polled by `at`");
            assertThat(limit.remedy()).startsWith("ALTER SYSTEM SET wal_level = 'logical';");
            assertThat(problems(new Shop(plain, "postgres", "t").columns("v"))
                            .getFirst()
                            .fatal())
                    .isTrue();
            try (PostgresPlatform shop = new Shop(plain, "postgres", "t")
                    .modified("at")
                    .columns("v", "at")
                    .open()) {
                assertThat(shop.describe().capabilities().polls()).isTrue();
                assertThat(shop.describe().capabilities().deletesSeen()).isFalse();
                PollTest.pollsAndWrites(plain, shop);
            }
        }
    }

    @Test
    void aServerWithoutAFreeSlotSaysSo() throws Exception {
        try (Cluster full = new Cluster(null, Map.of("max_replication_slots", "1"))) {
            full.sql(
                    "postgres",
                    "CREATE TABLE t (id int PRIMARY KEY, v text)",
                    "SELECT pg_create_logical_replication_slot('other', 'pgoutput')");
            Problem problem =
                    problems(new Shop(full, "postgres", "t").columns("v")).getFirst();
            assertThat(problem.fatal()).isTrue();
            assertThat(problem.sentence()).contains("no free replication slot (1 of 1");
            assertThat(problem.remedy()).contains("max_replication_slots = 5");
            full.sql("postgres", "SELECT pg_drop_replication_slot('other')");
            try (PostgresPlatform shop =
                    new Shop(full, "postgres", "t").columns("v").open()) {
                for (int i = 0; i < 2; i++) {
                    try (Seen seen = Seen.watching(shop, null)) {
                        seen.awaitEvent("list ends");
                        seen.awaitNow(shop);
                    }
                }
            }
        }
    }

    @Test
    void theListOfConnectorsHasPostgres() {
        assertThat(Objects.requireNonNull(dev.lockstep.connectors.Connectors.named("postgres")
                        .orElseThrow()
                        .spec()
                        .options()))
                .isNotEmpty();
    }
}
