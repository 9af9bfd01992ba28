package dev.lockstep.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.app.cli.TwoDatabases;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The CRM has a server of its own, which goes away, or lets us in no more, while the shop goes on. */
@Timeout(300)
class OutageTest {
    @TempDir
    Path folder;

    private TwoDatabases databases;
    private EmbeddedPostgres server;
    private int port;
    private Up up;

    @BeforeEach
    void start() throws Exception {
        Path workspace = folder.resolve("workspace");
        databases = TwoDatabases.in(workspace);
        server = launch(0);
        port = server.getPort();
        crm("create role courier superuser login password 'first'");
        crm("create table people (mail text primary key, first text, last text, tel text, born text)");
        crm("insert into people values ('ada@example.com', 'Ada', 'Byron', '(415) 555-0101', null)");
        Path rules = Path.of(crm("show hba_file"));
        String courier = "host all courier all scram-sha-256\n";
        Files.writeString(rules, courier + Files.readString(rules));
        crm("select pg_reload_conf()");
        Files.writeString(
                workspace.resolve(".env"),
                "SHOP_URL=" + databases.url("shop") + "\nCRM_URL=postgres://courier:first@localhost:" + port
                        + "/postgres\n");
        up = Up.in(workspace);
        rename("Bird");
        Up.await("an edit spreads", () -> last().equals("Bird"));
    }

    @AfterEach
    void stop() throws Exception {
        if (up != null) up.close();
        server.close();
        databases.close();
    }

    /** @param at 0: any port */
    private EmbeddedPostgres launch(int at) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("crm"))
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("wal_level", "logical")
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "on");
        if (at != 0) builder.setPort(at);
        return builder.start();
    }

    /** The first column of the first row, if there is one. */
    private String crm(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://localhost:" + server.getPort() + "/postgres" + "?user=postgres");
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) return "";
            ResultSet rows = statement.getResultSet();
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    private String last() throws SQLException {
        return crm("select last from people where mail = 'ada@example.com'");
    }

    private void rename(String name) throws SQLException {
        databases.execute("shop", "update customers set family_name = '" + name + "' where id = 1");
    }

    private String error() throws Exception {
        var error = up.platform("crm").get("error");
        return error.isNull() ? "" : error.stringValue();
    }

    private void othersGoOn(String name) throws Exception {
        rename(name);
        Up.await(
                "it is known",
                () -> up.get("/v1/customers?q=ada@example.com").body().contains(name));
        assertThat(up.platform("shop").get("error").isNull()).isTrue();
        assertThat(up.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(up.status().at("/consistency").doubleValue()).isLessThan(1);
    }

    private void allIsWell(String name) throws Exception {
        Up.await("it has caught up", () -> last().equals(name));
        Up.await("nothing is wrong", () -> error().isEmpty());
        Up.await("all in step", () -> up.status().at("/consistency").doubleValue() == 1);
        assertThat(crm("select count(*) from people")).isEqualTo("2");
        crm("update people set first = 'Augusta' where mail = 'ada@example.com'");
        Up.await(
                "it is heard again",
                () -> "Augusta".equals(databases.value("shop", "select given_name from customers where id = 1")));
    }

    @Test
    void aPasswordChangedUnderARunningServerIsASentenceAndWorkGoesOnByItselfWhenItIsRightAgain() throws Exception {
        crm("alter role courier password 'second'");
        crm("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'courier'");
        Up.await("a sentence", () -> error().contains("password"));
        assertThat(up.platform("crm").get("remedy").stringValue()).isNotBlank();
        assertThat(error()).doesNotContain("Exception").doesNotContain("first").doesNotContain("second");
        othersGoOn("King");
        Thread.sleep(3000);
        assertThat(error()).contains("password");
        crm("alter role courier password 'first'");
        allIsWell("King");
        assertThat(up.said()).doesNotContain("Exception");
    }

    @Test
    void aServerThatIsDownForLongIsASentenceAndWorkGoesOnByItselfWhenItIsBack() throws Exception {
        server.close();
        Up.await("a sentence", () -> !error().isEmpty());
        assertThat(error()).doesNotContain("Exception");
        othersGoOn("Hall");
        Thread.sleep(15_000);
        rename("King");
        assertThat(error()).isNotEmpty();
        server = launch(port);
        allIsWell("King");
        assertThat(up.said()).doesNotContain("Exception");
    }
}
