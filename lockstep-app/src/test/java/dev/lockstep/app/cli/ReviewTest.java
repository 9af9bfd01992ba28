package dev.lockstep.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Databases that change back what is written to them. */
class ReviewTest {
    @TempDir
    Path folder;

    private static final String TRIGGER = """
            create function keep() returns trigger language plpgsql as
              $$ begin new.given_name := old.given_name; return new; end $$;
            create trigger keep before update on customers for each row execute function keep();
            """;

    @Test
    void aTriggerAndAJobThatChangeBackAreContestedAfterFiveRoundsAndStopNothingElse() throws Exception {
        try (TwoDatabases databases = TwoDatabases.in(folder.resolve("work"))) {
            databases.execute("crm", "alter table people drop constraint people_last_check");
            databases.execute("shop", TRIGGER);
            Path yaml = databases.workspace().resolve("lockstep.yaml");
            String text = Files.readString(yaml);
            // The trigger needs no time to settle: what our own write left is seen at once.
            Files.writeString(yaml, text.replace("    table: customers", "    table: customers\n    settle: 0s"));
            Thread job = null;
            try (Up up = Up.on(databases)) {
                String was = tel(databases);
                job = Thread.ofVirtual().start(() -> setBack(databases, was));
                databases.execute("crm", "update people set first = 'Adele' where mail = 'ADA@example.com'");
                databases.execute("shop", "update customers set mobile = '+14155550199' where id = 1");
                up.await("both are contested", () -> up.json("review", "--json").size() == 2);
                JsonNode open = up.json("review", "--json");

                assertThat(value(databases, "given_name")).isEqualTo("Ada");
                assertThat(value(databases, "mobile")).isEqualTo("+14155550199");
                JsonNode name = of(open, "shop");
                assertThat(name.get("ours").stringValue()).isEqualTo("Adele");
                assertThat(name.get("theirs").stringValue()).isEqualTo("Ada");
                assertThat(of(open, "crm").get("column").stringValue()).isEqualTo("tel");
                assertThat(databases.run("status").out())
                        .contains("shop 1 keeps changing given_name back to \"Ada\"; we wrote \"Adele\".")
                        .contains("Contested in 2 records: left alone until answered. See `lockstep review`.");
                assertThat(databases.run("customer", "ada@example.com").out())
                        .contains("given_name: \"Ada\", changed back; ours: \"Adele\"");

                // Nothing else waits: of the same records, and of others.
                databases.execute("shop", "update customers set family_name = 'King' where id = 1");
                databases.execute("crm", "update people set tel = '(415) 555-0102' where mail = 'cyd@example.com'");
                up.await(
                        "others flow",
                        () -> "King".equals(databases.value("crm", "select last from people where first = 'Adele'")));

                String reviews = databases.run("review").out();
                assertThat(reviews).contains("\"Adele\"", "\"Ada\"", "given_name");
                assertThat(databases.run("review", id(name)).err()).contains("--ours or --theirs");
                assertThat(databases.run("review", id(name), "--theirs").code()).isZero();
                up.await(
                        "Ada it is",
                        () -> "1".equals(databases.value("crm", "select count(*) from people where first = 'Ada'")));
                job.interrupt();
                job.join();
                databases.run("review", id(of(open, "crm")), "--ours");
                up.await("ours is written", () -> tel(databases).contains("0199"));
                up.await("nothing is left", () -> databases.run("review").code() == 0);
                assertThat(databases.run("review", id(name), "--ours").err())
                        .contains("Nothing waits for an answer under " + id(name));
            } finally {
                if (job != null) job.interrupt();
            }
        }
    }

    private static JsonNode of(JsonNode open, String platform) {
        return open.get(0).get("platform").stringValue().equals(platform) ? open.get(0) : open.get(1);
    }

    private static String id(JsonNode review) {
        return review.get("id").stringValue();
    }

    private static String tel(TwoDatabases databases) throws Exception {
        return databases.value("crm", "select tel from people where mail = 'ADA@example.com'");
    }

    private static String value(TwoDatabases databases, String column) throws Exception {
        return databases.value("shop", "select " + column + " from customers where id = 1");
    }

    /** Two seconds after each change, as jobs do. */
    private static void setBack(TwoDatabases databases, String was) {
        try {
            while (true) {
                Thread.sleep(100);
                if (was.equals(tel(databases))) continue;
                Thread.sleep(2000);
                databases.execute("crm", "update people set tel = '" + was + "' where mail = 'ADA@example.com'");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
