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

    @Test
    void createsOfOneBatchThatShareANaturalKeyAreMadeOnceWhateverTheyWrite() throws Exception {
        cluster.sql(
                database,
                "CREATE TABLE t (id serial PRIMARY KEY, email text, name text, city text DEFAULT 'Rome', j jsonb)",
                "INSERT INTO t (email) SELECT 'e' || i || '@x.com' FROM generate_series(1, 100) i");
        Shop settings = new Shop(cluster, database, "t")
                .columns("email", "name", "city")
                .column("j>a", FieldType.TEXT);
        try (PostgresPlatform shop = settings.open()) {
            List<Write> writes = new ArrayList<>();
            for (int i = 51; i <= 150; i++) {
                Cell email = Shop.cell(0, "E" + i + "@x.com", null);
                List<Cell> cells = new ArrayList<>(List.of(email));
                if (i % 2 == 0) cells.add(Shop.cell(1, "n" + i, null));
                if (i % 3 == 0) cells.add(Shop.cell(2, i % 9 == 0 ? null : "c" + i, null));
                if (i % 5 == 0) cells.add(Shop.cell(3, "j" + i, null));
                writes.add(Shop.create(List.of(email), cells.toArray(new Cell[0])));
            }
            Cell twin = Shop.cell(0, "e150@X.com", null);
            Write other = Shop.create(List.of(twin), twin, Shop.cell(1, "twin", null), Shop.cell(2, "Oslo", null));
            writes.add(other);
            Map<Long, Receipt> receipts = byWrite(shop.write(writes));
            assertThat(receipts).hasSize(101);
            assertThat(receipts.values().stream().filter(receipt -> receipt.outcome() == Outcome.APPLIED))
                    .hasSize(50);
            Receipt made = receipts.get(writes.get(99).id());
            assertThat(Shop.show(made)).endsWith(" [E150@x.com, n150, c150, j150]");
            assertThat(Shop.show(receipts.get(other.id()))).isEqualTo("EXISTS " + made.key());
            for (int i = 51; i <= 100; i++) {
                assertThat(Shop.show(receipts.get(writes.get(i - 51).id()))).isEqualTo("EXISTS " + i);
            }
            assertThat(cluster.rows(
                            database,
                            "SELECT email, name, city, j FROM t WHERE lower(email) IN ('e101@x.com', 'e102@x.com',"
                                    + " 'e105@x.com', 'e108@x.com') ORDER BY email"))
                    .containsExactly(
                            "E101@x.com|null|Rome|null",
                            "E102@x.com|n102|c102|null",
                            "E105@x.com|null|c105|{\"a\": \"j105\"}",
                            "E108@x.com|n108|null|null");
        }
    }

    @Test
    void aTableThatGrowsWithoutAnIndexIsReadOnceForABatch() throws Exception {
        cluster.sql(database, "CREATE TABLE t (id serial PRIMARY KEY, email text, name text)");
        try (PostgresPlatform shop =
                new Shop(cluster, database, "t").columns("email", "name").open()) {
            Cell first = Shop.cell(0, "first@x.com", null);
            assertThat(one(shop, Shop.create(List.of(first), first)).outcome()).isEqualTo(Outcome.APPLIED);
            cluster.sql(
                    database,
                    "INSERT INTO t (email) SELECT 'E' || i || '@x.com' FROM generate_series(1, 60000) i",
                    "ANALYZE t");
            List<Write> creates = new ArrayList<>();
            for (int i = 59_501; i <= 60_500; i++) {
                Cell email = Shop.cell(0, "e" + i + "@x.com", null);
                creates.add(Shop.create(List.of(email), email));
            }
            long began = System.nanoTime();
            List<Receipt> receipts = shop.write(creates);
            assertThat(System.nanoTime() - began).isLessThan(5_000_000_000L);
            assertThat(receipts.stream().filter(receipt -> receipt.outcome() == Outcome.EXISTS))
                    .hasSize(500);
            assertThat(receipts.stream().filter(receipt -> receipt.outcome() == Outcome.APPLIED))
                    .hasSize(500);
        }
    }

    @Test
    void aKeyOfSeveralColumnsIsLookedUpAsAWhole() throws Exception {
        cluster.sql(
                database,
                "CREATE TABLE t (land text, no int, v text, PRIMARY KEY (land, no))",
                "INSERT INTO t VALUES ('de', 1, 'a'), ('fr', 2, 'b')");
        try (PostgresPlatform shop =
                new Shop(cluster, database, "t").columns("land", "no", "v").open()) {
            List<Write> writes = new ArrayList<>();
            for (String key : List.of("de 2", "fr 2", "de 3", "de 2")) {
                Cell land = Shop.cell(0, key.substring(0, 2), null);
                Cell no = Shop.cell(1, key.substring(3), null);
                writes.add(Shop.create(List.of(land, no), land, no, Shop.cell(2, "c", null)));
            }
            Map<Long, Receipt> receipts = byWrite(shop.write(writes));
            assertThat(writes.stream().map(write -> Shop.show(receipts.get(write.id()))))
                    .containsExactly(
                            "APPLIED de|2 [de, 2, c]", "EXISTS fr|2", "APPLIED de|3 [de, 3, c]", "EXISTS de|2");
        }
    }

    @Test
    void aGuiltyRowAmongAThousandCostsFewStatements() throws Exception {
        cluster.sql(
                database,
                "CREATE TABLE t (id int PRIMARY KEY, email text, age int CHECK (age > 0))",
                "CREATE SEQUENCE runs_begun",
                "CREATE FUNCTION run() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN PERFORM nextval(''runs_begun''); RETURN NULL; END'",
                "CREATE TRIGGER run BEFORE INSERT OR UPDATE ON t EXECUTE FUNCTION run()");
        try (PostgresPlatform shop =
                new Shop(cluster, database, "t").columns("id", "email", "age").open()) {
            List<Write> creates = new ArrayList<>();
            List<Write> updates = new ArrayList<>();
            for (int i = 1; i <= 1000; i++) {
                Cell email = Shop.cell(1, "e" + i, null);
                Cell age = Shop.cell(2, i == 700 ? "0" : "1", null);
                creates.add(Shop.create(List.of(email), Shop.cell(0, "" + i, null), email, age));
                updates.add(Shop.update("" + i, Shop.cell(2, i == 300 ? "-1" : "2", "1")));
            }
            assertThat(shop.write(creates).stream().filter(receipt -> receipt.outcome() == Outcome.APPLIED))
                    .hasSize(999);
            Map<Long, Receipt> receipts = byWrite(shop.write(updates));
            assertThat(receipts.get(updates.get(299).id()).outcome()).isEqualTo(Outcome.INVALID);
            assertThat(receipts.get(updates.get(699).id()).outcome()).isEqualTo(Outcome.MISSING);
            assertThat(receipts.values().stream().filter(receipt -> receipt.outcome() == Outcome.APPLIED))
                    .hasSize(998);
            assertThat(Integer.parseInt(cluster.value(database, "SELECT last_value FROM runs_begun")))
                    .isLessThanOrEqualTo(2 * 23);
        }
    }

    @Test
    void aTableThatIsLockedMakesNobodyWaitForLong() throws Exception {
        cluster.sql(
                database,
                "CREATE TABLE t (id int PRIMARY KEY, v text)",
                "INSERT INTO t SELECT i, 'v' FROM generate_series(1, 8) i");
        try (PostgresPlatform shop =
                        new Shop(cluster, database, "t").columns("v").open();
                Connection holder = cluster.connect(database);
                Statement statement = holder.createStatement()) {
            shop.describe();
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE t IN EXCLUSIVE MODE");
            List<Write> writes = new ArrayList<>();
            for (int i = 1; i <= 8; i++) writes.add(Shop.update("" + i, Shop.cell(0, "w", "v")));
            long began = System.nanoTime();
            assertThat(shop.write(writes)).hasSize(8).allMatch(receipt -> receipt.outcome() == Outcome.AGAIN);
            assertThat(System.nanoTime() - began).isLessThan(14_000_000_000L);
            holder.rollback();
            assertThat(shop.write(writes)).hasSize(8).allMatch(receipt -> receipt.outcome() == Outcome.APPLIED);
        }
    }

    @Test
    void rowsThatOthersReferToAreWrittenWhileTheyDo() throws Exception {
        cluster.sql(
                database,
                "CREATE TABLE t (id int PRIMARY KEY, v text)",
                "CREATE TABLE orders (customer int REFERENCES t)",
                "INSERT INTO t SELECT i, 'v' FROM generate_series(1, 10) i");
        try (PostgresPlatform shop =
                        new Shop(cluster, database, "t").columns("v").open();
                Connection application = cluster.connect(database);
                Statement statement = application.createStatement()) {
            application.setAutoCommit(false);
            statement.execute("INSERT INTO orders VALUES (7)");
            List<Write> writes = new ArrayList<>();
            for (int i = 1; i <= 10; i++) writes.add(Shop.update("" + i, Shop.cell(0, "w", "v")));
            long began = System.nanoTime();
            assertThat(shop.write(writes)).hasSize(10).allMatch(receipt -> receipt.outcome() == Outcome.APPLIED);
            assertThat(System.nanoTime() - began).isLessThan(1_500_000_000L);
            application.rollback();
        }
    }
}
