package dev.lockstep.app.cli;

import dev.lockstep.app.Main;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A PostgreSQL with two small databases, a workspace over them, and the program to run there. */
public final class TwoDatabases implements AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final Path workspace;

    /** What a run of the program came to. */
    public record Run(int code, String out, String err) {}

    private TwoDatabases(EmbeddedPostgres postgres, Path workspace) {
        this.postgres = postgres;
        this.workspace = workspace;
    }

    /** Ada is in both, spelled in two ways; Bob and Cyd in one each. */
    public static TwoDatabases in(Path workspace) throws IOException, SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("wal_level", "logical")
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "on")
                .start();
        TwoDatabases databases = new TwoDatabases(postgres, workspace);
        databases.execute("postgres", "create database shop");
        databases.execute("postgres", "create database crm");
        databases.execute("shop", """
                create table customers (id bigint primary key, email text, given_name text, family_name text,
                  mobile text, born date);
                insert into customers values
                  (1, 'ada@example.com', 'Ada', 'Lovelace', '+14155550101', '1815-12-10'),
                  (2, 'bob@example.com', 'Bob', 'Stone', null, null);
                """);
        databases.execute("crm", """
                create table people (mail text primary key, first text, last text check (last <> 'Stone'), tel text,
                  born text);
                insert into people values ('ADA@example.com', 'Ada', 'Byron', '(415) 555-0101', null),
                  ('cyd@example.com', 'Cyd', 'Reed', null, '01/02/1990');
                """);
        databases.write();
        return databases;
    }

    private void write() throws IOException {
        Files.createDirectories(workspace);
        Files.writeString(workspace.resolve("lockstep.yaml"), """
                customer:
                  email:      { type: email, identifies: true }
                  first_name: { type: name }
                  last_name:  { type: name }
                  phone:      { type: phone, region: US }
                  birth_date: { type: date }
                platforms:
                  shop:
                    type: postgres
                    url: ${SHOP_URL}
                    table: customers
                    columns:
                      email: email
                      given_name: first_name
                      family_name: last_name
                      mobile: phone
                      born: birth_date
                    create: false
                  crm:
                    type: postgres
                    url: ${CRM_URL}
                    table: people
                    columns:
                      mail: email
                      first: first_name
                      last: last_name
                      tel: { field: phone, format: national }
                      born: { field: birth_date, format: dd/MM/yyyy }
                """);
        Files.writeString(workspace.resolve(".env"), "SHOP_URL=" + url("shop") + "\nCRM_URL=" + url("crm") + "\n");
    }

    /** As in a workspace. */
    public String url(String database) {
        return "postgres://postgres@localhost:" + postgres.getPort() + "/" + database;
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database, "postgres", "");
    }

    public void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row, as text. */
    public String value(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    public Path workspace() {
        return workspace;
    }

    /** Runs the program in the workspace's folder. */
    public Run run(String... arguments) {
        return runIn(workspace, arguments);
    }

    public static Run runIn(Path folder, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(
                new Surroundings(Map.of(), folder, false), new PrintWriter(out), new PrintWriter(err), arguments);
        return new Run(code, out.toString(), err.toString());
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
