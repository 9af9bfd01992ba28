package dev.lockstep.core.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a platform may make of a value of ours without saying anything by it; {@code held}, {@code written}. */
class SpellingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ADA                          | Ada
                    ada lovelace                 | Ada  Lovelace
                    'Ada '                       | Ada
                    AdaLovelace                  | Ada Lovelace
                    OBrien                       | O’Brien
                    (415) 555-2671               | +14155552671            # not: the country is missing
                    +1 (415) 555-2671            | +14155552671
                    14155552671                  | +14155552671
                    STRASSE 5                    | Straße 5
                    Lovela                       | Lovelace
                    A                            | Ada
                    ada@x.co                     | Ada@x.com
                    12.5                         | 12.50
                    12.35                        | 12.345
                    12.34                        | 12.345
                    12                           | 12.345
                    13                           | 12.6
                    0.100000001                  | 0.1
                    0.10000000149011612          | 0.1
                    1234570                      | 1234567
                    16777216                     | 16777217
                    12.50 EUR                    | 12.5 EUR
                    EUR 12.5                     | 12.5 EUR                # not
                    2024-05-01 12:00:00          | 2024-05-01T12:00:00Z
                    2024-05-01T12:00:00.123Z     | 2024-05-01T12:00:00.123456Z
                    2024-05-01T12:00:00Z         | 2024-05-01T12:00:00.6Z
                    2024-05-01T12:00:01Z         | 2024-05-01T12:00:00.6Z
                    2024-05-01 14:00:00+02       | 2024-05-01T12:00:00Z
                    2024-05-01                   | 2024-05-01T12:00:00Z
                    20240501                     | 2024-05-01
                    a,b                          | a, b
                    ["a","b"]                    | ["a", "b"]
                    {a,b}                        | ["a","b"]
                    12345678901234567            | 12345678901234567890
                    """)
    void isASpelling(String held, String row) {
        boolean not = row.contains("# not");
        String written = row.contains("#") ? row.substring(0, row.indexOf('#')).strip() : row;
        assertThat(Spelling.isSpellingOf(held, written))
                .as("%s of %s", held, written)
                .isEqualTo(!not);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Bob                          | Ada
                    Lovelace                     | Lovela
                    Jose                         | José
                    ''                           | Ada
                    '-'                          | Ada
                    100                          | 1000
                    5                            | -5
                    15                           | 1.5
                    1.5                          | 15
                    12.36                        | 12.345
                    12.4                         | 12.5
                    1000                         | 1234
                    999                          | 1000
                    1234568                      | 1234567
                    2024-05-02                   | 2024-05-01
                    2024-1-11                    | 2024-11-1
                    2024-05-01T12:00:01Z         | 2024-05-01T12:00:00.4Z
                    2024-05-01T12:01:00Z         | 2024-05-01T12:00:00Z
                    2024-05-01T12:00:00.5Z       | 2024-05-01T12:00:00Z
                    €5                           | $5
                    ada@x.com                    | ada@y.com
                    false                        | true
                    withdrawn                    | granted
                    """)
    void isNoSpelling(String held, String written) {
        assertThat(Spelling.isSpellingOf(held, written))
                .as("%s of %s", held, written)
                .isFalse();
    }

    @Test
    void aBlankIsASpellingOfNothing() {
        assertThat(Spelling.isSpellingOf(null, "a")).isFalse();
        assertThat(Spelling.isSpellingOf("a", null)).isFalse();
        assertThat(Spelling.isSpellingOf(null, null)).isFalse();
        assertThat(Spelling.isSpellingOf("\uD800", "\uD800")).isTrue();
    }

    @Test
    void everyTextIsASpellingOfItselfWhateverItsFormAndCase() {
        Seeds.run(SpellingTest.class, random -> {
            for (int i = 0; i < 20_000; i++) {
                FieldType type = FieldType.values()[random.nextInt(FieldType.values().length)];
                String text = RawTexts.next(random, type);
                String other = RawTexts.next(random, type);
                boolean unused = Spelling.isSpellingOf(other, text); // never throws
                if (!Texts.isBlank(text)) {
                    assertThat(Spelling.isSpellingOf(text, text))
                            .as(NormalisersTest.escaped(text))
                            .isTrue();
                    assertThat(Spelling.isSpellingOf(" " + text + "\u00A0", text))
                            .as(NormalisersTest.escaped(text))
                            .isTrue();
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Bob                | Robert          | true
                    Bill               | William         | true
                    Bill               | Will            | true
                    Liz                | Betty           | true
                    Alex               | Alexandra       | true
                    Alexander          | Alexandra       | false
                    A.                 | Ada             | true
                    A                  | Ada             | true
                    A. Lovelace        | Ada Lovelace    | true
                    Ada K. Lovelace    | Ada Lovelace    | true
                    J.R. Smith         | John Ronald Smith | true
                    Bob Smith          | Robert Smith    | true
                    Mary-Ann           | Mary Ann        | true
                    SMITH              | Smith           | true
                    Jose               | José            | false
                    Ada                | Bob             | false
                    Ada Lovelace       | Ada             | false
                    Ada Lovelace       | Ada Byron       | false
                    B. Lovelace        | Ada Lovelace    | false
                    A                  | B               | false
                    Ş.                 | Şeyma           | true
                    """)
    void namesWithNicknamesAndInitials(String one, String other, boolean same) {
        Value a = name(one);
        Value b = name(other);
        assertThat(Names.sameOrNickname(a, b)).isEqualTo(same);
        assertThat(Names.sameOrNickname(b, a)).isEqualTo(same);
    }

    @Test
    void anyTwoNamesCanBeCompared() {
        Seeds.run(SpellingTest.class, random -> {
            for (int i = 0; i < 5_000; i++) {
                Value a = Normalisers.of(FieldType.NAME)
                        .read(RawTexts.next(random, FieldType.NAME), Settings.NONE)
                        .valueOrNull();
                Value b = Normalisers.of(FieldType.NAME)
                        .read(RawTexts.next(random, FieldType.NAME), Settings.NONE)
                        .valueOrNull();
                if (a != null && b != null) {
                    assertThat(Names.sameOrNickname(a, b)).isEqualTo(Names.sameOrNickname(b, a));
                    assertThat(Names.sameOrNickname(a, a)).isTrue();
                }
            }
        });
        Value initials = name("a b c d e f g h i j k l m n o p q r s t u v w x y z");
        assertThat(Names.sameOrNickname(initials, name("z"))).isFalse();
    }

    private static Value name(String raw) {
        return Normalisers.of(FieldType.NAME).read(raw, Settings.NONE).valueOrNull();
    }
}
