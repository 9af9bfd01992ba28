package dev.lockstep.core.machine;

import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;

/** What a machine asks of its host, to be done when its new state is durable. */
public sealed interface Effect {

    /**
     * Asks for leave ({@link Message.Go}) to write a record, or to make the one its customer lacks.
     *
     * @param group which asks: leave may be {@link Message.Told} it at once, without asking the record where it is
     */
    record Want(int platform, RecordName record, boolean create, boolean urgent, RecordName group) implements Effect {}

    /** Leave is not needed any more. */
    record Unwant(int platform, RecordName record, boolean create) implements Effect {}

    /** Send this; it is recorded as intent in the state. */
    record Send(Write write) implements Effect {}

    /** The outcome of a write is known and in the state: its intent is over. */
    record Done(long writeId) implements Effect {}

    /** Read this record again, and observe it. */
    record Look(int platform, String key) implements Effect {}

    /** Send {@link Message.Recheck} to this record at that time. */
    record Wake(long atMicros, RecordName record) implements Effect {}
}
