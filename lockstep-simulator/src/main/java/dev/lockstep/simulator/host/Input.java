package dev.lockstep.simulator.host;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.simulator.platform.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the host's queue holds: observations and receipts in one, in the order in which they came. */
sealed interface Input {
    /**
     * A platform showed a record.
     *
     * @param row the row as it was then, for the ledger; null when gone
     * @param version the platform's count of changes then
     * @param position the position reached with it; -1: none
     * @param looked it answers a read of this one record
     */
    record Observed(Observation seen, @Nullable Row row, long version, long position, boolean looked) implements Input {
        /** The key under which the machine of that record is asked for. */
        String at() {
            return seen.renamedFrom() == null ? seen.key() : seen.renamedFrom();
        }

        /** The keys of the records that it tells of. */
        List<String> lanes() {
            return List.of(lane(seen.platform(), at()), lane(seen.platform(), seen.key()));
        }
    }

    /** A full read begins. */
    record ListBegins(int platform) implements Input {}

    /** A full read is complete: everything up to that position was shown. */
    record ListEnds(int platform, long position, long beganMicros) implements Input {}

    record PositionLost(int platform) implements Input {}

    /** What came of a write. */
    record Answered(Write write, Receipt receipt, @Nullable Row row) implements Input {
        List<String> lanes() {
            String record = lane(write.record().platform(), write.record().key());
            String key = write.key();
            return key == null ? List.of(record) : List.of(record, lane(write.platform(), key));
        }
    }

    /** A time asked for has come. */
    record Due(RecordName record) implements Input {}

    /** A person lets go what a guard has stopped. */
    record LetGo(Store.Wanted held) implements Input {}

    /** There may be room for writes to this platform. */
    record Room(int platform) implements Input {}

    /** The host was started with another workspace. */
    record WorkspaceChanged() implements Input {}

    /** An operator's word about two records. */
    record Decided(RecordName one, RecordName other, boolean same, long stampMicros) implements Input {}

    /** What else an operator says. */
    record Told(Address to, Message message) implements Input {}

    /** A platform is left for good. */
    record Left(int platform) implements Input {}

    private static String lane(int platform, String key) {
        return platform + "/" + key;
    }

    /** The platform that was read; -1 for what comes from elsewhere. */
    default int readOf() {
        return switch (this) {
            case Observed observed -> observed.seen().platform();
            case ListBegins begins -> begins.platform();
            case ListEnds ends -> ends.platform();
            default -> -1;
        };
    }
}
