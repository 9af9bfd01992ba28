package dev.lockstep.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.Progress.Phase;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    @Test
    void aLineSaysCountShareRateAndTimeLeft() {
        assertThat(ProgressLines.line(Phase.READING, "shop", 12_000, 60_000, 8_000))
                .isEqualTo("shop: read 12,000 of about 60,000 (20 %), 8,000 a second, 6 s left");
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        assertThat(ProgressLines.line(Phase.PLANNING, "", 7, -1, 0)).isEqualTo("planned 7");
    }
}
