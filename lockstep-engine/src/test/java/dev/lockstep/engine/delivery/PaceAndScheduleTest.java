package dev.lockstep.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.engine.EngineException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PaceAndScheduleTest {

    @Test
    void noSecondHoldsMoreWritesThanTheLimit() throws InterruptedException {
        Pace pace = Pace.parse("20/s");
        long start = System.nanoTime();
        for (int i = 0; i < 30; i++) pace.take(1);
        assertThat(System.nanoTime() - start).isGreaterThan(1_000_000_000L);
    }

    @Test
    void schedulesAreReadAsPeopleWriteThem() {
        ZonedDateTime ten = ZonedDateTime.of(2026, 11, 22, 10, 0, 30, 0, ZoneId.of("UTC"));
        assertThat(Schedule.parse("realtime").realtime()).isTrue();
        assertThat(Schedule.parse("every 5m").nextMs(ten)).isEqualTo(300_000);
        assertThat(Schedule.parse("*/15 * * * *").nextMs(ten)).isEqualTo(870_000);
    }

    @Test
    void whatIsNoScheduleOrLimitIsRefusedWithASentence() {
        assertThatThrownBy(() -> Schedule.parse("now and then")).isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> Pace.parse("fast")).isInstanceOf(EngineException.class);
    }
}
