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
            Run reject = databases.run("approve", "--all", "--reject");
            assertThat(reject.code()).isEqualTo(1);
            assertThat(reject.err()).contains("not available yet");
        }
    }

    private static String pias(TwoDatabases databases) throws Exception {
        return databases.value("crm", "select count(*) from people where first = 'Pia'");
    }
}
