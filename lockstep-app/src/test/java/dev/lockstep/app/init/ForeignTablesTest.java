package dev.lockstep.app.init;

import static dev.lockstep.app.init.Populations.city;
import static dev.lockstep.app.init.Populations.email;
import static dev.lockstep.app.init.Populations.first;
import static dev.lockstep.app.init.Populations.last;
import static dev.lockstep.app.init.Populations.rows;
import static dev.lockstep.app.init.Populations.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.app.cli.TwoDatabases;
import dev.lockstep.app.cli.TwoDatabases.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as applications make them that nobody here wrote: half empty, full of pointers, with more tables beside. */
class ForeignTablesTest {
    @TempDir
    static Path folder;

    private static TwoDatabases server;
    private static String yaml = "";

    @BeforeAll
    static void start() throws Exception {
        server = TwoDatabases.in(folder.resolve("unused"));
        fill(
                "desk",
                """
                create table contacts (id serial primary key, name text default '', last_name text default '',
                  middle_name text, title text, email text, phone text, fax text, do_not_call boolean default false,
                  unsubscribed_at timestamp, country_id int, state_id int, color int default 0, alt_city text,
                  country text, write_date timestamp);
                create table agents (id int primary key, name text, email text, phone text);
                create table contact_addresses (id serial primary key, contact_id int references contacts (id),
                  street text, postal_code text, phone text);
                """
                        + rows(
                                "contacts",
                                1,
                                300,
                                i -> String.join(
                                        ", ",
                                        i + "",
                                        text(first(i) + " " + last(i)),
                                        "''",
                                        "null",
                                        i % 3 == 0 ? "'Head of Sales'" : "'Engineer " + i % 7 + "'",
                                        text(email(i)),
                                        text("061/" + (123400 + i)),
                                        text("+387 33 20" + (1000 + i)),
                                        i % 9 == 0 ? "true" : "false",
                                        i % 9 == 0 ? "now()" : "null",
                                        i % 5 + "",
                                        "33",
                                        "0",
                                        text(city(i)),
                                        "'BA'",
                                        "now()"))
                        + rows("agents", 1, 6, i -> i + ", 'Agent', 'agent" + i + "@example.com', '+38761123456'")
                        + rows(
                                "contact_addresses",
                                1,
                                300,
                                i -> i + ", " + i + ", 'Main St. " + i + "', '7" + (1000 + i) + "', null"));
        fill(
                "pile",
                "create table people (mail text, first_name text, last_name text, phone text);"
                        + rows(
                                "people",
                                1,
                                100,
                                i -> String.join(", ", text(email(i)), text(first(i)), text(last(i)), "null")));
        Run run = TwoDatabases.runIn(folder, "init", "desk", "--yes", "--postgres", server.url("desk"));
        assertThat(run.code()).as(run.err()).isZero();
        yaml = Files.readString(folder.resolve("desk/lockstep.yaml"));
    }

    private static void fill(String database, String sql) throws Exception {
        server.execute("postgres", "create database " + database);
        server.execute(database, sql);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void aNameBesideAnEmptyLastNameIsAWholeName() {
        assertThat(yaml).containsPattern("  name: full_name ").doesNotContain("last_name: last_name");
    }

    @Test
    void aTitleIsAJobWhereItsWordsDoNotStandBeforeNames() {
        assertThat(yaml).containsPattern("title: job_title ").doesNotContain("salutation");
    }

    @Test
    void aYesThatSaysNoIsReadAsNo() {
        assertThat(yaml)
                .contains("do_not_call: { field: phone_opt_in, values: { true: withdrawn, false: unset } }")
                .contains("a consent by its date: map a column that says yes or no: unsubscribed_at");
    }

    @Test
    void pointersAndWhatIsTheSameInEveryRowStayOut() {
        assertThat(yaml)
                .containsPattern("points at something else: .*country_id, state_id")
                .containsPattern("the same in every row: .*color")
                .containsPattern("holds nothing: .*last_name");
    }

    @Test
    void phonesAreOfTheCountryThatTheTableNames() {
        assertThat(yaml).contains("phone: { type: phone, region: BA }").containsPattern("fax: \\{ field: fax");
    }

    @Test
    void theTimeOfTheLastWriteIsFoundUnderAnyName() {
        assertThat(yaml).contains("modified: write_date");
    }

    @Test
    void tablesBesideAreToldAndNotMapped() {
        assertThat(yaml.replaceAll("\\s+#?\\s*", " "))
                .contains("public.contact_addresses, by its contact_id, holds street, postal_code")
                .contains("Left out, having few rows: public.agents (5)")
                .doesNotContain("table: public.agents");
    }

    @Test
    void aTableOfPeopleWithoutAKeyIsNamedWithTheRemedy() throws Exception {
        Run run = TwoDatabases.runIn(folder, "init", "pile", "--yes", "--postgres", server.url("pile"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("public.people holds people").contains("primary key");
    }

    @Test
    void aCountryThatOnlyTheLookOfNumbersTellsIsAGuess() throws Exception {
        String row =
                "create table people (id int primary key, mail text, first_name text, last_name text, phone text);";
        fill(
                "lines",
                row
                        + rows(
                                "people",
                                1,
                                100,
                                i -> String.join(
                                        ", ",
                                        i + "",
                                        text(email(i)),
                                        text(first(i)),
                                        text(last(i)),
                                        text("07700 900" + (100 + i)))));
        Run run = TwoDatabases.runIn(folder, "init", "lines", "--yes", "--postgres", server.url("lines"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.readString(folder.resolve("lines/lockstep.yaml")))
                .containsPattern("phone: .*GUESS: only the look of the numbers speaks for");
    }
}
