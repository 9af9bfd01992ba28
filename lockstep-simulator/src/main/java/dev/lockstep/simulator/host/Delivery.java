package dev.lockstep.simulator.host;

import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Receipt.Outcome;
import dev.lockstep.core.model.Write;
import dev.lockstep.simulator.Agenda;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Carries writes to the platforms and their answers back, and loses some of both. Lives until the host crashes. */
final class Delivery {
    private final Host host;
    private final List<SimulatedPlatform> platforms;
    private final int epoch;
    private final TreeSet<Long> underWay = new TreeSet<>();
    private final TreeMap<Integer, Integer> counts = new TreeMap<>();
    private final TreeMap<Integer, Long> pausedUntil = new TreeMap<>();

    Delivery(Host host, List<SimulatedPlatform> platforms, int epoch) {
        this.host = host;
        this.platforms = platforms;
        this.epoch = epoch;
    }

    int underWay(int platform) {
        return counts.getOrDefault(platform, 0);
    }

    /** The breaker is open: the platform did not answer of late. */
    boolean paused(int platform) {
        return pausedUntil.getOrDefault(platform, 0L) > host.agenda.nowMicros();
    }

    private boolean over() {
        return host.epoch() != epoch;
    }

    private void begins(Write write) {
        if (underWay.add(write.id())) counts.merge(write.platform(), 1, Integer::sum);
    }

    private void ends(Write write) {
        if (underWay.remove(write.id())) counts.merge(write.platform(), -1, Integer::sum);
    }

    void send(Write write) {
        begins(write);
        if (host.faults.happens(Fault.REQUEST_LOST)) {
            unclear(write, 5 * Agenda.SECOND);
            return;
        }
        boolean late = host.faults.happens(Fault.REQUEST_LATE);
        long delay = late ? host.agenda.delay(2 * Agenda.SECOND, 9 * Agenda.SECOND) : host.agenda.delay(300, 20_000);
        if (late) unclear(write, 5 * Agenda.SECOND);
        host.agenda.after(delay, () -> arrive(write, late));
    }

    /** The request is at its platform, whatever has become of the host meanwhile. */
    private void arrive(Write write, boolean late) {
        SimulatedPlatform platform = platforms.get(write.platform());
        if (host.fenced(write.id())) return;
        if (platform.down()) {
            if (!late) answer(write, Receipt.of(write, Outcome.AGAIN, "No connection.", host.agenda.nowMicros()), null);
            return;
        }
        if (host.faults.happens(Fault.REFUSED_FOR_NOW)) {
            if (!late) answer(write, Receipt.of(write, Outcome.AGAIN, "A lock.", host.agenda.nowMicros()), null);
            return;
        }
        Receipt receipt = platform.apply(write, host.agenda.nowMicros());
        host.applied(platform, write, receipt);
        if (late) return;
        if (host.faults.happens(Fault.RECEIPT_LOST)) {
            unclear(write, 5 * Agenda.SECOND);
            return;
        }
        Row row = receipt.key() == null ? null : platform.row(receipt.key());
        answer(write, receipt, row == null ? null : row.copy());
    }

    private void unclear(Write write, long timeoutMicros) {
        host.agenda.after(timeoutMicros, () -> {
            if (!over()) unclear(write);
        });
    }

    /** No answer came, or will come. */
    void unclear(Write write) {
        Receipt receipt = Receipt.of(write, Outcome.UNCLEAR, "No answer.", host.agenda.nowMicros());
        host.put(new Input.Answered(write, receipt, null));
        resolve(write);
    }

    private void answer(Write write, Receipt receipt, @Nullable Row row) {
        host.agenda.after(host.agenda.delay(200, 20_000), () -> land(write, receipt, row));
    }

    private void land(Write write, Receipt receipt, @Nullable Row row) {
        if (over()) return;
        ends(write);
        if (receipt.outcome() == Outcome.AGAIN) {
            long until = host.agenda.nowMicros() + Agenda.SECOND;
            pausedUntil.put(write.platform(), until);
            host.agenda.at(until, () -> {
                if (!over()) host.put(new Input.Room(write.platform()));
            });
        }
        host.put(new Input.Answered(write, at(receipt, host.agenda.nowMicros()), row));
    }

