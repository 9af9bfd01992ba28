package dev.lockstep.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.app.cli.TwoDatabases.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workspace that changes over a data folder and real databases that stay. */
class WorkspaceChangeTest {
    @TempDir
    Path folder;

    private TwoDatabases databases;
    private String text;

    @BeforeEach
    void start() throws Exception {
        databases = TwoDatabases.in(folder.resolve("work"));
        databases.execute("crm", "alter table people drop constraint people_last_check");
        databases.execute("crm", "alter table people add column town text");
        databases.execute("crm", "update people set town = 'Ockham' where mail like 'ADA%'");
        databases.execute("shop", "alter table customers add column city text");
        // A second table of the same database: both are heard by one slot.
        databases.execute("shop", "create table leads (id bigint primary key, address text, vorname text)");
        databases.execute("shop", "insert into leads values (7, 'ada@example.com', 'Ada')");
        text = Files.readString(yaml()) + """
                  leads:
                    type: postgres
                    url: ${SHOP_URL}
                    table: leads
                    columns: { address: email, vorname: first_name }
                    create: false
                """;
        write(text);
        sync();
    }

    @AfterEach
    void stop() throws IOException {
        databases.close();
    }

    private Path yaml() {
        return databases.workspace().resolve("lockstep.yaml");
    }

    private void write(String workspace) throws IOException {
        Files.writeString(yaml(), workspace);
    }

    private void sync() {
        Run run = databases.run("sync");
        assertThat(run.code()).as(run.out() + run.err()).isZero();
    }

    private String crm(String column) throws Exception {
        return databases.value("crm", "select " + column + " from people where mail like 'ADA%'");
    }

    private String shop(String column) throws Exception {
        return databases.value("shop", "select " + column + " from customers where id = 1");
    }

    private static String without(String text, String platform, String next) {
        int from = text.indexOf("  " + platform + ":");
        int to = next.isEmpty() ? text.length() : text.indexOf("  " + next + ":");
        return text.substring(0, from) + text.substring(to);
    }

    @Test
    void aPlatformCommentedOutForAnHourAndPutBackHasLostNothing() throws Exception {
        write(without(text, "crm", "leads"));
        databases.execute("crm", "update people set first = 'Adele' where mail like 'ADA%'");
        databases.execute("shop", "update customers set family_name = 'King' where id = 1");
        sync();
        assertThat(shop("given_name")).isEqualTo("Ada");
        assertThat(crm("last")).isEqualTo("Lovelace");
        assertThat(databases.run("status").out())
                .contains("Platform crm is no longer in the workspace: it is paused, and its claims are kept until");
        assertThat(databases.value("crm", "select count(*) from pg_replication_slots where database = 'crm'"))
                .isEqualTo("1");
        databases.execute("crm", "update people set tel = '(415) 555-0177' where mail like 'ADA%'");
        sync();

        write(text);
        sync();
        assertThat(shop("given_name")).isEqualTo("Adele");
        assertThat(shop("mobile")).isEqualTo("+14155550177");
        assertThat(crm("last")).isEqualTo("King");
        assertThat(databases.value("shop", "select vorname from leads where id = 7"))
                .isEqualTo("Adele");
        assertThat(databases.run("status").out()).doesNotContain("no longer");
        assertThat(databases.run("sync").out()).startsWith("Read 0, wrote 0 in ");
    }

    @Test
    void soHasOneThatSharesItsSlotWithAnother() throws Exception {
        write(without(text, "leads", ""));
        databases.execute("shop", "update leads set vorname = 'Adele' where id = 7");
        sync();
        for (int i = 0; i < 3; i++) {
            databases.execute("shop", "update customers set mobile = '+1415555020" + i + "' where id = 2");
            sync();
        }
        assertThat(shop("given_name")).isEqualTo("Ada");
        write(text);
        sync();
        assertThat(shop("given_name")).isEqualTo("Adele");
        assertThat(crm("first")).isEqualTo("Adele");
    }

    @Test
    void aNewColumnIsRead() throws Exception {
        write(text.replace("  birth_date: { type: date }", "  birth_date: { type: date }\n  city: { type: text }")
                .replace("      born: birth_date", "      born: birth_date\n      city: city")
                .replace("      last: last_name", "      last: last_name\n      town: city"));
        Run plan = databases.run("plan");
        assertThat(plan.out()).contains("city");
        sync();
        assertThat(shop("city")).isEqualTo("Ockham");
        databases.execute("shop", "update customers set city = 'London' where id = 1");
        sync();
        assertThat(crm("town")).isEqualTo("London");
        write(text);
        databases.execute("crm", "update people set town = 'Rome' where mail like 'ADA%'");
        sync();
        assertThat(shop("city")).isEqualTo("London");
        assertThat(databases.run("status").out()).contains("Field city is no longer in the workspace: it is paused");
    }

    @Test
    void whoIsRenamedKeepsWhatIsKnown() throws Exception {
        String renamed = text.replace("  crm:\n", "  sales:\n    was: crm\n")
                .replace(": first_name", ": given")
                .replace("first_name: { type: name }", "given: { type: name, was: first_name }");
        write(renamed);
        Run sync = databases.run("sync");
        assertThat(sync.code()).as(sync.out() + sync.err()).isZero();
        assertThat(sync.out()).startsWith("Read 0, wrote 0 in ");
        assertThat(databases.run("status").out()).contains("sales").doesNotContain("no longer");
        databases.execute("crm", "update people set first = 'Adele' where mail like 'ADA%'");
        sync();
        assertThat(shop("given_name")).isEqualTo("Adele");
        assertThat(databases.run("customer", "ada@example.com").out()).contains("given", "sales");
    }

    @Test
    void consentThatWouldBeLostIsRefused() throws Exception {
        databases.execute("shop", "alter table customers add column news text");
        String mapped = "      news: { field: news, values: { Y: granted, N: withdrawn } }";
        String consent = text.replace(
                        "  birth_date: { type: date }", "  birth_date: { type: date }\n  news: { type: consent }")
                .replace("      born: birth_date", "      born: birth_date\n" + mapped);
        write(consent);
        sync();
        write(consent.replace("news: { type: consent }", "news: { type: text }"));
        Run refused = databases.run("sync");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains("Field news was a consent and is a text now")
                .contains("give the new field another name");
        write(text);
        sync();
    }
}
