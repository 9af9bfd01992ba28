package dev.lockstep.core.state;

import dev.lockstep.core.model.IdentifierKey;

/** An identifier that a record claimed before, and until when. */
public record Former(IdentifierKey identifier, long untilMicros) {}