    private static Receipt at(Receipt receipt, long nowMicros) {
        return new Receipt(
                receipt.write(),
                receipt.outcome(),
                receipt.key(),
                receipt.raw(),
                receipt.reason(),
                receipt.column(),
                nowMicros);
    }

    /** Finds out what became of a write, having made sure that it cannot be applied any more. */
    private void resolve(Write write) {
        begins(write);
        host.agenda.after(host.agenda.delay(1_000, 500_000), () -> {
            if (over()) return;
            SimulatedPlatform platform = platforms.get(write.platform());
            if (platform.down()) {
                host.agenda.after(Agenda.SECOND, () -> {
                    if (!over()) resolve(write);
                });
                return;
            }
            host.fence(write.id());
            if (platform.habits().streams()) {
                Receipt was = platform.applied(write.id());
                Receipt receipt = was == null ? again(write) : was;
                host.feed(write.platform()).whenPassed(() -> land(write, receipt, null));
            } else {
                lookUp(platform, write);
            }
        });
    }

    private Receipt again(Write write) {
        return Receipt.of(write, Outcome.AGAIN, "It was not applied.", host.agenda.nowMicros());
    }

    /** Without a stream: the record tells, as far as it can. */
    private void lookUp(SimulatedPlatform platform, Write write) {
        Row row = write.kind() == Write.Kind.CREATE
                ? named(platform, write)
                : platform.row(Objects.requireNonNull(write.key()));
        long now = host.agenda.nowMicros();
        if (write.kind() == Write.Kind.UPDATE && row == null) row = renamed(platform, write);
        if (write.kind() == Write.Kind.CREATE) {
            answer(write, row == null ? again(write) : whole(write, Outcome.FOUND, row, now), null);
            return;
        }
        if (row == null) {
            answer(
                    write,
                    Receipt.of(
                            write,
                            write.kind() == Write.Kind.DELETE ? Outcome.APPLIED : Outcome.MISSING,
                            "It is gone.",
                            now),
                    null);
            return;
        }
        boolean sent = write.kind() == Write.Kind.UPDATE && holdsSent(platform, write, row);
        boolean before = true;
        for (Write.Cell cell : write.cells()) before &= Objects.equals(row.raw[cell.column()], cell.expected());
        Outcome outcome = sent ? Outcome.APPLIED : before ? Outcome.AGAIN : Outcome.FOUND;
        answer(
                write,
                sent ? whole(write, outcome, row, now) : Receipt.of(write, outcome, "Looked up.", now),
                sent ? row.copy() : null);
    }

    /** Who bears the natural key: of several the one that holds all that was sent, else the newest. */
    private static @Nullable Row named(SimulatedPlatform platform, Write write) {
        Row newest = null;
        for (Write.Cell cell : write.naturalKey()) {
            for (Row row : platform.rows().values()) {
                if (cell.raw() == null || !cell.raw().equals(row.raw[cell.column()])) continue;
                if (holdsSent(platform, write, row)) return row;
                if (newest == null || row.number > newest.number) newest = row;
            }
        }
        return newest;
    }

    private static @Nullable Row renamed(SimulatedPlatform platform, Write write) {
        int column = platform.keyColumn();
        for (Write.Cell cell : write.cells()) {
            if (cell.column() == column && cell.raw() != null) return platform.row(cell.raw());
        }
        return null;
    }

    private static boolean holdsSent(SimulatedPlatform platform, Write write, Row row) {
        for (Write.Cell cell : write.cells()) {
            String kept = platform.shapes().get(cell.column()).kept(cell.raw());
            if (!Objects.equals(row.raw[cell.column()], kept)) return false;
        }
        return true;
    }

    private static Receipt whole(Write write, Outcome outcome, Row row, long nowMicros) {
        return new Receipt(write.id(), outcome, row.key, row.raw.clone(), "Looked up.", -1, nowMicros);
    }
}
