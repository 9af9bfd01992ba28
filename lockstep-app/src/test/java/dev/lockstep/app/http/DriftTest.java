package dev.lockstep.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.app.cli.TwoDatabases;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tables that change their shape while a server keeps them in step. */
class DriftTest {
    @TempDir
    Path folder;

    private TwoDatabases databases;
    private Up up;

    @BeforeEach
    void start() throws Exception {
        databases = TwoDatabases.in(folder);
        databases.execute("crm", "alter table people drop constraint people_last_check");
        up = Up.in(folder);
        assertThat(crm("tel", "ada")).isEqualTo("(415) 555-0101");
    }

    @AfterEach
    void stop() throws Exception {
        up.close();
        databases.close();
    }

    private String crm(String column, String who) throws Exception {
        return databases.value("crm", "select " + column + " from people where mail ilike '" + who + "%'");
    }

    private String shop(String column, String who) throws Exception {
        return databases.value("shop", "select " + column + " from customers where email ilike '" + who + "%'");
    }

    private void inShop(String sql) throws Exception {
        databases.execute("shop", sql);
    }

    private String drift(String platform) throws IOException, InterruptedException {
        JsonNode drift = up.platform(platform).get("drift");
        StringBuilder all = new StringBuilder();
        for (JsonNode one : drift) {
            all.append(one.get("column").stringValue())
                    .append(": ")
                    .append(one.get("sentence").stringValue())
                    .append(' ')
                    .append(one.get("remedy").stringValue());
        }
        return all.toString();
    }

    /** Other columns still spread, both ways. */
    private void othersFlow(String name) throws Exception {
        inShop("update customers set family_name = '" + name + "' where id = 1");
        Up.await("a name from shop to crm", () -> name.equals(crm("last", "ada")));
        databases.execute("crm", "update people set last = '" + name + "er' where mail ilike 'ada%'");
        Up.await("a name from crm to shop", () -> (name + "er").equals(shop("family_name", "ada")));
    }

    @Test
    void aDroppedColumnNullsNothingAndIsFilledAgainWhenItIsPutBack() throws Exception {
        inShop("alter table customers drop column mobile");
        inShop("update customers set family_name = 'Bird' where id = 1");
        Up.await("the column is left alone", () -> drift("shop").contains("has no column `mobile`"));
        assertThat(drift("shop")).contains("ADD COLUMN \"mobile\"");
        assertThat(up.platform("shop").get("error").isNull()).isTrue();
        othersFlow("King");
        assertThat(crm("tel", "ada")).isEqualTo("(415) 555-0101");
        databases.execute("crm", "update people set tel = '(415) 555-0177' where mail ilike 'ada%'");

        inShop("alter table customers add column mobile text");
        Up.await("the column is filled", () -> "+14155550177".equals(shop("mobile", "ada")));
        Up.await("nothing is wrong", () -> drift("shop").isEmpty());
        assertThat(crm("tel", "ada")).isEqualTo("(415) 555-0177");
        inShop("update customers set mobile = '+14155550188' where id = 1");
        Up.await("it is heard again", () -> "(415) 555-0188".equals(crm("tel", "ada")));
        inShop("update customers set mobile = null where id = 1");
        Up.await("a later blank clears", () -> crm("tel", "ada") == null);
        Up.await("all is in step", () -> up.status().at("/consistency").doubleValue() == 1);
    }

    @Test
    void aRenamedColumnLosesNoEditThatWasMadeUnderTheOtherName() throws Exception {
        inShop("alter table customers rename column mobile to cell");
        Up.await("the column is left alone", () -> drift("shop").contains("has no column `mobile`"));
        inShop("update customers set cell = '+14155550133' where id = 1");
        othersFlow("Queen");
        assertThat(crm("tel", "ada")).isEqualTo("(415) 555-0101");

        inShop("alter table customers rename column cell to mobile");
        Up.await("the edit has come", () -> "(415) 555-0133".equals(crm("tel", "ada")));
        Up.await("nothing is wrong", () -> drift("shop").isEmpty());
        assertThat(shop("mobile", "ada")).isEqualTo("+14155550133");
    }

