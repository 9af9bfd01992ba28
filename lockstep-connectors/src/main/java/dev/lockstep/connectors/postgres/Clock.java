package dev.lockstep.connectors.postgres;

import dev.lockstep.spi.SteadyClock;

/** Our own clock, in microseconds since 1970: the one that the engine goes by. */
final class Clock {
    private Clock() {}

    static long micros() {
        return SteadyClock.SYSTEM.micros();
    }
}
