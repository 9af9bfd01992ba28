package dev.lockstep.core.state;

import dev.lockstep.core.model.RecordName;

/** A person's word about this record and another: the later stamp wins. */
public record Decision(RecordName other, boolean same, long stampMicros) {}
