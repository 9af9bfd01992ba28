package dev.lockstep.core.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every normaliser on the list promises. */
@Timeout(120)
class NormalisersTest {

    private static final int TEXTS = Integer.getInteger("texts", 2_000);
    /** A quadratic step over so many takes ten seconds. */
    private static final int LONG = 100_000;

    private static final List<Settings> SETTINGS = List.of(
            Settings.NONE,
            new Settings("US", ZoneId.of("America/New_York"), "USD", ";"),
            new Settings("DE", ZoneId.of("Europe/Berlin"), "EUR", "|"),
            new Settings("AR", ZoneId.of("UTC"), "ARS", ", "),
            new Settings("IT", ZoneId.of("Asia/Kolkata"), "JPY", "]"),
            new Settings("MX", null, "CNY", "\""));

    static List<Normaliser> normalisers() {
        return Normalisers.ALL;
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeHasItsNormaliser(FieldType type) {
        assertThat(Normalisers.of(type).type()).isEqualTo(type);
        assertThat(FieldType.named(type.spelling())).isEqualTo(type);
        assertThat(Normalisers.ALL).hasSize(FieldType.values().length);
    }

    @ParameterizedTest
    @MethodSource("normalisers")
    void readingIsIdempotent(Normaliser normaliser) {
        Seeds.run(NormalisersTest.class, random -> {
            int parsed = 0;
            for (int i = 0; i < TEXTS; i++) {
                String raw = RawTexts.next(random, normaliser.type());
                for (Settings settings : SETTINGS) {
                    parsed += readAgain(normaliser, raw, settings) ? 1 : 0;
                }
            }
            assertThat(parsed).as("texts that read as a value").isGreaterThan(TEXTS / 10);
        });
    }

    private static boolean readAgain(Normaliser normaliser, String raw, Settings settings) {
        Reading reading = normaliser.read(raw, settings);
        assertThat(normaliser.read(raw, settings)).as("read twice").isEqualTo(reading);
        if (!(reading instanceof Reading.Parsed(Value value))) {
            return false;
        }
        assertThat(normaliser.read(value.text(), settings))
                .as("%s of %s with %s", normaliser.type(), escaped(raw), settings)
                .isEqualTo(reading);
        assertThat(Texts.isBlank(value.text()))
                .as("blank value of %s", escaped(raw))
                .isFalse();
        assertThat(Texts.fault(value.text()))
                .as("canonical %s", escaped(value.text()))
                .isNull();
        return true;
    }

    @ParameterizedTest
    @MethodSource("normalisers")
    void whatIsEmptyOrSpaceIsBlank(Normaliser normaliser) {
        for (String raw : new String[] {null, "", " ", "\t\r\n", "\u00A0\u2003\u3000", "\uFEFF\u200B"}) {
            assertThat(normaliser.read(raw, Settings.NONE)).isEqualTo(Reading.BLANK);
        }
    }

    @ParameterizedTest
    @MethodSource("normalisers")
    void whatCannotBeStoredDoesNotParse(Normaliser normaliser) {
        for (String raw : List.of("a\u0000b", "\uD83D", "x\uDE00y", "\"\\u0000\"", "[\"\\ud800\"]")) {
            Reading reading = normaliser.read(raw, Settings.NONE);
            if (reading instanceof Reading.Parsed(Value value)) {
                assertThat(Texts.fault(value.text())).isNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("normalisers")
    void longTextsAreReadInLinearTime(Normaliser normaliser) {
        for (String unit : List.of(
                "a",
                "1",
                " ",
                "@",
                ".",
                "a.",
                "%",
                "../",
                "[",
                "{",
                "\"",
                "a,",
                "\u0301",
                "a\u0301\u0327",
                "İ",
                "ß",
                "\uD83D\uDE00",
                "1e",
                "http://",
                "{a,",
                "[\"a\",",
                "\\",
                "+1",
                "-",
                "&",
                "\u202E",
                "x@",
                "\u0301\u0327")) {
            String raw = unit.repeat(LONG / unit.length());
            for (String text : List.of(raw, "[" + raw + "]", "{" + raw + "}", "https://x.com/" + raw, "a@" + raw)) {
                long start = System.nanoTime();
                normaliser.read(text, SETTINGS.get(1));
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .as("%s of %s times %s", normaliser.type(), LONG / unit.length(), escaped(unit))
                        .isLessThan(Duration.ofSeconds(2));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("normalisers")
    void aMegabyteIsRead(Normaliser normaliser) {
        String raw = "é9".repeat(1 << 19);
        assertThat(normaliser.read(raw, SETTINGS.get(1))).isNotNull();
    }

    @Test
    void equalTextsOfATypeHaveEqualKeys() {
        Seeds.run(NormalisersTest.class, random -> {
            for (int i = 0; i < TEXTS; i++) {
                FieldType type = Normalisers.ALL
                        .get(random.nextInt(Normalisers.ALL.size()))
                        .type();
                String raw = RawTexts.next(random, type);
                Reading reading = Normalisers.of(type).read(raw, SETTINGS.get(1));
                Reading spaced = Normalisers.of(type).read(spaced(random, raw), SETTINGS.get(1));
                if (reading instanceof Reading.Parsed(Value value) && !raw.contains("\u0000")) {
                    assertThat(spaced.valueOrNull())
                            .as("%s of %s", type, escaped(raw))
                            .isEqualTo(value);
                }
            }
        });
    }

    private static String spaced(Random random, String raw) {
        String space = List.of(" ", "\u00A0", "\n", "\u3000", "").get(random.nextInt(5));
        return space + raw + space + " ";
    }

    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            escaped.append(c >= ' ' && c < 0x7F ? String.valueOf(c) : "\\u%04X".formatted((int) c));
        }
        return escaped.toString();
    }
}
