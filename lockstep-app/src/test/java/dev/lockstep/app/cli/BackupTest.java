package dev.lockstep.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.app.cli.TwoDatabases.Run;
import dev.lockstep.app.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of the data folder, and what becomes of one that is put back. */
class BackupTest {
    @TempDir
    Path folder;

    private static void sync(TwoDatabases databases) {
        Run run = databases.run("sync");
        assertThat(run.code()).as(run.out() + run.err()).isZero();
    }

    /** The commands of the page on backups, as written there. */
    private static List<String> documented() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("mvnw"))) root = root.getParent();
        String page = Files.readString(root.resolve("docs/operations.md"));
        String section = page.substring(page.indexOf("## Backups"));
        int from = section.indexOf("```sh\n") + 6;
        return section.substring(from, section.indexOf("```", from)).lines().toList();
    }

    private static void run(TwoDatabases databases, String line) throws IOException {
        String[] words = line.replaceFirst(" +#.*", "").split(" ");
        if (words[0].equals("mv")) {
            Files.move(
                    databases.workspace().resolve(words[1]),
                    databases.workspace().resolve(words[2]));
            return;
        }
        Run run = databases.run(java.util.Arrays.copyOfRange(words, 1, words.length));
        assertThat(run.code()).as(line + ": " + run.out() + run.err()).isZero();
    }

    private static String all(TwoDatabases databases) throws Exception {
        return databases.value("shop", "select string_agg(c::text, ' ' order by id) from customers c")
                + databases.value("crm", "select string_agg(p::text, ' ' order by mail) from people p");
    }

    @Test
    void anOlderCopyThatIsPutBackReadsEveryPlatformBeforeItWritesAndMakesNothingTwice() throws Exception {
        try (TwoDatabases databases = TwoDatabases.in(folder.resolve("work"))) {
            databases.execute("crm", "alter table people drop constraint people_last_check");
            sync(databases);
            List<String> lines = documented();
            assertThat(lines).hasSize(4);
            run(databases, lines.get(0));

            // Since then: edits that spread, a person who was made elsewhere, and one who was deleted.
            databases.execute("shop", "update customers set mobile = '+14155550199' where id = 1");
            databases.execute("shop", "insert into customers values (4, 'dan@example.com', 'Dan', 'Doe')");
            databases.execute("crm", "delete from people where mail = 'cyd@example.com'");
            sync(databases);
            // And one that nobody has heard of yet.
            databases.execute("crm", "update people set last = 'King' where mail like 'ADA%'");
            assertThat(databases.value("crm", "select count(*) from people")).isEqualTo("3");

            run(databases, lines.get(1));
            run(databases, lines.get(2));
            assertThat(databases.run("status").out())
                    .contains("put back: nothing is written before every platform has been read again.");
            run(databases, lines.get(3));
            assertThat(databases.value("shop", "select mobile || family_name from customers where id = 1"))
                    .isEqualTo("+14155550199King");
            assertThat(databases.value("crm", "select string_agg(mail, ' ' order by mail) from people"))
                    .isEqualTo("ADA@example.com bob@example.com dan@example.com");
            assertThat(databases.value("shop", "select count(*) from customers"))
                    .isEqualTo("3");
            assertThat(databases.run("status").out()).doesNotContain("put back");
            String before = all(databases);
            assertThat(databases.run("sync").out()).startsWith("Read 0, wrote 0 in ");
            assertThat(databases.run("verify").code()).isZero();
            assertThat(all(databases)).isEqualTo(before);
        }
    }

    @Test
    void aCopyIsMadeWhileAServerRunsAndIsCheckedBeforeItIsUsed() throws Exception {
        try (TwoDatabases databases = TwoDatabases.in(folder.resolve("work"))) {
            databases.execute("crm", "alter table people drop constraint people_last_check");
            Path copy = databases.workspace().resolve("copy.zip");
            try (Up up = Up.on(databases)) {
                assertThat(up.json("backup", "copy.zip", "--json").get("bytes").longValue())
                        .isPositive();
                assertThat(databases.run("backup", "copy.zip").err()).contains("is there already");
                assertThat(databases.run("backup", "nowhere/copy.zip").err()).contains("cannot be written");
                databases.execute("shop", "update customers set given_name = 'Adele' where id = 1");
                up.await("it goes on", () -> all(databases).contains("Adele,"));
            }
            assertThat(databases.run("restore", "copy.zip").err())
                    .contains("is there already")
                    .contains("mv ");
            assertThat(databases.run("restore", "none.zip", "--data", "other").err())
                    .contains("There is no file");
            assertThat(databases
                            .run("restore", Workspace.FILE, "--data", "other")
                            .err())
                    .contains("cannot be put back");
            byte[] bytes = Files.readAllBytes(copy);
            bytes[bytes.length / 2] ^= 1;
            Files.write(databases.workspace().resolve("bad.zip"), bytes);
            assertThat(databases.run("restore", "bad.zip", "--data", "other").code())
                    .isEqualTo(1);
            assertThat(databases.workspace().resolve("other")).doesNotExist();
            assertThat(databases.run("restore", "copy.zip", "--data", "other").code())
                    .isZero();
            assertThat(databases.run("sync", "--data", "other").code()).isZero();
            assertThat(databases
                            .run("customer", "ada@example.com", "--data", "other")
                            .out())
                    .contains("\"Adele\"");
        }
    }
}
