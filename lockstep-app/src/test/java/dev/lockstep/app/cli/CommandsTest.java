package dev.lockstep.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.app.cli.TwoDatabases.Run;
import dev.lockstep.app.json.Json;
import dev.lockstep.engine.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One story, told by the commands in turn, over two real databases. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CommandsTest {
    @TempDir
    static Path folder;

    private static TwoDatabases databases;

    @BeforeAll
    static void start() throws Exception {
        databases = TwoDatabases.in(folder.resolve("work"));
    }

    @AfterAll
    static void stop() throws Exception {
        databases.close();
    }

    @Test
    @Order(1)
    void questionsBeforeAnythingWasReadSayWhatToDo() {
        Run status = databases.run("status");

        assertThat(status.code()).isEqualTo(1);
        assertThat(status.err()).contains("Nothing has been read yet").contains("lockstep sync");
    }

    @Test
    @Order(2)
    void checkSaysWhatIsThere() {
        Run check = databases.run("check");

        assertThat(check.code()).as(check.err()).isZero();
        assertThat(check.out())
                .contains("shop: PostgreSQL")
                .contains("crm: PostgreSQL")
                .contains("All is well");
    }

    @Test
    @Order(3)
    void planLeadsWithWhatWouldBeLostAndWritesNothing() throws Exception {
        Run plan = databases.run("plan", "--out", "plan.json");

        assertThat(plan.code()).as(plan.err()).isEqualTo(2);
        assertThat(plan.out())
                .startsWith("1 values in crm.last would be overwritten, by the word of shop 1.\n"
                        + "  ADA@example.com: \"Byron\" becomes \"Lovelace\"\n");
        JsonNode kept = Json.tree(Files.readString(databases.workspace().resolve("plan.json")));
        assertThat(kept.size()).isEqualTo(2);
        assertThat(databases.value("crm", "select last from people where first = 'Ada'"))
                .isEqualTo("Byron");
    }

    @Test
    @Order(4)
    void planInJsonNamesEveryWrite() {
        JsonNode plan = Json.tree(databases.run("plan", "--json").out());

        JsonNode update = plan.get(0).get("kind").stringValue().equals("update") ? plan.get(0) : plan.get(1);
        assertThat(update.get("platform").stringValue()).isEqualTo("crm");
        assertThat(update.get("key").stringValue()).isEqualTo("ADA@example.com");
        assertThat(update.at("/columns/last/from").stringValue()).isEqualTo("Byron");
        assertThat(update.at("/columns/last/to").stringValue()).isEqualTo("Lovelace");
        assertThat(update.at("/columns/born/from").isNull()).isTrue();
        assertThat(update.at("/columns/born/to").stringValue()).isEqualTo("10/12/1815");
    }

    @Test
    @Order(5)
    void aRefusedRowIsSetAsideAndTheOthersGoOn() throws Exception {
        Run sync = databases.run("sync");

        assertThat(sync.code()).as(sync.out() + sync.err()).isEqualTo(2);
        assertThat(databases.value("crm", "select last || ', ' || born from people where first = 'Ada'"))
                .isEqualTo("Lovelace, 10/12/1815");
        Run failed = databases.run("failed");
        assertThat(failed.code()).isEqualTo(2);
        assertThat(failed.out()).contains("crm").contains("create").contains("people_last_check");
    }

    @Test
    @Order(6)
    void retryWorksAfterTheCauseIsMended() throws Exception {
        databases.execute("crm", "alter table people drop constraint people_last_check");

        Run retry = databases.run("failed", "retry");
        Run sync = databases.run("sync");

        assertThat(retry.out()).isEqualTo("1 retried.\n");
        assertThat(sync.code()).as(sync.out() + sync.err()).isZero();
        assertThat(databases.value("crm", "select mail from people where first = 'Bob'"))
                .isEqualTo("bob@example.com");
        assertThat(databases.run("failed").out()).isEqualTo("Nothing has failed.\n");
    }

    @Test
    @Order(7)
    void aSecondSyncWritesNothing() throws Exception {
        String before = databases.value("crm", "select string_agg(mail || xmin, ',' order by mail) from people");

        Run sync = databases.run("sync");

        assertThat(sync.out()).startsWith("Read 0, wrote 0 in ");
        assertThat(databases.value("crm", "select string_agg(mail || xmin, ',' order by mail) from people"))
                .isEqualTo(before);
        assertThat(databases.run("plan").code()).isZero();
    }

    @Test
    @Order(8)
    void statusInJsonHasTheFiguresThatProgramsReadByName() {
        Run status = databases.run("status", "--json");

        assertThat(status.code()).isZero();
        JsonNode json = Json.tree(status.out());
        assertThat(json.get("customers").intValue()).isEqualTo(3);
        assertThat(json.get("consistency").doubleValue()).isEqualTo(1.0);
        JsonNode crm = json.get("platforms").get(1);
        for (String name : new String[] {
            "name",
            "type",
            "state",
            "records",
            "in_sync",
            "pending",
            "failed",
            "contested",
            "lag_ms",
            "read",
            "written",
            "error"
        }) {
            assertThat(crm.has(name)).as(name).isTrue();
        }
        assertThat(crm.get("in_sync").intValue()).isEqualTo(3);
    }

    @Test
    @Order(9)
    void aCustomerIsFoundByIdentifierAndShowsWhoSaidWhat() {
        JsonNode ada =
                Json.tree(databases.run("customer", "ada@example.com", "--json").out());

        assertThat(ada.at("/fields/last_name/value").stringValue()).isEqualTo("Lovelace");
        assertThat(ada.at("/fields/last_name/platform").stringValue()).isEqualTo("shop");
        assertThat(ada.at("/fields/last_name/over/0/value").stringValue()).isEqualTo("Byron");
        assertThat(ada.get("records").size()).isEqualTo(2);
        Run missing = databases.run("customer", "nobody@example.com");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).startsWith("There is no customer `nobody@example.com`.\n");
    }

    @Test
    @Order(10)
    void verifyComparesEveryRecord() {
        Run verify = databases.run("verify", "--json");

        assertThat(verify.code()).as(verify.out() + verify.err()).isZero();
        JsonNode crm = Json.tree(verify.out()).get("platforms").get(1);
        assertThat(crm.get("checked").intValue()).isEqualTo(3);
        assertThat(crm.get("different").intValue()).isZero();
    }

    @Test
    @Order(11)
    void ordersWorkOnTheDataFolderAlone() {
        assertThat(databases.run("pause", "crm").out()).isEqualTo("Paused crm.\n");
        assertThat(databases.run("status").out()).contains("paused");
        assertThat(databases.run("resume", "crm").out()).isEqualTo("Resumed crm.\n");
        Run wrong = databases.run("pause", "cmr");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("cmr").doesNotContain("Exception");
    }

    @Test
    @Order(12)
    void aValueThatDoesNotParseIsNamedWithTheReason() throws Exception {
        databases.execute("shop", "update customers set mobile = 'ask Bob' where id = 1");
        databases.run("sync");

        assertThat(databases.run("verify").out())
                .contains("shop 1: warning, mobile is \"ask Bob\" (It is not a phone number");
        assertThat(databases.run("customer", "ada@example.com").out())
                .contains("mobile: \"ask Bob\", left as it is: It is not a phone number");
    }

    @Test
    @Order(13)
    void aQuestionThatHasTheDataFolderIsWaitedFor() throws Exception {
        try (Store asked = Store.open(databases.workspace().resolve(".lockstep"), "lockstep status")) {
            Thread answered = Thread.ofVirtual().start(() -> {
                LockSupport.parkNanos(1_000_000_000L);
                asked.close();
            });
            Run sync = databases.run("sync");
            answered.join();
            assertThat(sync.err()).doesNotContain("in use");
            assertThat(sync.code()).isNotEqualTo(1);
        }
    }

    @Test
    @Order(14)
    void aMissingTableIsOneSentenceWithTheRemedy() throws Exception {
        Path other = folder.resolve("other");
        Files.createDirectories(other);
        String yaml = Files.readString(databases.workspace().resolve("lockstep.yaml"));
        Files.writeString(other.resolve("lockstep.yaml"), yaml.replace("table: people", "table: peopel"));
        Files.copy(databases.workspace().resolve(".env"), other.resolve(".env"));

        Run sync = TwoDatabases.runIn(other, "sync");

        assertThat(sync.code()).isEqualTo(1);
        assertThat(sync.out()).isEmpty();
        assertThat(sync.err())
                .contains("there is no table `peopel`")
                .contains("people")
                .doesNotContain("Exception");
    }
}
