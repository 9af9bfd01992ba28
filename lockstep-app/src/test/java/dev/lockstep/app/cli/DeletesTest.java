package dev.lockstep.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.app.cli.TwoDatabases.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletions and leaving, over two real databases. */
class DeletesTest {
    @TempDir
    Path folder;

    @Test
    void aDeletionSpreadsWhereThePolicySaysSoAndWhoLeavesTheScopeIsDeletedThereAndComesBack() throws Exception {
        try (TwoDatabases databases = TwoDatabases.in(folder.resolve("work"))) {
            databases.execute("crm", "alter table people drop constraint people_last_check");
            Path yaml = databases.workspace().resolve("lockstep.yaml");
            String text = Files.readString(yaml)
                    .replace("    create: false", "    create: false\n    on_delete: delete")
                    .replace(
                            "    table: people",
                            "    table: people\n    where: last_name != 'Gone'\n    leave: delete");
            Files.writeString(yaml, text);
            Run first = databases.run("sync");
            assertThat(first.code()).as(first.out() + first.err()).isZero();
            assertThat(first.err()).doesNotContain("not available yet");
            assertThat(people(databases)).isEqualTo("ADA@example.com,bob@example.com,cyd@example.com");

            databases.execute("shop", "delete from customers where id = 1");
            databases.execute("shop", "update customers set family_name = 'Gone' where id = 2");
            Run second = databases.run("sync");
            assertThat(second.code()).as(second.out() + second.err()).isZero();
            assertThat(people(databases)).isEqualTo("cyd@example.com");

            databases.execute("shop", "update customers set family_name = 'Back' where id = 2");
            Run third = databases.run("sync");
            assertThat(third.code()).as(third.out() + third.err()).isZero();
            assertThat(people(databases)).isEqualTo("bob@example.com,cyd@example.com");
            assertThat(databases.run("sync").out()).startsWith("Read 0, wrote 0 in ");
        }
    }

    private static String people(TwoDatabases databases) throws Exception {
        return databases.value("crm", "select string_agg(mail, ',' order by mail) from people");
    }
}
