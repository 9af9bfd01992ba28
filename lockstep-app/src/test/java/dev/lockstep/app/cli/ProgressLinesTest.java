package dev.lockstep.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.Progress.Phase;
import dev.lockstep.engine.view.FirstSyncView;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    @Test
    void aLineSaysCountShareRateAndTimeLeft() {
        assertThat(ProgressLines.line(Phase.READING, "shop", 12_000, 60_000, 8_000))
                .isEqualTo("shop: read 12,000 of about 60,000 (20 %), 8,000 a second, 6 s left");
    }

    @Test
    void theFirstSyncSaysWhatItIsAboutToDo() {
        assertThat(ProgressLines.line(new FirstSyncView("shop", 1020, 610, 590, 0, 0)))
                .isEqualTo("The first sync of shop: 1,020 records to create, 610 to overwrite, 590 to fill in.");
        assertThat(ProgressLines.line(new FirstSyncView("shop", 0, 0, 0, 120, 3)))
                .contains("120 would lose a value or a consent and 3 be deleted")
                .contains("lockstep approve");
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        assertThat(ProgressLines.line(Phase.PLANNING, "", 7, -1, 0)).isEqualTo("planned 7");
    }
}
