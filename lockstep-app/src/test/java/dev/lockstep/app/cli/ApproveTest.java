package dev.lockstep.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.app.cli.TwoDatabases.Run;
import dev.lockstep.app.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A statement that deletes too many, over two real databases. */
class ApproveTest {
    @TempDir
    Path folder;

    @Test
    void tooManyDeletesInOneStatementStopUntilSomebodyApproves() throws Exception {
        try (TwoDatabases databases = TwoDatabases.in(folder.resolve("work"))) {
            databases.execute("crm", "alter table people drop constraint people_last_check");
            databases.execute("shop", """
                    insert into customers select i, 'p' || i || '@example.com', 'Pia', 'Poe', null, null
                      from generate_series(100, 139) i""");
            Path yaml = databases.workspace().resolve("lockstep.yaml");
            String text = Files.readString(yaml);
            Files.writeString(yaml, text.replace("    create: false", "    create: false\n    on_delete: delete"));
            Run first = databases.run("sync");
            assertThat(first.code()).as(first.out() + first.err()).isZero();
            assertThat(databases.run("approve").out()).isEqualTo("Nothing is held.\n");

            databases.execute("shop", "delete from customers where id between 100 and 129");
            Run second = databases.run("sync");
            assertThat(second.code()).as(second.out() + second.err()).isEqualTo(2);
            assertThat(pias(databases)).isEqualTo("20");
            assertThat(databases.run("status").out())
                    .contains("A transaction in shop would delete more than 20 records in crm")
                    .contains("20 were written, 10 are held.")
                    .contains("lockstep approve ");

            JsonNode held = Json.tree(databases.run("approve", "--json").out()).get(0);
            assertThat(held.get("deletes").intValue()).isEqualTo(10);
            Run approve = databases.run("approve", held.get("id").stringValue());
            assertThat(approve.code()).as(approve.out() + approve.err()).isZero();
            Run third = databases.run("sync");
            assertThat(third.code()).as(third.out() + third.err()).isZero();
            assertThat(pias(databases)).isEqualTo("10");
        }
    }

    @Test
    void aRejectedStatementIsTakenBackInBothDatabases() throws Exception {
        try (TwoDatabases databases = TwoDatabases.in(folder.resolve("work"))) {
            databases.execute("crm", "alter table people drop constraint people_last_check");
            databases.execute("shop", """
                    insert into customers select i, 'p' || i || '@example.com', 'Pia', 'Poe', null, null
                      from generate_series(100, 199) i""");
            Run first = databases.run("sync");
            assertThat(first.code()).as(first.out() + first.err()).isZero();

            databases.execute("shop", "update customers set family_name = null where id between 100 and 169");
            assertThat(databases.run("sync").code()).isEqualTo(2);
            assertThat(databases.value("crm", "select count(*) from people where last is null"))
                    .isEqualTo("50");
            databases.execute("shop", "update customers set given_name = 'Eve' where id = 100");
            Run reject = databases.run("approve", "--all", "--reject");
            assertThat(reject.code()).as(reject.out() + reject.err()).isZero();
            assertThat(reject.out())
                    .contains("the edits in shop are being taken back; 20 records of crm stay as they are,"
                            + " and 50 records of crm that were written before the limit get back what they held.");

            Run second = databases.run("sync");
            assertThat(second.code()).as(second.out() + second.err()).isZero();
            assertThat(databases.value("shop", "select count(*) from customers where family_name = 'Poe'"))
                    .isEqualTo("100");
            assertThat(databases.value("crm", "select count(*) from people where last = 'Poe'"))
                    .isEqualTo("100");
            assertThat(databases.value("crm", "select first from people where mail = 'p100@example.com'"))
                    .isEqualTo("Eve");
            assertThat(databases.run("customer", "p120@example.com").out()).contains("rejected");
        }
    }

    @Test
    void rejectedDeletesAreMadeAgainUnderTheirOwnKeys() throws Exception {
        try (TwoDatabases databases = TwoDatabases.in(folder.resolve("work"))) {
            databases.execute("crm", "alter table people drop constraint people_last_check");
            databases.execute("shop", """
                    insert into customers select i, 'p' || i || '@example.com', 'Pia', 'Poe', null, null
                      from generate_series(100, 139) i""");
            Path yaml = databases.workspace().resolve("lockstep.yaml");
            String text = Files.readString(yaml);
            Files.writeString(yaml, text.replace("    create: false", "    create: false\n    on_delete: delete"));
            assertThat(databases.run("sync").code()).isZero();
            databases.execute("shop", "delete from customers where id between 100 and 129");
            assertThat(databases.run("sync").code()).isEqualTo(2);
            assertThat(pias(databases)).isEqualTo("20");
            assertThat(databases.run("approve", "--all", "--reject").code()).isZero();
            Run last = databases.run("sync");
            assertThat(last.code()).as(last.out() + last.err()).isZero();
            assertThat(pias(databases)).isEqualTo("40");
            assertThat(databases.value(
                            "shop",
                            "select count(*) from customers where id between 100 and 139"
                                    + " and email = 'p' || id || '@example.com' and family_name = 'Poe'"))
                    .isEqualTo("40");
        }
    }

    private static String pias(TwoDatabases databases) throws Exception {
        return databases.value("crm", "select count(*) from people where first = 'Pia'");
    }
}
