package dev.lockstep.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.app.cli.TwoDatabases.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code forget}, over two real databases. */
class ForgetTest {
    @TempDir
    Path folder;

    private static final String SLOTS = "select count(*) from pg_replication_slots where database = 'crm'";

    private static void sync(TwoDatabases databases) {
        Run run = databases.run("sync");
        assertThat(run.code()).as(run.out() + run.err()).isZero();
    }

    private static String shop(TwoDatabases databases) throws Exception {
        return databases.value("shop", "select string_agg(c::text, ' ' order by id) from customers c");
    }

    private static String crm(TwoDatabases databases) throws Exception {
        return databases.value("crm", "select string_agg(p::text, ' ' order by mail) from people p");
    }

    @Test
    void whoIsForgottenLeavesEveryValueWhereItIs() throws Exception {
        try (TwoDatabases databases = TwoDatabases.in(folder.resolve("work"))) {
            databases.execute("crm", "alter table people drop constraint people_last_check");
            sync(databases);
            databases.execute("crm", "update people set first = 'Adele' where mail like 'ADA%'");
            sync(databases);
            String inShop = shop(databases);
            String inCrm = crm(databases);
            assertThat(inShop).contains("Adele");
            assertThat(databases.value("crm", SLOTS)).isEqualTo("1");

            assertThat(databases.run("forget", "nobody").err()).contains("There is no platform nobody");
            Run forget = databases.run("forget", "crm");
            assertThat(forget.code()).as(forget.err()).isZero();
            assertThat(forget.out())
                    .contains("Forgot crm: 3 records.")
                    .contains("Dropped the replication slot lockstep_")
                    .contains("Dropped the publication lockstep_")
                    .contains("Take crm out of lockstep.yaml");
            assertThat(databases.value("crm", SLOTS)).isEqualTo("0");
            assertThat(databases.value("crm", "select count(*) from pg_publication"))
                    .isEqualTo("0");

            Path yaml = databases.workspace().resolve("lockstep.yaml");
            String text = Files.readString(yaml);
            Files.writeString(yaml, text.substring(0, text.indexOf("  crm:")));
            Run after = databases.run("sync");
            assertThat(after.out()).as(after.err()).startsWith("Read 0, wrote 0 in ");
            assertThat(shop(databases)).isEqualTo(inShop);
            assertThat(crm(databases)).isEqualTo(inCrm);
            assertThat(databases.run("status").out()).doesNotContain("crm");
            assertThat(databases.run("customer", "ada@example.com").out())
                    .contains("\"Adele\"")
                    .doesNotContain("crm");
            assertThat(databases.run("verify").code()).isZero();

            // Put back, it is a new platform: read first, and who is who is found again.
            Files.writeString(yaml, text);
            sync(databases);
            assertThat(shop(databases)).isEqualTo(inShop);
            assertThat(crm(databases)).isEqualTo(inCrm);
        }
    }

    @Test
    void aTableThatSharesItsSlotLeavesItToTheOthersAndOnePausedIsForgottenToo() throws Exception {
        try (TwoDatabases databases = TwoDatabases.in(folder.resolve("work"))) {
            databases.execute("crm", "alter table people drop constraint people_last_check");
            databases.execute("shop", "create table leads (id bigint primary key, address text, vorname text)");
            databases.execute("shop", "insert into leads values (7, 'ada@example.com', 'Ada')");
            Path yaml = databases.workspace().resolve("lockstep.yaml");
            String text = Files.readString(yaml);
            Files.writeString(yaml, text + """
                      leads:
                        type: postgres
                        url: ${SHOP_URL}
                        table: leads
                        columns: { address: email, vorname: first_name }
                        create: false
                    """);
            sync(databases);
            Run forget = databases.run("forget", "leads");
            assertThat(forget.out())
                    .as(forget.err())
                    .contains("Took leads out of the publication")
                    .contains("stays: other platforms of the workspace use it");
            Files.writeString(yaml, text.substring(0, text.indexOf("  crm:")));
            databases.execute("shop", "update customers set given_name = 'Adele' where id = 1");
            sync(databases);
            assertThat(databases.run("status").out()).contains("crm").doesNotContain("leads");
            Run paused = databases.run("forget", "crm");
            assertThat(paused.out()).as(paused.err()).contains("is still there").contains("pg_replication_slots");
            assertThat(databases.run("status").out()).doesNotContain("crm");
        }
    }
}
