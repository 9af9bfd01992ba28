package dev.lockstep.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Receipt.Outcome;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.model.Write.Cell;
import dev.lockstep.core.normalise.FieldType;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WriteTest {
    private Cluster cluster;
    private String database;

    @BeforeEach
    void makeDatabase() throws Exception {
        cluster = Cluster.shared();
        database = cluster.newDatabase();
    }

    private static Receipt one(PostgresPlatform shop, Write write) throws InterruptedException {
        List<Receipt> receipts = shop.write(List.of(write));
        assertThat(receipts).hasSize(1);
        return receipts.getFirst();
    }

    private static Map<Long, Receipt> byWrite(List<Receipt> receipts) {
        return receipts.stream().collect(Collectors.toMap(Receipt::write, Function.identity()));
    }

    @Test
    void oneGuiltyRowNeverFailsItsBatch() throws Exception {
        cluster.sql(
                database,
                "CREATE TABLE t (id int PRIMARY KEY, email text UNIQUE, age int CHECK (age > 0),"
                        + " v varchar(5) NOT NULL)",
                "INSERT INTO t SELECT i, 'e' || i, 1, 'v' FROM generate_series(1, 200) i");
        try (PostgresPlatform shop =
                new Shop(cluster, database, "t").columns("email", "age", "v").open()) {
            List<Write> writes = new ArrayList<>();
            for (int i = 1; i <= 200; i++) {
                writes.add(Shop.update("" + i, Shop.cell(0, i == 50 ? "e51" : "n" + i, "e" + i)));
            }
            Map<Long, Receipt> receipts = byWrite(shop.write(writes));
            assertThat(receipts).hasSize(200);
            Receipt guilty = receipts.remove(writes.get(49).id());
            assertThat(receipts.values()).allMatch(receipt -> receipt.outcome() == Outcome.APPLIED);
            assertThat(guilty.outcome()).isIn(Outcome.TAKEN, Outcome.APPLIED);

            Write taken = Shop.update("1", Shop.cell(0, "n2", "n1"));
            Write check = Shop.update("2", Shop.cell(1, "-5", "1"));
            Write type = Shop.update("3", Shop.cell(1, "many", "1"));
            Write blank = Shop.update("4", Shop.cell(2, null, "v"));
            Write large = Shop.update("5", Shop.cell(2, "toolong", "v"));
            Write fine = Shop.update("6", Shop.cell(2, "w", "v"));
            Write nul = Shop.update("7", Shop.cell(2, "a\0b", "v"));
            receipts = byWrite(shop.write(List.of(taken, check, type, blank, large, fine, nul)));
            assertThat(receipts.get(taken.id()).outcome()).isEqualTo(Outcome.TAKEN);
            assertThat(receipts.get(taken.id()).column()).isZero();
            assertThat(receipts.get(check.id()).outcome()).isEqualTo(Outcome.INVALID);
            assertThat(receipts.get(check.id()).reason()).contains("t_age_check");
            assertThat(receipts.get(type.id()).outcome()).isEqualTo(Outcome.INVALID);
            assertThat(receipts.get(blank.id()).outcome()).isEqualTo(Outcome.INVALID);
            assertThat(receipts.get(blank.id()).column()).isEqualTo(2);
            assertThat(receipts.get(large.id()).outcome()).isEqualTo(Outcome.INVALID);
            assertThat(receipts.get(nul.id()).outcome()).isEqualTo(Outcome.INVALID);
            assertThat(receipts.get(fine.id()).outcome()).isEqualTo(Outcome.APPLIED);
        }
    }

    @Test
    void aRowThatSomebodyHoldsDelaysOnlyItself() throws Exception {
        cluster.sql(
                database,
                "CREATE TABLE t (id int PRIMARY KEY, v text)",
                "INSERT INTO t SELECT i, 'v' FROM generate_series(1, 50) i");
        try (PostgresPlatform shop =
                        new Shop(cluster, database, "t").columns("v").open();
                Connection holder = cluster.connect(database);
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT * FROM t WHERE id = 7 FOR UPDATE");
            List<Write> writes = new ArrayList<>();
            for (int i = 1; i <= 50; i++) writes.add(Shop.update("" + i, Shop.cell(0, "w", "v")));
            long began = System.nanoTime();
            Map<Long, Receipt> receipts = byWrite(shop.write(writes));
            assertThat(System.nanoTime() - began).isLessThan(6_000_000_000L);
            assertThat(receipts.remove(writes.get(6).id()).outcome()).isEqualTo(Outcome.AGAIN);
            assertThat(receipts.values()).hasSize(49).allMatch(receipt -> receipt.outcome() == Outcome.APPLIED);
            holder.rollback();
            assertThat(one(shop, writes.get(6)).outcome()).isEqualTo(Outcome.APPLIED);
        }
    }

    @Test
    void aChangeThatIsCommittedWhileWeWaitForItsLockIsNotOverwritten() throws Exception {
        cluster.sql(database, "CREATE TABLE t (id int PRIMARY KEY, v text, w text)", "INSERT INTO t VALUES (1, 'v')");
        try (PostgresPlatform shop =
                        new Shop(cluster, database, "t").columns("v", "w").open();
                Connection holder = cluster.connect(database);
                Statement statement = holder.createStatement()) {
            shop.describe();
            holder.setAutoCommit(false);
            statement.execute("UPDATE t SET v = 'theirs'");
            Thread commit = Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(300);
                    holder.commit();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(one(shop, Shop.update("1", Shop.cell(0, "ours", "v"))).outcome())
                    .isEqualTo(Outcome.STALE);
            commit.join();
            assertThat(cluster.value(database, "SELECT v FROM t")).isEqualTo("theirs");
        }
    }

    @Test
    void aTableThatChangesItsValuesAnswersWhatItHolds() throws Exception {
        cluster.sql(
                database,
                "CREATE TABLE t (id serial PRIMARY KEY, email text, short text, n int DEFAULT 7, twice int"
                        + " GENERATED ALWAYS AS (n * 2) STORED, touched text)",
                "CREATE FUNCTION tidy() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.email := lower(NEW.email);"
                        + " NEW.short := left(NEW.short, 3); NEW.touched := ''yes''; RETURN NEW; END'",
                "CREATE TRIGGER tidy BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION tidy()",
                "CREATE TABLE log (id int)",
                "CREATE FUNCTION log() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO log VALUES (NEW.id);"
                        + " RETURN NULL; END'",
                "CREATE TRIGGER log AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION log()");
        try (PostgresPlatform shop = new Shop(cluster, database, "t")
                        .columns("email", "short", "touched", "twice")
                        .open();
                Seen seen = Seen.watching(shop, null)) {
            seen.awaitEvent("list ends");
            List<Write> creates = new ArrayList<>();
            for (int i = 1; i <= 20; i++) {
                String email = "E" + i + "@X.com";
                creates.add(Shop.create(
                        List.of(Shop.cell(0, email, null)), Shop.cell(0, email, null), Shop.cell(1, "abcdef", null)));
            }
            Map<Long, Receipt> receipts = byWrite(shop.write(creates));
            for (int i = 1; i <= 20; i++) {
                Receipt receipt = receipts.get(creates.get(i - 1).id());
                assertThat(Shop.show(receipt)).isEqualTo("APPLIED " + i + " [e" + i + "@x.com, abc, -, -]");
            }
            seen.awaitNow(shop);
            for (int i = 1; i <= 20; i++) {
                assertThat(Seen.show(seen.observations().get(i - 1)))
                        .isEqualTo(i + " [e" + i + "@x.com, abc, yes, -] own "
                                + creates.get(i - 1).id());
            }
            Write update = Shop.update("3", Shop.cell(1, "xyzzy", "abc"));
            assertThat(Shop.show(one(shop, update))).isEqualTo("APPLIED 3 [-, xyz, -, -]");
            shop.describe();
            assertThat(shop.describe().columns().get(3).generated()).isTrue();
        }
    }

    @Test
    void aTriggerThatSwallowsARowIsToldApart() throws Exception {
        cluster.sql(
                database,
                "CREATE TABLE t (id serial PRIMARY KEY, email text)",
                "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN IF NEW.email = ''bad'' THEN RETURN NULL; END IF; RETURN NEW; END'",
                "CREATE TRIGGER no BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION no()");
        try (PostgresPlatform shop =
                new Shop(cluster, database, "t").columns("email").open()) {
            List<Write> creates = new ArrayList<>();
            for (String email : List.of("a", "bad", "b"))
                creates.add(Shop.create(List.of(), Shop.cell(0, email, null)));
            Map<Long, Receipt> receipts = byWrite(shop.write(creates));
            assertThat(receipts.get(creates.get(0).id()).outcome()).isEqualTo(Outcome.APPLIED);
            assertThat(receipts.get(creates.get(1).id()).outcome()).isEqualTo(Outcome.INVALID);
            assertThat(receipts.get(creates.get(1).id()).reason()).contains("trigger");
            assertThat(receipts.get(creates.get(2).id()).outcome()).isEqualTo(Outcome.APPLIED);
        }
    }

    @Test
    void aCreateFindsTheRecordThatIsThereByItsNaturalKeyInOrder() throws Exception {
        cluster.sql(
                database,
                "CREATE TABLE t (id serial PRIMARY KEY, email text, phone text UNIQUE)",
                "INSERT INTO t (email, phone) VALUES ('Ada@x.com', '1'), ('bob@x.com', '2')");
        try (PostgresPlatform shop =
                new Shop(cluster, database, "t").columns("email", "phone").open()) {
            List<Cell> both = List.of(Shop.cell(0, "BOB@x.com", null), Shop.cell(1, "1", null));
            assertThat(Shop.show(one(shop, Shop.create(both, Shop.cell(0, "BOB@x.com", null)))))
                    .isEqualTo("EXISTS 2");
            List<Cell> phone = List.of(Shop.cell(0, "new@x.com", null), Shop.cell(1, "1", null));
            assertThat(Shop.show(one(shop, Shop.create(phone, Shop.cell(0, "new@x.com", null)))))
                    .isEqualTo("EXISTS 1");
            Receipt taken = one(
                    shop,
                    Shop.create(
                            List.of(Shop.cell(0, "new@x.com", null)),
                            Shop.cell(0, "new@x.com", null),
                            Shop.cell(1, "2", null)));
            assertThat(taken.outcome()).isEqualTo(Outcome.TAKEN);
            assertThat(taken.column()).isEqualTo(1);
            Write twin = Shop.create(List.of(Shop.cell(0, "twin@x.com", null)), Shop.cell(0, "twin@x.com", null));
            Write other = Shop.create(List.of(Shop.cell(0, "Twin@x.com", null)), Shop.cell(0, "Twin@x.com", null));
            Map<Long, Receipt> receipts = byWrite(shop.write(List.of(twin, other)));
            assertThat(receipts.get(twin.id()).outcome()).isEqualTo(Outcome.APPLIED);
            assertThat(receipts.get(other.id()).outcome()).isEqualTo(Outcome.EXISTS);
        }
    }

    @Test
    void valuesWithinJsonAreSetAloneAndKeepTheirType() throws Exception {
        cluster.sql(
                database,
                "CREATE TABLE t (id int PRIMARY KEY, a jsonb, b json)",
                "INSERT INTO t VALUES (1, '{\"name\": {\"first\": \"Ada\"}, \"age\": 36, \"on\": true, \"z\": [1]}',"
                        + " '{\"x\": \"y\",  \"keep\": 1}'), (2, NULL, NULL),"
                        + " (3, '{\"age\": \"36\", \"name\": 5}', '{}')");
        Shop settings = new Shop(cluster, database, "t")
                .column("a>name>first", FieldType.NAME)
                .column("a>name>last", FieldType.NAME)
                .column("a>age", FieldType.NUMBER)
                .column("a>on", FieldType.BOOLEAN)
                .column("a>tags", FieldType.SET)
                .column("b>x", FieldType.TEXT);
        try (PostgresPlatform shop = settings.open()) {
            Cell[] all = {
                Shop.cell(0, "Eve", "Ada"),
                Shop.cell(1, "Lo\"ve", null),
                Shop.cell(2, "37", "36"),
                Shop.cell(3, "false", "true"),
                Shop.cell(4, "[\"a\",\"b\"]", null),
                Shop.cell(5, "Z", "y")
            };
            assertThat(Shop.show(one(shop, Shop.update("1", all))))
                    .isEqualTo("APPLIED 1 [Eve, Lo\"ve, 37, false, [\"a\", \"b\"], Z]");
            assertThat(cluster.value(database, "SELECT a, b ->> 'keep' FROM t WHERE id = 1"))
                    .isEqualTo("{\"z\": [1], \"on\": false, \"age\": 37, \"name\": {\"last\": \"Lo\\\"ve\", \"first\":"
                            + " \"Eve\"}, \"tags\": [\"a\", \"b\"]}|1");
            assertThat(one(shop, Shop.update("2", Shop.cell(1, "L", null), Shop.cell(2, "5", null)))
                            .outcome())
                    .isEqualTo(Outcome.APPLIED);
            assertThat(one(shop, Shop.update("3", Shop.cell(0, "F", null), Shop.cell(2, "37", "36")))
                            .outcome())
                    .isEqualTo(Outcome.APPLIED);
            assertThat(cluster.rows(database, "SELECT a FROM t WHERE id > 1 ORDER BY id"))
                    .containsExactly(
                            "{\"age\": 5, \"name\": {\"last\": \"L\"}}",
                            "{\"age\": \"37\", \"name\": {\"first\": \"F\"}}");
            assertThat(one(shop, Shop.update("1", Shop.cell(0, "X", "Ada"))).outcome())
                    .isEqualTo(Outcome.STALE);
            assertThat(one(shop, Shop.update("1", Shop.cell(0, null, "Eve"))).outcome())
                    .isEqualTo(Outcome.APPLIED);
        }
    }

    @Test
    void aChangedTableIsWrittenAsItIsNow() throws Exception {
        cluster.sql(database, "CREATE TABLE t (id int PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'v')");
        try (PostgresPlatform shop =
                new Shop(cluster, database, "t").columns("v").open()) {
            for (int i = 0; i < 6; i++) one(shop, Shop.update("1", Shop.cell(0, "v", "v")));
            cluster.sql(database, "ALTER TABLE t ALTER COLUMN v TYPE varchar(20)", "ALTER TABLE t ADD COLUMN w int");
            assertThat(one(shop, Shop.update("1", Shop.cell(0, "w", "v"))).outcome())
                    .isEqualTo(Outcome.APPLIED);
            cluster.sql(database, "ALTER TABLE t ALTER COLUMN v TYPE text[] USING ARRAY[v]");
            one(shop, Shop.update("1", Shop.cell(0, "{x}", "{w}")));
            assertThat(one(shop, Shop.update("1", Shop.cell(0, "{x}", "{w}"))).outcome())
                    .isNotNull();
        }
    }
}
