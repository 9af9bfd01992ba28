package dev.lockstep.app.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.app.cli.Lockstep;
import dev.lockstep.app.cli.Opening;
import dev.lockstep.app.cli.Surroundings;
import dev.lockstep.app.cli.TwoDatabases;
import dev.lockstep.app.cli.TwoDatabases.Run;
import dev.lockstep.app.json.Json;
import dev.lockstep.app.workspace.ColumnDefinition;
import dev.lockstep.app.workspace.PlatformDefinition;
import dev.lockstep.app.workspace.Workspace;
import dev.lockstep.app.workspace.WorkspaceReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** A first workspace, from databases of many shapes. */
class InitCommandTest {
    @TempDir
    static Path folder;

    private static TwoDatabases server;

    @BeforeAll
    static void start() throws Exception {
        server = TwoDatabases.in(folder.resolve("unused"));
        Populations people = new Populations();
        fill("store", people.shop());
        fill("sales", people.crm());
        fill("kunden", people.kunden());
        fill("clients", people.clients());
        fill("newsletter", people.newsletter());
    }

    private static void fill(String database, String sql) throws Exception {
        server.execute("postgres", "create database " + database);
        server.execute(database, sql);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private Path init(String name, String... databases) {
        Path target = folder.resolve(name);
        List<String> arguments = new ArrayList<>(List.of("init", name, "--yes", "--postgres"));
        for (String database : databases) arguments.add(server.url(database));
        Run run = TwoDatabases.runIn(folder, arguments.toArray(String[]::new));
        assertThat(run.code()).as(run.err() + run.out()).isZero();
        return target;
    }

    /** Reads what {@code check} reads. */
    private static Workspace read(Path target) {
        return WorkspaceReader.read(target, Opening.specs(), Map.of());
    }

    /** Compares `column: field [format] [values] [region] [separator] [access]` with what was written. */
    private static void compare(Path target, String platform, String expected) throws IOException {
        PlatformDefinition found = Objects.requireNonNull(read(target).platform(platform));
        List<String> wrong = new ArrayList<>();
        List<String> lines = expected.lines().toList();
        for (String line : lines) {
            String path = line.substring(0, line.indexOf(": "));
            String right = line.substring(line.indexOf(": ") + 2).strip();
            String guessed = found.columns().stream()
                    .filter(column -> column.path().equals(path))
                    .findFirst()
                    .map(InitCommandTest::shown)
                    .orElse("-");
            if (!guessed.equals(right)) wrong.add(path + ": " + guessed + ", not " + right);
        }
        String yaml = Files.readString(target.resolve("lockstep.yaml"));
        assertThat(wrong)
                .as(platform + " of " + lines.size() + " columns in\n" + yaml)
                .hasSizeLessThanOrEqualTo(lines.size() / 10);
    }

    private static String shown(ColumnDefinition column) {
        List<String> parts = new ArrayList<>();
        parts.add(column.split().isEmpty() ? String.valueOf(column.field()) : String.join("+", column.split()));
        if (column.format() != null) parts.add(column.format().text());
        column.values().forEach((raw, meaning) -> parts.add(raw + "=" + meaning));
        if (column.settings().region() != null) parts.add(column.settings().region());
        if (column.settings().separator() != null) parts.add(column.settings().separator());
        if (column.settings().currency() != null) parts.add(column.settings().currency());
        return String.join(" ", parts);
    }

    @Test
    void anAmericanShopAndACrmInCamelCaseAreUnderstood() throws Exception {
        Path target = init("american", "store", "sales");

        compare(target, "store", """
                email: email
                password_hash: -
                first_name: first_name
                last_name: last_name
                phone: phone national
                date_of_birth: birth_date
                country_code: country
                preferred_language: language
                newsletter: email_opt_in Y=granted N=unset
                sms_opt_in: sms_opt_in true=granted false=withdrawn
                loyalty_tier: tier
                loyalty_points: points
                total_spent: spent USD
                interests: interests
                website: website
                customer_number: customer_number
                store_id: -
                is_active: -
                created_at: -
                updated_at: -
                """);
        compare(target, "sales", """
                contactId: -
                emailAddress: email
                givenName: first_name
                familyName: last_name
                mobilePhone: phone international
                birthDate: birth_date MM/dd/yyyy
                countryName: country name
                marketingConsent: email_opt_in opted_in=granted opted_out=withdrawn unknown=unset
                customerLevel: tier
                jobTitle: job_title
                companyName: company
                homepage: website
                externalRef: customer_number
                leadSource: source
                lifetimeValue: spent $#,##0.00 USD
                ownerId: -
                """);
    }

    @Test
    void whatIdentifiesAndTheEvidenceAreWrittenDown() throws Exception {
        Path target = init("evident", "store", "sales");

        Workspace workspace = read(target);
        assertThat(workspace.platforms()).extracting(PlatformDefinition::name).containsExactly("store", "sales");
        assertThat(workspace.platforms())
                .extracting(PlatformDefinition::modified)
                .containsExactly("updated_at", "lastModified");
        assertThat(workspace.platforms()).noneMatch(PlatformDefinition::create);
        assertThat(Objects.requireNonNull(workspace.field("email")).identifies())
                .isTrue();
        assertThat(Objects.requireNonNull(workspace.field("customer_number")).identifies())
                .isTrue();
        assertThat(Objects.requireNonNull(workspace.field("phone")).settings().region())
                .isEqualTo("US");
        String yaml = Files.readString(target.resolve("lockstep.yaml"));
        assertThat(yaml)
                .containsPattern("email: email +# all 3\\d\\d values are e-mail addresses")
                .containsPattern("create: false +# true would make \\d+ records, of customers that only others have")
                .containsPattern("newsletter: .*# GUESS: `N` is taken for never asked; if it means no, write"
                        + " `N: withdrawn`; N 2\\d\\d \\(the default\\)")
                .contains("#   a secret: password_hash");
    }

    @Test
    void germanAndFrenchTablesAreUnderstood() throws Exception {
        Path target = init("european", "kunden", "clients");

        compare(target, "kunden", """
                mandant: -
                Kundennr: customer_number
                Anrede: salutation
                Vorname: first_name
                Nachname: last_name
                EMail: email
                TelefonPrivat: phone national
                Handynummer: mobile national
                Geburtsdatum: birth_date dd.MM.yyyy
                Straße: street
                PLZ: postal_code
                Ort: city
                Land: country Deutschland=DE Österreich=AT
                Werbeeinwilligung: email_opt_in ja=granted nein=unset
                Kundengruppe: tier
                Umsatz: spent #.##0,00 € EUR
                Geschlecht: gender w=female m=male
                Sprache: language
                GeändertAm: -
                """);
        compare(target, "clients", """
                code_client: customer_number
                civilite: salutation
                nom: last_name
                prenom: first_name
                courriel: email
                portable: mobile national FR
                date_naissance: birth_date dd/MM/yyyy
                adresse: street
                code_postal: postal_code
                ville: city
                pays: country France=FR Allemagne=DE Belgique=BE
                inscrit_newsletter: email_opt_in oui=granted non=withdrawn
                centres_interet: interests ;
                mot_de_passe: -
                """);
        Workspace workspace = read(target);
        assertThat(workspace.platforms())
                .extracting(PlatformDefinition::modified)
                .containsExactly("GeändertAm", "date_modification");
        assertThat(workspace.platforms().getLast().key()).containsExactly("code_client");
    }

    @Test
    void aDocumentInAColumnIsLookedInto() throws Exception {
        Path target = init("documents", "newsletter", "store");

        compare(target, "newsletter", """
                address: email
                doc.name.first: first_name
                doc.name.last: last_name
                doc.dob: birth_date
                doc.tags: tags
                doc.country: country alpha3
                doc.locale: language
                doc.sms_ok: sms_opt_in true=granted false=withdrawn
                state: email_opt_in subscribed=granted unsubscribed=withdrawn pending=unset
                list_id: -
                """);
    }

    @Test
    void whatIsWrittenPassesTheCheckAndPlansAtOnce() throws Exception {
        Path target = init("checked", "store", "sales", "newsletter");

        Run check = TwoDatabases.runIn(target, "check");
        Run plan = TwoDatabases.runIn(target, "plan");

        assertThat(check.code())
                .as(check.err() + check.out() + Files.readString(target.resolve("lockstep.yaml")))
                .isZero();
        assertThat(check.out()).contains("All is well");
        assertThat(plan.code()).as(plan.err()).isIn(0, 2);
        assertThat(Files.readString(target.resolve(".gitignore")))
                .contains(".lockstep/")
                .contains(".env");
        assertThat(Json.tree(Files.readString(target.resolve("lockstep.schema.json")))
                        .has("properties"))
                .isTrue();
    }

    @Test
    void passwordsStayOutOfTheWorkspaceAndAnythingThereStays() throws Exception {
        Path target = folder.resolve("secrets");
        Files.createDirectories(target);
        Files.writeString(target.resolve(".gitignore"), "mine\n.env");
        String url = server.url("store").replace("postgres@", "postgres:sesame@");

        Run run = TwoDatabases.runIn(folder, "init", "secrets", "--yes", "--json", "--postgres", url);
        Run again = TwoDatabases.runIn(folder, "init", "secrets", "--yes", "--postgres", url);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).doesNotContain("sesame");
        JsonNode answer = Json.tree(run.out());
        assertThat(answer.at("/platforms/0/columns/email").stringValue()).isEqualTo("email");
        assertThat(answer.get("next").stringValue()).isEqualTo("lockstep check --workspace secrets");
        assertThat(Files.readString(target.resolve("lockstep.yaml")))
                .contains("url: ${STORE_URL}")
                .doesNotContain("sesame");
        assertThat(Files.readString(target.resolve(".env"))).isEqualTo("STORE_URL=" + url + "\n");
        assertThat(Files.getPosixFilePermissions(target.resolve(".env"))).hasSize(2);
        assertThat(Files.readString(target.resolve(".gitignore"))).isEqualTo("mine\n.env\n.lockstep/\n");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).startsWith("There is a workspace already");
    }

    @Test
    void theEnvironmentLendsItsNamesAndAPersonSaysWhatADefaultMeans() throws Exception {
        Deque<String> answers = new ArrayDeque<>(List.of(server.url("kunden"), server.url("store"), "", "1", "", "1"));
        List<String> questions = new ArrayList<>();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Path here = folder.resolve("asked");
        Files.createDirectories(here);
        Surroundings surroundings = new Surroundings(Map.of("SHOP_OF_OURS", server.url("store")), here, false);
        Lockstep lockstep = new Lockstep(surroundings);

        int code = new CommandLine(lockstep)
                .addSubcommand(new InitCommand(lockstep, question -> {
                    questions.add(question);
                    return answers.isEmpty() ? "" : answers.removeFirst();
                }))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("init");

        assertThat(code).as(err.toString()).isZero();
        assertThat(questions)
                .anyMatch(question -> question.contains("Werbeeinwilligung is `nein` in")
                        && question.contains("and in every new one")
                        && question.contains("1  no"));
        String yaml = Files.readString(here.resolve("lockstep.yaml"));
        assertThat(yaml)
                .contains("url: ${SHOP_OF_OURS}")
                .contains("url: ${KUNDEN_URL}")
                .contains("values: { ja: granted, nein: withdrawn }");
        assertThat(Files.readString(here.resolve(".env"))).isEqualTo("KUNDEN_URL=" + server.url("kunden") + "\n");
        assertThat(out.toString()).endsWith("Read the lines that say GUESS, then: lockstep check\n");
    }

    @Test
    void aDatabaseWithoutPeopleAndOneThatIsNotThereAreSentences() throws Exception {
        fill("empty", "create table things (id int primary key, weight numeric)");

        Run empty = TwoDatabases.runIn(folder, "init", "nobody", "--postgres", server.url("empty"));
        Run missing = TwoDatabases.runIn(folder, "init", "nobody", "--postgres", server.url("nowhere"));
        Run none = TwoDatabases.runIn(folder, "init", "nobody");

        assertThat(empty.err()).contains("No table of database `empty` looks like people");
        assertThat(missing.err()).contains("there is no database `nowhere`").doesNotContain("Exception");
        assertThat(none.err()).startsWith("Which databases?");
        assertThat(List.of(empty.code(), missing.code(), none.code())).containsOnly(1);
        assertThat(folder.resolve("nobody/lockstep.yaml")).doesNotExist();
    }
}
