package dev.lockstep.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.app.cli.TwoDatabases.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code leave: archive} over two real databases. */
class ArchiveTest {
    @TempDir
    Path folder;

    private static final String COLUMNS = """
            alter table people drop constraint people_last_check;
            alter table people add column active boolean not null default true;
            alter table people add column shelf text;
            update people set shelf = 'A1' where mail like 'ADA%';
            """;

    private static void sync(TwoDatabases databases) {
        Run run = databases.run("sync");
        assertThat(run.code()).as(run.out() + run.err()).isZero();
    }

    private static String archive(TwoDatabases databases, String archive) throws Exception {
        Path yaml = databases.workspace().resolve("lockstep.yaml");
        String leave = "    table: people\n    where: last_name != 'Gone'\n    leave: archive\n    archive: " + archive;
        return Files.readString(yaml).replace("    table: people", leave);
    }

    @Test
    void whoLeavesIsArchivedInColumnsThatAreNotMappedAndComesBackAsItWas() throws Exception {
        try (TwoDatabases databases = TwoDatabases.in(folder.resolve("work"))) {
            databases.execute("crm", COLUMNS);
            Files.writeString(
                    databases.workspace().resolve("lockstep.yaml"),
                    archive(databases, "{ active: false, shelf: attic }"));
            assertThat(databases.run("check").code()).isZero();
            sync(databases);
            assertThat(ada(databases)).isEqualTo("true A1");

            databases.execute("shop", "update customers set family_name = 'Gone' where id = 1");
            sync(databases);
            assertThat(ada(databases)).isEqualTo("false attic");
            assertThat(databases.run("status").code()).isZero();

            databases.execute("shop", "update customers set family_name = 'King', given_name = 'Adele' where id = 1");
            sync(databases);
            assertThat(ada(databases)).isEqualTo("true A1");
            assertThat(databases.value("crm", "select first from people where mail like 'ADA%'"))
                    .isEqualTo("Adele");
            assertThat(databases.run("sync").out()).startsWith("Read 0, wrote 0 in ");
            assertThat(databases.run("verify").code()).isZero();
        }
    }

    @Test
    void whatCannotBeArchivedSoIsSaid() throws Exception {
        try (TwoDatabases databases = TwoDatabases.in(folder.resolve("work"))) {
            databases.execute("crm", COLUMNS);
            Path yaml = databases.workspace().resolve("lockstep.yaml");
            String text = archive(databases, "{ active: perhaps, mail: nobody }");
            Files.writeString(yaml, text);
            assertThat(databases.run("check").err())
                    .contains("`archive` of crm sets `active` to `perhaps`, which that column cannot hold.")
                    .contains("`archive` of crm sets `mail` to `nobody`, which tells its records apart");
            Files.writeString(yaml, text.replace("{ active: perhaps, mail: nobody }", "{ aktive: false }"));
            Run unknown = databases.run("check");
            assertThat(unknown.code()).isNotZero();
            assertThat(unknown.out() + unknown.err()).contains("aktive");
            Files.writeString(yaml, text.replace("    archive: { active: perhaps, mail: nobody }\n", ""));
            assertThat(databases.run("check").err()).contains("say how, such as `archive: { active: false }`");
        }
    }

    private static String ada(TwoDatabases databases) throws Exception {
        return databases.value("crm", "select active || ' ' || shelf from people where mail like 'ADA%'");
    }
}
