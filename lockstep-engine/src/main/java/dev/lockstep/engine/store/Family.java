package dev.lockstep.engine.store;

import java.nio.charset.StandardCharsets;

/** The column families: what lies in the data folder. Names are on disk: never change one. */
public enum Family {
    /** Format version, numbers, source positions, totals, flags, the write id counter. */
    META("default"),
    /** Slot → {@link dev.lockstep.core.state.RecordState}. */
    RECORDS("records"),
    /** Field and value → {@link dev.lockstep.core.state.IdentifierState}. */
    IDENTIFIERS("identifiers"),
    /** Least record → {@link dev.lockstep.core.state.GroupState}. */
    GROUPS("groups"),
    /** Platform, record → leave to write is wanted. */
    WANTS("wants"),
    /** Write id → record and platform: sent, outcome not durable. */
    OPEN_WRITES("open_writes"),
    /** Slot → a look at it was asked for. */
    LOOKS("looks"),
    /** Platform, record → why its write was refused. */
    FAILED("failed"),
    /** Least record of a group → a column in it was changed back so often that a person has to answer. */
    REVIEWS("reviews"),
    /** Platform and cause → what it has done there; and how much came in drops, minute by minute. */
    GUARD("guard"),
    /** Platform and cause, record → a guard has stopped what is to be written to it. */
    HELD("held"),
    /** Cause, record → when it edited that record: so that it can be taken back. */
    EDITED("edited"),
    /** Time, record → look again then. */
    TIMERS("timers"),
    /** Slot → seen by the full read under way. */
    SEEN("seen"),
    /** Record, time, counter → a line of history. Never read on the hot path. */
    HISTORY("history");

    private final String label;

    Family(String label) {
        this.label = label;
    }

    byte[] label() {
        return label.getBytes(StandardCharsets.UTF_8);
    }

    /** A point look-up happens for each input: worth a bloom filter. */
    boolean lookedUp() {
        return this == RECORDS || this == IDENTIFIERS || this == GROUPS || this == SEEN;
    }
}
