package dev.lockstep.core.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.core.normalise.Consents;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Normalisers;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.SetValue;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.core.normalise.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns by example: what a text reads as, and what is written of a value. */
class ColumnLensTest {

    private static ColumnOptions column(FieldType type) {
        return ColumnOptions.of(type);
    }

    private static Map<String, String> table(String... entries) {
        Map<String, String> table = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            table.put(entries[i], entries[i + 1]);
        }
        return table;
    }

    private static Value value(FieldType type, String text) {
        return Normalisers.of(type).read(text, Settings.NONE).valueOrNull();
    }

    /** {@code raw} reads as {@code text}, which is written as {@code written}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    DATE     | TEXT        | dd/MM/yyyy                   |                  | 09/12/1815                  | 1815-12-09                  | 09/12/1815
                    DATE     | TEXT        | dd/MM/yy from 1930           |                  | 09/12/29                    | 2029-12-09                  | 09/12/29
                    DATE     | TEXT        | dd/MM/yy from 1930           |                  | 09/12/30                    | 1930-12-09                  | 09/12/30
                    DATE     | TEXT        | d MMM yyyy                   |                  | 1 MAY 2024                  | 2024-05-01                  | 1 May 2024
                    DATE     | TEXT        |                              |                  | 2024-05-01                  | 2024-05-01                  | 2024-05-01
                    DATE     | TIMESTAMP   |                              | America/New_York | 2024-05-01 23:00:00         | 2024-05-01                  | 2024-05-01T00:00:00
                    DATE     | TIMESTAMPTZ |                              | America/New_York | 2024-05-02 01:00:00+00      | 2024-05-01                  | 2024-05-01T00:00:00-04:00
                    DATE     | NUMBER      | epoch_millis                 |                  | 1714521600000               | 2024-05-01                  | 1714521600000
                    DATE     | NUMBER      | yyyyMMdd                     |                  | 20240501                    | 2024-05-01                  | 20240501
                    DATETIME | TIMESTAMPTZ |                              |                  | 2024-05-01 12:00:00.123+02  | 2024-05-01T10:00:00.123Z    | 2024-05-01T10:00:00.123Z
                    DATETIME | TIMESTAMP   |                              | Europe/Berlin    | 2024-05-01 12:00:00.5       | 2024-05-01T10:00:00.5Z      | 2024-05-01T12:00:00.5
                    DATETIME | DATE        |                              | Europe/Berlin    | 2024-05-01                  | 2024-04-30T22:00:00Z        | 2024-05-01
                    DATETIME | NUMBER      | epoch_seconds                |                  | 1714557600                  | 2024-05-01T10:00:00Z        | 1714557600
                    DATETIME | NUMBER      | epoch_millis                 |                  | -1                          | 1969-12-31T23:59:59.999Z    | -1
                    DATETIME | TEXT        | dd.MM.yyyy HH:mm             | Europe/Berlin    | 01.05.2024 12:00            | 2024-05-01T10:00:00Z        | 01.05.2024 12:00
                    DATETIME | TEXT        | yyyy-MM-dd'T'HH:mm:ssXXX     |                  | 2024-05-01T12:00:00+02:00   | 2024-05-01T10:00:00Z        | 2024-05-01T10:00:00Z
                    NUMBER   | TEXT        | '#,##0.00'                   |                  | 1,234.5                     | 1234.5                      | 1,234.50
                    NUMBER   | TEXT        | '#.##0,00'                   |                  | 1.234,5                     | 1234.5                      | 1.234,50
                    NUMBER   | TEXT        | '# ##0,##'                   |                  | 1234567                     | 1234567                     | 1 234 567
                    NUMBER   | TEXT        | '#,##,##0'                   |                  | 1,23,45,678                 | 12345678                    | 1,23,45,678
                    NUMBER   | TEXT        | '$#,##0.00'                  |                  | -$1,234.50                  | -1234.5                     | -$1,234.50
                    NUMBER   | NUMBER      |                              |                  | 12.00                       | 12                          | 12
                    NUMBER   | JSON        |                              |                  | 12.0                        | 12                          | 12
                    BOOLEAN  | BOOLEAN     |                              |                  | t                           | true                        | true
                    BOOLEAN  | NUMBER      |                              |                  | 0                           | false                       | 0
                    BOOLEAN  | JSON        |                              |                  | true                        | true                        | true
                    CONSENT  | BOOLEAN     |                              |                  | t                           | granted                     | true
                    CONSENT  | BOOLEAN     |                              |                  | f                           | withdrawn                   | false
                    TEXT     | NUMBER      |                              |                  | 12.00                       | 12                          | 12
                    TEXT     | JSON        |                              |                  | "a\\"b"                     | a"b                         | "a\\"b"
                    TEXT     | JSON        |                              |                  | plain                       | plain                       | "plain"
                    COUNTRY  | TEXT        | name                         |                  | DEU                         | DE                          | Germany
                    COUNTRY  | TEXT        | alpha3                       |                  | Germany                     | DE                          | DEU
                    JSON     | JSON        |                              |                  | {"b": 1, "a": 2}            | {"a":2,"b":1}               | {"a":2,"b":1}
                    """)
    void readsAndWrites(
            FieldType type, ColumnKind kind, String format, String zone, String raw, String text, String written) {
        ColumnLens lens = ColumnLens.of(column(type)
                .withKind(kind)
                .withFormat(format)
                .withZone(zone == null ? null : Settings.zoneNamed(zone)));
        Reading reading = lens.read(raw);
        assertThat(reading.valueOrNull()).as("%s", reading).isEqualTo(Value.of(text));
        assertThat(lens.write(Value.of(text), null)).isEqualTo(written);
        assertThat(lens.agrees(raw, Value.of(text))).isTrue();
        assertThat(lens.read(null)).isEqualTo(Reading.BLANK);
        assertThat(lens.write(null, raw)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    national       | US | +14155552671        | (415) 555-2671
                    national       | US | +14155552671;ext=5  | (415) 555-2671 ext. 5
                    national       | US | +4930123456         | +49 30 123456
                    national       | DE | +4930123456         | 030 123456
                    international  |    | +14155552671        | +1 415-555-2671
                    e164           |    | +14155552671;ext=5  | +14155552671;ext=5
                    """)
    void phones(String format, String region, String value, String written) {
        ColumnLens lens =
                ColumnLens.of(column(FieldType.PHONE).withFormat(format).withRegion(region));
        assertThat(lens.write(Value.of(value), null)).isEqualTo(written);
        assertThat(lens.read(written)).isEqualTo(Reading.of(value));
    }

    @Test
    void aDateAndATimeAgreeAtTheCoarserOfTheTwo() {
        ColumnLens date = ColumnLens.of(column(FieldType.DATETIME).withFormat("dd/MM/yyyy"));
        Value instant = Value.of("2024-05-01T10:30:00Z");
        assertThat(date.roundTrip(instant, null)).isEqualTo(Reading.of("2024-05-01T00:00:00Z"));
        assertThat(date.agrees("01/05/2024", instant)).isTrue();
        assertThat(date.agrees("02/05/2024", instant)).isFalse();

        ColumnLens time = ColumnLens.of(column(FieldType.DATETIME).withKind(ColumnKind.TIMESTAMPTZ));
        Value day = Value.of("2024-05-01T00:00:00Z");
        assertThat(time.agrees("2024-05-01 10:30:00+00", day)).isFalse();
        assertThat(time.agrees("2024-05-01 10:30:00+00", day, date)).isTrue();
        assertThat(time.agrees("2024-05-02 10:30:00+00", day, date)).isFalse();
        assertThat(time.agrees(null, day, date)).isFalse();
    }

    @Test
    void aConsentThatCannotTellWithdrawnFromUnsetWritesTheOneForTheOther() {
        ColumnLens lens = ColumnLens.of(column(FieldType.CONSENT).withValues(table("Y", "granted", "N", "unset")));
        assertThat(lens.read("N")).isEqualTo(Reading.of(Consents.UNSET));
        assertThat(lens.write(Consents.WITHDRAWN, "Y")).isEqualTo("N");
        assertThat(lens.roundTrip(Consents.WITHDRAWN, "Y")).isEqualTo(Reading.of(Consents.UNSET));
        assertThat(lens.agrees("N", Consents.WITHDRAWN)).isTrue();
        assertThat(lens.agrees("Y", Consents.WITHDRAWN)).isFalse();
        assertThat(lens.invertible()).isTrue();

        ColumnLens bool = ColumnLens.of(column(FieldType.CONSENT).withKind(ColumnKind.BOOLEAN));
        assertThat(bool.write(Consents.UNSET, null)).isEqualTo("false");
        assertThat(bool.agrees("f", Consents.UNSET)).isTrue();

        ColumnLens blank = ColumnLens.of(column(FieldType.CONSENT).withValues(table("in", "granted", "", "unset")));
        assertThat(blank.read(null)).isEqualTo(Reading.of(Consents.UNSET));
        assertThat(blank.write(Consents.WITHDRAWN, "in")).isNull();
    }

    @Test
    void aGrantTakesBackWhatAColumnThatOnlyKnowsOptOutsSaid() {
        ColumnLens lens = ColumnLens.of(column(FieldType.CONSENT)
                .withKind(ColumnKind.BOOLEAN)
                .withValues(table("true", "withdrawn", "false", "unset")));
        assertThat(lens.write(Consents.GRANTED, "true")).isEqualTo("false");
        assertThat(lens.agrees("true", Consents.GRANTED)).isFalse();
        assertThat(lens.agrees("false", Consents.GRANTED)).isTrue();
        assertThat(lens.agrees(null, Consents.GRANTED))
                .as("nothing to take back")
                .isTrue();
        assertThat(lens.write(Consents.GRANTED, null)).isNull();
        assertThat(lens.roundTrip(Consents.GRANTED, "false")).isEqualTo(Reading.of(Consents.UNSET));
        assertThat(lens.agrees("false", Consents.WITHDRAWN)).isFalse();

        ColumnLens only = ColumnLens.of(column(FieldType.CONSENT).withValues(table("stop", "withdrawn")));
        assertThat(only.roundTrip(Consents.GRANTED, "stop")).isInstanceOf(Reading.Unparsed.class);
    }

    @Test
    void tablesAreOfTheColumnsKind() {
        ColumnLens bool = ColumnLens.of(column(FieldType.CONSENT)
                .withKind(ColumnKind.BOOLEAN)
                .withValues(table("f", "granted", "t", "withdrawn")));
        assertThat(bool.read("false")).isEqualTo(Reading.of(Consents.GRANTED));
        assertThat(bool.write(Consents.GRANTED, null)).isEqualTo("false");

        ColumnLens number = ColumnLens.of(
                column(FieldType.TEXT).withKind(ColumnKind.NUMBER).withValues(table("1", "gold", "2", "silver")));
        assertThat(number.read("1.0")).isEqualTo(Reading.of("gold"));
        assertThat(number.read("3")).isInstanceOf(Reading.Unparsed.class);
        assertThat(number.roundTrip(Value.of("bronze"), "1")).isInstanceOf(Reading.Unparsed.class);
        assertThat(number.write(Value.of("bronze"), "1")).isEqualTo("1");
        assertThat(number.agrees("1", Value.of("bronze"))).isFalse();

        ColumnLens json = ColumnLens.of(column(FieldType.CONSENT)
                .withKind(ColumnKind.JSON)
                .withValues(table("true", "granted", "false", "unset")));
        assertThat(json.write(Consents.GRANTED, "false")).isEqualTo("true");
        assertThat(json.write(Consents.GRANTED, "\"false\"")).isEqualTo("\"true\"");
    }

    @Test
    void aSetKeepsTheFormThatTheColumnHolds() {
        Value set = SetValue.of(List.of("a", "b c"));
        ColumnLens text = ColumnLens.of(column(FieldType.SET));
        assertThat(text.write(set, null)).isEqualTo("a,b c");
        assertThat(text.write(set, "[\"x\"]")).isEqualTo("[\"a\",\"b c\"]");
        assertThat(text.write(set, "{x}")).isEqualTo("{a,\"b c\"}");
        assertThat(text.write(SetValue.of(List.of("a,b")), "x")).isEqualTo("[\"a,b\"]");
        assertThat(text.agrees(null, SetValue.EMPTY)).isTrue();
        assertThat(text.agrees("[]", null)).isTrue();

        ColumnLens cut = ColumnLens.of(column(FieldType.SET).withSeparator("; "));
        assertThat(cut.read("b c;a;")).isEqualTo(Reading.of(set));
        assertThat(cut.write(set, null)).isEqualTo("a; b c");
        assertThat(cut.roundTrip(SetValue.of(List.of("x;y")), null)).isInstanceOf(Reading.Unparsed.class);

        ColumnLens array = ColumnLens.of(column(FieldType.SET).withKind(ColumnKind.ARRAY));
        assertThat(array.write(set, null)).isEqualTo("{a,\"b c\"}");
        assertThat(array.write(SetValue.EMPTY, "{x}")).isEqualTo("{}");
        assertThat(array.read("{\"b c\",a}")).isEqualTo(Reading.of(set));
        assertThat(array.agrees("{}", null)).isTrue();

        ColumnLens table =
                ColumnLens.of(column(FieldType.SET).withSeparator(";").withValues(table("1", "gold", "2", "silver")));
        assertThat(table.read("2;1")).isEqualTo(Reading.of(SetValue.of(List.of("gold", "silver"))));
        assertThat(table.write(SetValue.of(List.of("gold", "silver")), null)).isEqualTo("1;2");
        assertThat(table.read("3")).isInstanceOf(Reading.Unparsed.class);
    }

    @Test
    void moneyOfOneCurrencyTakesNoOther() {
        ColumnLens euros = ColumnLens.of(
                column(FieldType.MONEY).withKind(ColumnKind.NUMBER).withCurrency("EUR"));
        assertThat(euros.read("12.50")).isEqualTo(Reading.of("12.5 EUR"));
        assertThat(euros.write(Value.of("12.5 EUR"), null)).isEqualTo("12.5");
        assertThat(euros.roundTrip(Value.of("12.5 USD"), null)).isInstanceOf(Reading.Unparsed.class);
        ColumnLens any = ColumnLens.of(column(FieldType.MONEY).withFormat("#,##0.00 ¤"));
        assertThat(any.write(Value.of("1234.5 USD"), null)).isEqualTo("1,234.50 USD");
        assertThat(any.read("1,234.50 USD")).isEqualTo(Reading.of("1234.5 USD"));
    }

    @Test
    void whatDoesNotFitIsNotCut() {
        ColumnLens lens = ColumnLens.of(column(FieldType.TEXT).withMaxLength(3));
        assertThat(lens.roundTrip(Value.of("abcd"), "x")).isInstanceOf(Reading.Unparsed.class);
        assertThat(lens.write(Value.of("abcd"), "x")).isEqualTo("x");
        assertThat(lens.write(Value.of("a😀c"), "x")).isEqualTo("a😀c");
    }

    @Test
    void aColumnOnlyWrittenNeedNotBeReadable() {
        ColumnLens month =
                ColumnLens.of(column(FieldType.DATE).withFormat("MM/yyyy").withAccess(Access.WRITE));
        assertThat(month.write(Value.of("2024-05-01"), null)).isEqualTo("05/2024");
        assertThat(month.agrees("05/2024", Value.of("2024-05-20"))).isTrue();
        assertThat(month.agrees("06/2024", Value.of("2024-05-20"))).isFalse();
        assertThat(month.invertible()).isFalse();
        assertThat(month.readable()).isFalse();
        assertThat(month.writable()).isTrue();
    }

    @Test
    void whatCannotBeInvertedIsRefusedWithARemedy() {
        assertRefused(column(FieldType.DATE).withFormat("MM/yyyy"), "access: write");
        assertRefused(column(FieldType.DATE).withFormat("dd/MM/yy"), "from 1930");
        assertRefused(column(FieldType.DATE).withFormat("dd/MM/YYYY"), "write `y`");
        assertRefused(column(FieldType.DATE).withFormat("dd/MM/yyyy bogus"), "java.time pattern");
        assertRefused(column(FieldType.DATETIME).withFormat("dd/MM/yyyy hh:mm"), "`HH`");
        assertRefused(column(FieldType.DATE).withKind(ColumnKind.DATE).withFormat("dd/MM/yyyy"), "leave out");
        assertRefused(column(FieldType.DATETIME).withKind(ColumnKind.NUMBER), "epoch_millis");
        assertRefused(column(FieldType.PHONE).withFormat("national"), "region: US");
        assertRefused(column(FieldType.PHONE).withKind(ColumnKind.NUMBER), "access: read");
        assertRefused(column(FieldType.EMAIL).withFormat("x"), "no `format`");
        assertRefused(column(FieldType.EMAIL).withKind(ColumnKind.ARRAY), "access: read");
        assertRefused(column(FieldType.CONSENT).withKind(ColumnKind.NUMBER), "`values`");
        assertRefused(column(FieldType.CONSENT).withValues(table("Y", "granted")), "`withdrawn` or `unset`");
        assertRefused(column(FieldType.CONSENT).withValues(table("Y", "yes", "N", "unset")), "no consent");
        assertRefused(column(FieldType.BOOLEAN).withValues(table("Y", "true", "J", "true")), "access: read");
        assertRefused(column(FieldType.MONEY).withKind(ColumnKind.NUMBER), "currency: EUR");
        assertRefused(column(FieldType.NUMBER).withFormat("abc"), "#,##0.00");
        assertRefused(column(FieldType.COUNTRY).withFormat("iso"), "alpha3");
        assertThat(ColumnLens.of(column(FieldType.BOOLEAN)
                                .withValues(table("Y", "true", "J", "true"))
                                .withAccess(Access.READ))
                        .read("J"))
                .isEqualTo(Reading.of("true"));
    }

    private static void assertRefused(ColumnOptions options, String remedy) {
        assertThatThrownBy(() -> ColumnLens.of(options))
                .isInstanceOf(LensException.class)
                .hasMessageContaining(remedy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Ada Lovelace              | Ada        | Lovelace
                    Ada King  Lovelace        | Ada King   | Lovelace
                    Lovelace, Ada             | Ada        | Lovelace
                    'King Lovelace, Ada M.'   | Ada M.     | King Lovelace
                    Ada                       | Ada        |
                    ' , '                     | ,          |
                    ''                        |            |
                    """)
    void aNameIsSplitAtItsLastWord(String raw, String first, String last) {
        List<Reading> readings = new Split(List.of(FieldType.NAME, FieldType.NAME)).read(raw);
        assertThat(readings).hasSize(2);
        assertThat(readings.get(0).valueOrNull()).isEqualTo(first == null ? null : value(FieldType.NAME, first));
        assertThat(readings.get(1).valueOrNull()).isEqualTo(last == null ? null : value(FieldType.NAME, last));
    }

    @Test
    void threeFieldsShareTheFirstWordsInOrder() {
        Split split = new Split(List.of(FieldType.NAME, FieldType.NAME, FieldType.NAME));
        assertThat(split.read("Ada Mary King Lovelace").stream()
                        .map(reading -> reading.valueOrNull().text()))
                .containsExactly("Ada", "Mary King", "Lovelace");
        assertThat(split.read("Ada Lovelace").get(1)).isEqualTo(Reading.BLANK);
        assertThat(split.read(null)).containsOnly(Reading.BLANK);
    }

    @ParameterizedTest
    @CsvSource({
        "email, 1, email",
        "attrs.name.first, 3, attrs",
        "'E\\.Mail', 1, E.Mail",
        "'a\\\\b.c', 2, 'a\\b'",
        "E-Mail (new), 1, E-Mail (new)"
    })
    void pathsAreReadAndWrittenBack(String written, int segments, String first) {
        ColumnPath path = ColumnPath.parse(written);
        assertThat(path.segments()).hasSize(segments);
        assertThat(path.first()).isEqualTo(first);
        assertThat(path.toString()).isEqualTo(written);
        assertThat(path.isNested()).isEqualTo(segments > 1);
    }

    @ParameterizedTest
    @CsvSource({"''", "a..b", ".a", "a.", "'a\\'", "'a\\b'"})
    void badPathsAreRefused(String written) {
        assertThatThrownBy(() -> ColumnPath.parse(written)).isInstanceOf(LensException.class);
    }
}
