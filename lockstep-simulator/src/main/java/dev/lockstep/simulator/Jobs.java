package dev.lockstep.simulator;

import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Write;
import dev.lockstep.simulator.host.Host;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.Shape;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Jobs of platforms that put back, a second or three later, what a write of ours has replaced. */
final class Jobs {
    private final Agenda agenda;
    private final SplittableRandom random;

    Jobs(Agenda agenda, SplittableRandom random) {
        this.agenda = agenda;
        this.random = random;
    }

    void applied(SimulatedPlatform platform, Write write, Receipt receipt, Host host) {
        int column = platform.habits().jobOn();
        Row before = platform.overwritten();
        String key = receipt.key();
        if (column < 0 || before == null || key == null || write.kind() != Write.Kind.UPDATE) return;
        Row row = platform.row(key);
        Shape shape = platform.shapes().get(column);
        @Nullable String was = before.raw[column];
        if (row == null || Objects.equals(shape.read(was), shape.read(row.raw[column]))) return;
        agenda.after(random.nextLong(200_000, 3 * Agenda.SECOND), () -> {
            if (platform.putBack(row.key, column, write.id(), was, agenda.nowMicros())) host.stirred(platform);
        });
    }
}