    @Test
    void aRetypedColumnIsLeftAloneUntilItsTypeIsPutBack() throws Exception {
        inShop("update customers set mobile = '4155550101' where id = 1");
        Up.await("another spelling", () -> up.status().at("/consistency").doubleValue() == 1);
        inShop("alter table customers alter column mobile type numeric using 42");
        inShop("update customers set given_name = 'Adah' where id = 1");
        Up.await("the name has come", () -> "Adah".equals(crm("first", "ada")));
        Up.await("the column is left alone", () -> drift("shop").contains("of type text and is now of type numeric"));
        othersFlow("Prince");
        assertThat(crm("tel", "ada")).isEqualTo("(415) 555-0101");

        inShop("alter table customers alter column mobile type text using '+14155550101'");
        Up.await("nothing is wrong", () -> drift("shop").isEmpty());
        Up.await("everything in step", () -> up.status().at("/consistency").doubleValue() == 1);
        assertThat(crm("tel", "ada")).isEqualTo("(415) 555-0101");
        inShop("update customers set mobile = '+14155550144' where id = 1");
        Up.await("it is heard again", () -> "(415) 555-0144".equals(crm("tel", "ada")));
    }

    @Test
    void aTypeThatMeansTheSameIsTakenUpWithoutAWord() throws Exception {
        inShop("alter table customers alter column mobile type varchar(40)");
        inShop("update customers set mobile = '+14155550155' where id = 1");
        Up.await("the edit has come", () -> "(415) 555-0155".equals(crm("tel", "ada")));
        assertThat(drift("shop")).isEmpty();
    }

    @Test
    void aColumnMadeRequiredStopsNoOtherAndWhatItRefusedGoesOnWhenItIsNot() throws Exception {
        inShop("update customers set mobile = '+14155550102' where mobile is null");
        Up.await("phones", () -> "(415) 555-0102".equals(crm("tel", "bob")));
        inShop("alter table customers alter column mobile set not null");
        databases.execute("crm", "update people set tel = null, last = 'Rock' where mail ilike 'ada%'");
        Up.await("the rest of it has come", () -> "Rock".equals(shop("family_name", "ada")));
        assertThat(shop("mobile", "ada")).isEqualTo("+14155550101");
        othersFlow("Duke");

        inShop("alter table customers add constraint named check (given_name <> 'Robert')");
        databases.execute("crm", "update people set first = 'Robert' where mail ilike 'bob%'");
        Up.await("it is refused", () -> up.platform("shop").get("failed").intValue() == 1);
        inShop("alter table customers drop constraint named, alter column mobile drop not null");
        Up.await("it goes on", () -> "Robert".equals(shop("given_name", "bob")));
        Up.await("the blank too", () -> shop("mobile", "ada") == null);
    }

    @Test
    void aTableThatIsGoneStopsItsPlatformAloneAndIsReadAgainWhenItIsBack() throws Exception {
        inShop("alter table customers rename to clients");
        Up.await(
                "the platform is down",
                () -> "down".equals(up.platform("shop").get("state").stringValue()));
        assertThat(up.platform("shop").get("error").stringValue()).contains("there is no table `customers`");
        databases.execute("crm", "update people set tel = '(415) 555-0166' where mail ilike 'ada%'");
        inShop("update clients set family_name = 'Earl' where id = 1");
        inShop("insert into clients values (7, 'eve@example.com', 'Eve', 'Hill', null, null)");
        assertThat(up.platform("crm").get("state").stringValue()).isEqualTo("running");

        inShop("alter table clients rename to customers");
        Up.await("the edit has come", () -> "Earl".equals(crm("last", "ada")));
        Up.await("the row has come", () -> "Hill".equals(crm("last", "eve")));
        Up.await("what waited has come", () -> "+14155550166".equals(shop("mobile", "ada")));
        Up.await(
                "it runs",
                () -> "running".equals(up.platform("shop").get("state").stringValue()));
        Up.await("everything in step", () -> up.status().at("/consistency").doubleValue() == 1);
    }
}
