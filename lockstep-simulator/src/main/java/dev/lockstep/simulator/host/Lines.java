package dev.lockstep.simulator.host;

import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Write;
import org.jspecify.annotations.Nullable;

/** The lines of a trace, for people. */
final class Lines {
    private Lines() {}

    static String of(Write write, Model model) {
        StringBuilder cells = new StringBuilder();
        for (Write.Cell cell : write.cells()) {
            cells.append(' ')
                    .append(model.platform(write.platform())
                            .columns()
                            .get(cell.column())
                            .path());
            cells.append('=')
                    .append(cell.raw())
                    .append('(')
                    .append(cell.expected())
                    .append(')');
        }
        return write.id() + " " + write.kind() + " " + write.platform() + "/" + write.key() + " for " + write.record()
                + cells;
    }

    static String of(Observation seen) {
        return seen.platform() + "/" + seen.key() + (seen.renamedFrom() == null ? "" : " was " + seen.renamedFrom())
                + " " + seen.origin() + " v" + seen.version() + (seen.ownWrite() == 0 ? "" : " own " + seen.ownWrite())
                + (seen.gone() ? " GONE" : " " + of(seen.raw())) + " dated "
                + (seen.datedMicros() == Long.MIN_VALUE ? "-" : seen.datedMicros() % 100_000_000_000L);
    }

    static String of(Receipt receipt) {
        return receipt.write() + " " + receipt.outcome() + " " + receipt.key() + " " + of(receipt.raw());
    }

    static String of(@Nullable String[] raw) {
        StringBuilder text = new StringBuilder();
        for (String one : raw)
            text.append('[').append(one == Observation.ABSENT ? "…" : one).append(']');
        return text.toString();
    }
}
