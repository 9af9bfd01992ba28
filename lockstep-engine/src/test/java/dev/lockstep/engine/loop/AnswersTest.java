package dev.lockstep.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.engine.GuardRule;
import dev.lockstep.engine.PlainTables;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The answer to a write may wait for the write to be seen coming back; never for ever, and never for nothing. */
class AnswersTest {
    private static final long SECOND = 1_000_000;
    private static final int PERMITS = 100;

    private final Answers answers = new Answers(1);
    private final Lane echoing = lane(true);

    @Test
    void onlyWhatAStreamIsAboutToShowWaits() {
        assertThat(answers.mayWait(echoing, receipt(1, Receipt.Outcome.APPLIED)))
                .isTrue();
        assertThat(answers.mayWait(echoing, receipt(1, Receipt.Outcome.STALE))).isFalse();
        assertThat(answers.mayWait(lane(false), receipt(1, Receipt.Outcome.APPLIED)))
                .isFalse();
        echoing.listing = true;
        assertThat(answers.mayWait(echoing, receipt(1, Receipt.Outcome.APPLIED)))
                .isFalse();
    }

    @Test
    void whatWasSeenIsNotAnsweredToo() {
        keep(1, 0);
        answers.drop(1);
        assertThat(answers.due(10 * SECOND, true)).isEmpty();
    }

    @Test
    void whatIsNotSeenIsAnsweredAfterAll() {
        keep(1, 0);
        keep(2, SECOND / 2);
        assertThat(answers.due(SECOND / 100, true)).isEmpty();
        assertThat(answers.due(SECOND / 10, false)).isEmpty();
        assertThat(answers.due(SECOND / 10, true))
                .hasSize(1)
                .allSatisfy(
                        item -> assertThat(((Input.Landed) item.input()).late()).isTrue());
        assertThat(answers.due(2 * SECOND, false)).hasSize(1);
        assertThat(answers.nextMicros()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void someOfWhatMayBeUnderWayIsLeftToOthers() {
        int kept = 0;
        while (answers.mayWait(echoing, receipt(kept, Receipt.Outcome.APPLIED))) keep(kept++, 0);
        assertThat(kept).isLessThan(PERMITS);
    }

    @Test
    void aStreamThatIsLateIsWaitedForNoMoreUntilItIsInTimeAgain() {
        long write = 0;
        for (int i = 0; i < 1000 && answers.mayWait(echoing, receipt(write, Receipt.Outcome.APPLIED)); i++) {
            keep(write++, 0);
            answers.due(SECOND, true);
        }
        assertThat(waitingOf(1000)).isBetween(1, 100);
        for (int i = 0; i < 1000; i++) {
            keep(write, 0);
            answers.drop(write++);
        }
        assertThat(waitingOf(1000)).isEqualTo(1000);
    }

    private int waitingOf(int asked) {
        int waiting = 0;
        for (int i = 0; i < asked; i++) {
            if (answers.mayWait(echoing, receipt(i, Receipt.Outcome.APPLIED))) waiting++;
        }
        return waiting;
    }

    private void keep(long write, long nowMicros) {
        RecordName record = new RecordName(0, "k" + write, 0);
        answers.keep(echoing, new Input.Landed(record, false, receipt(write, Receipt.Outcome.APPLIED)), nowMicros);
    }

    private static Receipt receipt(long write, Receipt.Outcome outcome) {
        RecordName record = new RecordName(0, "k" + write, 0);
        Write of = new Write(write, 0, Write.Kind.UPDATE, record, "k" + write, List.of(), List.of(), false, 0);
        return Receipt.of(of, outcome, "", 0);
    }

    private static Lane lane(boolean echoes) {
        PlatformModel platform = PlainTables.platform(0, List.of(), PlatformModel.OnDelete.UNLINK, echoes);
        return new Lane(0, platform, true, true, PERMITS, GuardRule.OFF, List.of());
    }
}
