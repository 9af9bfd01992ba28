package dev.lockstep.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");

    private Instant wall = TEN;
    private long nanos;
    private final SteadyClock clock = new SteadyClock(() -> wall, () -> nanos);

    private Instant after(Duration passed) {
        nanos += passed.toNanos();
        wall = wall.plus(passed);
        return clock.instant();
    }

    @Test
    void itTellsTheTimeOfTheSystemAndFollowsItForward() {
        assertThat(clock.instant()).isEqualTo(TEN);
        assertThat(after(Duration.ofSeconds(5))).isEqualTo("2026-11-23T10:00:05Z");
        wall = wall.plus(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo("2026-11-23T11:00:05Z");
        assertThat(clock.aheadMicros()).isZero();
    }

    @Test
    void setBackItGoesOnAtHalfThePaceUntilTheSystemHasCaughtUp() {
        clock.instant();
        wall = wall.minus(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(TEN);
        assertThat(clock.aheadMicros()).isEqualTo(3_600_000_000L);
        assertThat(after(Duration.ofMinutes(10))).isEqualTo("2026-11-23T10:05:00Z");
        assertThat(after(Duration.ofMinutes(110))).isEqualTo("2026-11-23T11:00:00Z");
        assertThat(clock.aheadMicros()).isZero();
        assertThat(after(Duration.ofMinutes(1))).isEqualTo("2026-11-23T11:01:00Z");
    }

    @Test
    void askedEveryMicrosecondItStillGoesOn() {
        clock.instant();
        wall = wall.minus(Duration.ofHours(1));
        for (int i = 0; i < 1000; i++) after(Duration.ofNanos(1000));
        assertThat(clock.instant()).isEqualTo(TEN.plusNanos(500_000));
    }

    @Test
    void itGoesOnFromWhatWasToldBeforeThisProcessBegan() {
        clock.notBefore(TEN.plusSeconds(60).toEpochMilli() * 1000);
        assertThat(clock.instant()).isEqualTo("2026-11-23T10:01:00Z");
        assertThat(after(Duration.ofSeconds(10))).isEqualTo("2026-11-23T10:01:05Z");
        clock.notBefore(TEN.toEpochMilli() * 1000);
        assertThat(clock.instant()).isEqualTo("2026-11-23T10:01:05Z");
    }
}
