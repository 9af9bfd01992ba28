package dev.lockstep.core.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each normaliser by example: raw text, canonical text; {@code -} is what does not parse. */
class NormaliserTablesTest {

    private static final String UNPARSED = "-";

    private static void check(FieldType type, String raw, String canonical, Settings settings) {
        Reading reading = Normalisers.of(type).read(raw, settings);
        if (canonical.equals(UNPARSED)) {
            assertThat(reading).as(raw).isInstanceOf(Reading.Unparsed.class);
        } else {
            assertThat(reading.valueOrNull()).as("%s: %s", raw, reading).isEqualTo(Value.of(canonical));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ' Ada@X.COM '              | ada@x.com
                    a.b+tag@gmail.com          | a.b+tag@gmail.com
                    ada@bücher.example         | ada@xn--bcher-kva.example
                    ada@BÜCHER.example         | ada@xn--bcher-kva.example
                    ada@faß.de                 | ada@xn--fa-hia.de
                    ada@例え.テスト             | ada@xn--r8jz45g.xn--zckzah
                    ada@例え。テスト            | ada@xn--r8jz45g.xn--zckzah
                    ada@x.com.                 | ada@x.com
                    İpek@x.com                 | i̇pek@x.com
                    o'brien@x.ie               | o'brien@x.ie
                    a..b.@docomo.ne.jp         | a..b.@docomo.ne.jp
                    ada                        | -
                    @x.com                     | -
                    ada@                       | -
                    ada@localhost              | -
                    ada@127.0.0.1              | -
                    ada@x..com                 | -
                    ada@-x.com                 | -
                    ada@x_y.com                | -
                    ada lovelace@x.com         | -
                    Ada <ada@x.com>            | -
                    ada@x.com, bob@x.com       | -
                    ada@b@x.com                | -
                    ada@x.c                    | -
                    n/a                        | -
                    """)
    void emails(String raw, String canonical) {
        check(FieldType.EMAIL, raw, canonical, Settings.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    (415) 555-2671             | US | +14155552671
                    415.555.2671 x5            | US | +14155552671;ext=5
                    1-415-555-2671 ext. 12     | US | +14155552671;ext=12
                    +14155552671;ext=5         |    | +14155552671;ext=5
                    +1 415 555 2671            |    | +14155552671
                    +49 (0)30 123456           |    | +4930123456
                    030 123456                 | DE | +4930123456
                    0049 30 123456             | DE | +4930123456
                    06 1234 5678               | IT | +390612345678
                    1-800-FLOWERS              | US | +18003569377
                    ４１５５５５２６７１        | US | +14155552671
                    tel:+1-415-555-2671        |    | +14155552671
                    555-2671                   | US | -
                    415 555 2671               |    | -
                    +1 415                     |    | -
                    +999 123 456 789           |    | -
                    +1 415 555 26711234567     |    | -
                    Ada                        | US | -
                    """)
    void phones(String raw, String region, String canonical) {
        check(FieldType.PHONE, raw, canonical, Settings.NONE.withRegion(region));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ' ada   LOVELACE '         | ada LOVELACE   | ada lovelace
                    Straße                     | Straße         | strasse
                    STRASSE                    | STRASSE        | strasse
                    GROẞ                       | GROẞ           | gross
                    IŞIL                       | IŞIL           | işil
                    Işıl                       | Işıl           | işil
                    İSMAİL                     | İSMAİL         | ismail
                    ismail                     | ismail         | ismail
                    ΣΊΣΥΦΟΣ                    | ΣΊΣΥΦΟΣ        | σίσυφοσ
                    Σίσυφος                    | Σίσυφος        | σίσυφοσ
                    ﬃn                         | ﬃn             | ffin
                    李小龍                      | 李小龍          | 李小龍
                    """)
    void names(String raw, String text, String key) {
        assertThat(Normalisers.of(FieldType.NAME).read(raw, Settings.NONE).valueOrNull())
                .isEqualTo(new Value(text, key));
        assertThat(Normalisers.of(FieldType.NAME)
                        .read(Normalizer.normalize(raw, Normalizer.Form.NFD), Settings.NONE)
                        .valueOrNull())
                .isEqualTo(new Value(text, key));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2024-02-29                 | 2024-02-29
                    2024/02/29                 | 2024-02-29
                    20240229                   | 2024-02-29
                    2024-02-29 23:59:59+14     | 2024-02-29
                    2024-02-29T00:00:00Z       | 2024-02-29
                    ٢٠٢٤-٠٢-٢٩                 | 2024-02-29
                    0001-01-01                 | 0001-01-01
                    2023-02-29                 | -
                    0000-01-01                 | -
                    29.02.2024                 | -
                    02/29/2024                 | -
                    24-02-29                   | -
                    2024-2-29                  | -
                    infinity                   | -
                    0044-03-15 BC              | -
                    """)
    void dates(String raw, String canonical) {
        check(FieldType.DATE, raw, canonical, Settings.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2024-05-01 12:00:00.123456+02 | 2024-05-01T10:00:00.123456Z
                    2024-05-01 12:00:00.100+02:00 | 2024-05-01T10:00:00.1Z
                    2024-05-01T10:00Z             | 2024-05-01T10:00:00Z
                    2024-05-01T10:00:00.1234567Z  | 2024-05-01T10:00:00.123456Z
                    2024-05-01T12:00:00,5+0200    | 2024-05-01T10:00:00.5Z
                    20240501T100000Z              | 2024-05-01T10:00:00Z
                    2024-05-01 10:00:00 UTC       | 2024-05-01T10:00:00Z
                    2024-05-01 10:00:00           | 2024-05-01T08:00:00Z
                    2024-05-01                    | 2024-04-30T22:00:00Z
                    2024-03-31 02:30:00           | 2024-03-31T01:30:00Z
                    2024-10-27 02:30:00           | 2024-10-27T00:30:00Z
                    1800-01-01 00:00:00+00:53:28  | 1799-12-31T23:06:32Z
                    0001-01-01 00:00:00+02        | -
                    2024-05-01 24:00:00           | -
                    2024-05-01 10:00:00+25        | -
                    12:00                         | -
                    1714557600                    | -
                    infinity                      | -
                    """)
    void datetimes(String raw, String canonical) {
        check(FieldType.DATETIME, raw, canonical, Settings.ofZone(Settings.zoneNamed("Europe/Berlin")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    012.50                     | 12.5
                    '+1'                       | 1
                    -0.00                      | 0
                    .5                         | 0.5
                    5.                         | 5
                    1.5E3                      | 1500
                    1e-7                       | 0.0000001
                    100                        | 100
                    '−3'                       | -3
                    '१२.५'                     | 12.5
                    9007199254740993           | 9007199254740993
                    1,234                      | -
                    1 234                      | -
                    NaN                        | -
                    Infinity                   | -
                    1e999999999                | -
                    0x10                       | -
                    1.2.3                      | -
                    .                          | -
                    e5                         | -
                    '--1'                      | -
                    """)
    void numbers(String raw, String canonical) {
        check(FieldType.NUMBER, raw, canonical, Settings.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    12.50 EUR                  |     | 12.5 EUR
                    usd 3                      |     | 3 USD
                    €12.50                     |     | 12.5 EUR
                    -£2.50                     |     | -2.5 GBP
                    £-2.50                     |     | -2.5 GBP
                    12.50                      | USD | 12.5 USD
                    $12                        | CAD | 12 CAD
                    US$12                      |     | 12 USD
                    12 zł                      |     | 12 PLN
                    1,000 EUR                  |     | -
                    12.50                      |     | -
                    $12                        |     | -
                    $12                        | EUR | -
                    12 XYZ                     |     | -
                    EUR                        |     | -
                    EUR 1 USD                  |     | -
                    """)
    void money(String raw, String currency, String canonical) {
        check(FieldType.MONEY, raw, canonical, Settings.NONE.withCurrency(currency));
    }

    @ParameterizedTest
    @CsvSource({
        "t, true",
        "TRUE, true",
        "yes, true",
        "1, true",
        "On, true",
        "f, false",
        "No, false",
        "0, false",
        "off, false",
        "2, -",
        "maybe, -",
        "ja, -"
    })
    void booleans(String raw, String canonical) {
        check(FieldType.BOOLEAN, raw, canonical, Settings.NONE);
    }

    @ParameterizedTest
    @CsvSource({"granted, granted", "Withdrawn, withdrawn", "UNSET, unset", "true, -", "yes, -"})
    void consents(String raw, String canonical) {
        check(FieldType.CONSENT, raw, canonical, Settings.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    de                         | DE
                    DEU                        | DE
                    Germany                    | DE
                    GERMANY                    | DE
                    Deutschland                | DE
                    Österreich                 | AT
                    Osterreich                 | AT
                    España                     | ES
                    日本                        | JP
                    भारत                       | IN
                    USA                        | US
                    U.S.A.                     | US
                    United States of America   | US
                    UK                         | GB
                    Scotland                   | GB
                    The Netherlands            | NL
                    Côte d’Ivoire              | CI
                    Cote d'Ivoire              | CI
                    Trinidad and Tobago        | TT
                    Trinidad & Tobago          | TT
                    Korea, Republic of         | KR
                    Czech Republic             | CZ
                    Türkiye                    | TR
                    Turkey                     | TR
                    Kosovo                     | XK
                    xx                         | -
                    Atlantis                   | -
                    Europe                     | -
                    12                         | -
                    """)
    void countries(String raw, String canonical) {
        check(FieldType.COUNTRY, raw, canonical, Settings.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    en                         | en
                    EN_us                      | en-US
                    pt_BR.UTF-8                | pt-BR
                    zh-hans-cn                 | zh-Hans-CN
                    eng                        | en
                    ger                        | de
                    deu                        | de
                    deu-at                     | de-AT
                    German                     | de
                    iw                         | he
                    he                         | he
                    haw                        | haw
                    zh-yue                     | yue
                    sr-Latn-RS                 | sr-Latn-RS
                    xx                         | -
                    foo                        | -
                    Klingonese                 | -
                    en-                        | -
                    12                         | -
                    """)
    void languages(String raw, String canonical) {
        check(FieldType.LANGUAGE, raw, canonical, Settings.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    HTTP://Example.COM:80/a/../%7eb   | http://example.com/~b
                    https://x.com                     | https://x.com/
                    https://x.com:443?q               | https://x.com/?q
                    https://x.com:8443/               | https://x.com:8443/
                    https://x.com:/                   | https://x.com/
                    example.com                       | https://example.com/
                    www.x.com/a b                     | https://www.x.com/a%20b
                    x.com:8080/a                      | https://x.com:8080/a
                    https://bücher.example/ü?ä#ö      | https://xn--bcher-kva.example/%C3%BC?%C3%A4#%C3%B6
                    https://x.com/%c3%bc              | https://x.com/%C3%BC
                    https://x.com/%zz                 | https://x.com/%25zz
                    https://x.com/a/./b/../../c/..    | https://x.com/
                    https://x.com/a//b                | https://x.com/a//b
                    https://x.com/%2e%2e/a            | https://x.com/a
                    https://x.com/a%2Fb               | https://x.com/a%2Fb
                    https://u:p@x.com/                | https://u:p@x.com/
                    http://[2001:DB8::1]:80/          | http://[2001:db8::1]/
                    mailto:Ada@x.com                  | mailto:Ada@x.com
                    http://localhost:3000/            | http://localhost:3000/
                    https://                          | -
                    http://x.com:99999/               | -
                    Ada                               | -
                    a b.com                           | -
                    javascript:alert(1)               | -
                    n/a                               | -
                    """)
    void urls(String raw, String canonical) {
        check(FieldType.URL, raw, canonical, Settings.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    b, a, b                    | ["a","b"]
                    ["b", "a", 1, null, true]  | ["1","a","b","true"]
                    {b,"a c",NULL,"NULL"}      | ["NULL","a c","b"]
                    {"x\\"y","\\\\"}           | ["\\\\","x\\"y"]
                    {}                         | []
                    []                         | []
                    [0:1]={x,y}                | ["x","y"]
                    vip                        | ["vip"]
                    [a                         | ["[a"]
                    ,,                         | []
                    {"",a," "}                 | ["a"]
                    [[1]]                      | -
                    """)
    void sets(String raw, String canonical) {
        check(FieldType.SET, raw, canonical, Settings.NONE);
    }

    @Test
    void aSetIsCutAtItsSeparator() {
        check(FieldType.SET, "b, x; a;", "[\"a\",\"b, x\"]", Settings.NONE.withSeparator(";"));
        Value set = SetValue.of(java.util.List.of("b", " a ", "", "b"));
        assertThat(set.text()).isEqualTo("[\"a\",\"b\"]");
        assertThat(SetValue.elements(set)).containsExactly("a", "b");
        assertThat(SetValue.elements(SetValue.EMPTY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {"b": 1.50, "a": []}       | {"a":[],"b":1.5}
                    {"a":1, "a":2}             | {"a":2}
                    -0.0                       | 0
                    1E2                        | 100
                    1e400                      | 1E400
                    10e-400                    | 1E-399
                    "\\u00e9\\n"               | "é\\n"
                    [1, {"z": null}]           | [1,{"z":null}]
                    {"a": 1,}                  | -
                    {a: 1}                     | -
                    1 2                        | -
                    "\\ud800"                  | -
                    NaN                        | -
                    """)
    void json(String raw, String canonical) {
        check(FieldType.JSON, raw, canonical, Settings.NONE);
    }

    @Test
    void jsonNullIsBlankAndNestingIsBounded() {
        assertThat(Normalisers.of(FieldType.JSON).read(" null ", Settings.NONE)).isEqualTo(Reading.BLANK);
        check(FieldType.JSON, "[".repeat(100_000), UNPARSED, Settings.NONE);
        check(FieldType.JSON, "[".repeat(100) + "]".repeat(100), "[".repeat(100) + "]".repeat(100), Settings.NONE);
    }

    @ParameterizedTest
    @CsvSource({"' a  B ', 'a  B'", "'\u00A0x\u3000', x", "'e\u0301', é", "0012, 0012"})
    void texts(String raw, String canonical) {
        check(FieldType.TEXT, raw, canonical, Settings.NONE);
    }

    @Test
    void foldingIsThatOfTheJdkCharacterByCharacter() {
        for (int point = 0x80; point <= Character.MAX_CODE_POINT; point++) {
            if (Character.isDefined(point) && Character.isLetter(point) && point != 'İ') {
                String letter = Character.toString(point);
                String jdk =
                        letter.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replace("ß", "ss");
                assertThat(Texts.fold(letter))
                        .as("U+%04X", point)
                        .isEqualTo(Normalizer.normalize(jdk, Normalizer.Form.NFC));
            }
        }
    }
}
