package dev.lockstep.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.spi.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void namesAreReadAsSqlReadsThem() {
        assertThat(Sql.nameParts("Public.Customers")).containsExactly("public", "customers");
        assertThat(Sql.nameParts("\"My Schema\".\"x.\"\"y\"")).containsExactly("My Schema", "x.\"y");
        assertThat(Sql.nameParts("sales.Kunden-Liste")).containsExactly("sales", "Kunden-Liste");
    }

    @Test
    void madeNamesAreValidAndDifferForDifferentParts() {
        assertThat(Sql.madeName("lockstep", "demo", "shop")).isEqualTo("lockstep_demo_shop");
        String odd = Sql.madeName("lockstep", "Café & Söhne", "x".repeat(100));
        assertThat(odd).matches("[a-z0-9_]{1,63}");
        assertThat(Sql.madeName("lockstep", "Caf3 & Söhne", "x".repeat(100))).isNotEqualTo(odd);
    }

    @Test
    void keysOfSeveralColumnsSurviveTheirSeparator() {
        for (List<String> parts : List.of(List.of("a", "b"), List.of("a|b", "\\"), List.of("", "|\\|"))) {
            assertThat(KeyText.split(KeyText.join(List.copyOf(parts)), 2)).isEqualTo(parts);
        }
        assertThat(KeyText.join(List.of("a|b"))).isEqualTo("a|b");
    }

    @Test
    void jsonPathsReadAsPostgresReadsThem() {
        String json = "{\"a\": {\"b c\": [1, {\"x\": \"é\\n\"}], \"n\": null, \"t\": true, \"d\": 1.50}}";
        assertThat(JsonText.at(json, List.of("a", "b c"))).isEqualTo("[1, {\"x\": \"é\\n\"}]");
        assertThat(JsonText.at(json, List.of("a", "b c", "1", "x"))).isEqualTo("é\n");
        assertThat(JsonText.at(json, List.of("a", "d"))).isEqualTo("1.50");
        assertThat(JsonText.at(json, List.of("a", "t"))).isEqualTo("true");
        assertThat(JsonText.at(json, List.of("a", "n"))).isNull();
        assertThat(JsonText.at(json, List.of("a", "b c", "7"))).isNull();
        assertThat(JsonText.at("[]", List.of("a"))).isNull();
    }

    @Test
    void copyLinesAreUnescaped() {
        byte[] line = "a\\tb\\\\N\t\\N\t\tü\n".getBytes(StandardCharsets.UTF_8);
        assertThat(FullRead.row(line, 4))
                .isEqualTo(Arrays.asList("a\tb\\N", null, "", "ü").toArray());
    }

    @Test
    void notesComeBackAsWritten() {
        Note note = new Note(
                "my\nspace",
                7,
                List.of(new Note.Entry.Changes(12, "a\nb\\ c"), new Note.Entry.Creates(13), new Note.Entry.Mark("m")));
        assertThat(Note.parse(note.text())).isEqualTo(note);
        assertThat(Note.parse("something else")).isNull();
    }

    @Test
    void positionsComeBackAsWritten() {
        Position position = new Position(0x1a_2b3c_4d5eL, "7391820459912345678", 3);
        assertThat(position.toString()).isEqualTo("1A/2B3C4D5E@7391820459912345678:3");
        assertThat(Position.parse(position.toString())).isEqualTo(position);
    }

    @Test
    void urlsOfLibpqAndJdbcSayTheSame() {
        DatabaseUrl libpq = DatabaseUrl.parse("shop", "postgresql://ada:p%40ss@db.example:5433/crm?sslmode=require");
        assertThat(DatabaseUrl.parse(
                        "shop", "jdbc:postgresql://db.example:5433/crm?user=ada&password=p%40ss&sslmode=require"))
                .isEqualTo(libpq);
        assertThat(libpq)
                .isEqualTo(new DatabaseUrl("db.example:5433", "crm", "ada", "p@ss", Map.of("sslmode", "require")));
        assertThat(libpq.toString()).doesNotContain("p@ss");
    }

    @Test
    void parametersThatLoadCodeAreRefused() {
        assertThatThrownBy(() -> DatabaseUrl.parse("shop", "postgresql://a@h/d?socketFactory=evil.Factory"))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("socketFactory");
        assertThatThrownBy(() -> DatabaseUrl.parse("shop", "mysql://a@h/d")).hasMessageContaining("postgresql://");
    }

    @Test
    void aStatementThatMissedACommitIsNoNewerThanIt() {
        RecentCommits recent = new RecentCommits();
        recent.add(100, 1000);
        recent.add(101, 2000);
        recent.add(102, 3000);
        assertThat(recent.versionOf(Snapshot.parse("103:103:"), 4000)).isEqualTo(3999);
        assertThat(recent.versionOf(Snapshot.parse("101:103:101"), 4000)).isEqualTo(1999);
        assertThat(recent.versionOf(Snapshot.parse("101:101:"), 4000)).isEqualTo(1999);
    }
}
