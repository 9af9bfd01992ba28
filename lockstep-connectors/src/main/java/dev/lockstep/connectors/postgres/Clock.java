package dev.lockstep.connectors.postgres;

import java.time.Instant;

/** Our own clock, in microseconds since 1970. */
final class Clock {
    private Clock() {}

    static long micros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }
}
