package dev.lockstep.core.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"2024-05-28", "2024-01-30 00:00:08+00", "2024-05-28T12:00:00Z", "0001-01-01 23:59:59.000001"})
    void whatPostgresWritesIsPlain(String text) {
        assertThat(IsoTime.isPlain(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024",
                "2024-05",
                "2024-02-30",
                "2024-05-31",
                "0000-01-01",
                "2024-13-01",
                "2024-05-28 24:00:00",
                "2024-05-28 12:00",
                "2024-05-28 12:00:00.",
                "2024-05-28 12:00:00+0",
                "2024-05-28 12:00:00+02",
                "2024-05-28 12:00:00.1234567",
                "2024-05-28x12:00:00",
                "2024-05-28 12:00:00+00:30",
                "12024-05-28",
                "٢٠٢٤-05-28",
                "2024-05-28 12:00:00+00 BC",
                "infinity"
            })
    void whatMustBeLookedAtCloselyIsNotPlain(String text) {
        assertThat(IsoTime.isPlain(text)).isFalse();
    }

    @Test
    void whatIsPlainReadsAsWhenLookedAtClosely() {
        for (String text : manyTexts()) {
            IsoTime read = IsoTime.parse(text);
            if (!IsoTime.isPlain(text)) continue;
            assertThat(read).describedAs(text).isNotNull();
            assertThat(text.substring(0, 10)).isEqualTo(String.valueOf(read.date()));
            String plain = IsoTime.plainUtc(text);
            if (plain != null) assertThat(plain).describedAs(text).isEqualTo(IsoTime.text(read.instant(null)));
        }
    }

    @Test
    void anInstantOfUtcIsMadeCanonicalAtOnce() {
        assertThat(IsoTime.plainUtc("2024-05-28 12:00:00.5+00")).isEqualTo("2024-05-28T12:00:00.5Z");
        assertThat(IsoTime.plainUtc("2024-05-28 12:00:00.50+00")).isNull();
        assertThat(IsoTime.plainUtc("2024-05-28 12:00:00")).isNull();
        assertThat(IsoTime.plainUtc("2024-05-28")).isNull();
    }

    /** Every combination of parts that are right, odd or wrong. */
    private static List<String> manyTexts() {
        List<String> texts = new ArrayList<>();
        for (String date : List.of("2024-02-28", "2024-02-29", "2023-02-29", "1999-12-30", "9999-11-31", "2024-4-05")) {
            for (String time : List.of("", " 00:00:00", "T23:59:59", " 24:00:00", " 1:00:00", "T10:60:00")) {
                for (String fraction : List.of("", ".", ".1", ".10", ".000000", ".123456", ".1234567")) {
                    for (String zone : List.of("", "Z", "+00", "+00:00", "-05", "+0", " UTC")) {
                        texts.add(date + time + fraction + zone);
                    }
                }
            }
        }
        return texts;
    }
}
