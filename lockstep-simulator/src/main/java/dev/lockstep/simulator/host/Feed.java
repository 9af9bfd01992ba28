package dev.lockstep.simulator.host;

import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Observation.Origin;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.simulator.Agenda;
import dev.lockstep.simulator.platform.Commit;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the host reads one platform: a full read first, then its stream or polls. Lives until the host crashes. */
final class Feed {
    private final Host host;
    private final SimulatedPlatform platform;
    private final int epoch;
    private long at;
    private boolean listing;
    private boolean pumping;
    private long polls;
    private final List<Held> held = new ArrayList<>();

    /** What has to wait until the stream has passed the time at which it was true. */
    private record Held(long after, Runnable what) {}

    Feed(Host host, SimulatedPlatform platform, int epoch) {
        this.host = host;
        this.platform = platform;
        this.epoch = epoch;
    }

    void start(@Nullable Long position, boolean isRead) {
        if (position == null || !isRead) {
            list();
        } else if (platform.habits().streams()) {
            at = position;
            rewind();
            pump();
        }
        if (!platform.habits().streams()) host.agenda.after(platform.habits().pollMicros(), this::poll);
    }

    /** At times the stream starts again from an older position, though not from before the last full read. */
    void rewind() {
        if (listing || !platform.habits().streams() || !host.faults.happens(Fault.REDELIVERY)) return;
        at = Math.max(Math.min(at, host.listedAt(platform.number())), at - host.faults.between(1, 30));
        pump();
    }

    /** Everything that the platform has committed was shown; one that is polled is read for ever. */
    boolean idle() {
        if (!held.isEmpty()) return false;
        return !platform.habits().streams() || !listing && at >= platform.log().size();
    }

    private boolean over() {
        return host.epoch() != epoch;
    }

    // ---- everything

    private void list() {
        listing = true;
        host.agenda.after(host.agenda.delay(1_000, 2 * Agenda.SECOND), () -> {
            if (over()) return;
            if (platform.down()) list();
            else listNow();
        });
    }

    private void listNow() {
        long began = host.agenda.nowMicros();
        long position = platform.log().size();
        long version = platform.version();
        List<Row> rows = new ArrayList<>();
        platform.rows().values().forEach(row -> rows.add(row.copy()));
        host.put(new Input.ListBegins(platform.number()));
        at = position;
        show(rows, 0, version, began, position);
    }

    private void show(List<Row> rows, int from, long version, long began, long position) {
        int to = Math.min(rows.size(), from + 1 + (int) host.agenda.delay(0, 8));
        for (Row row : rows.subList(from, to)) {
            host.put(new Input.Observed(of(row, Origin.FULL, version, began), row, version, -1, false));
        }
        host.agenda.after(host.agenda.delay(100, 50_000), () -> {
            if (over()) return;
            if (to < rows.size()) {
                show(rows, to, version, began, position);
                return;
            }
            listing = false;
            host.put(new Input.ListEnds(platform.number(), position, began));
            if (platform.habits().streams()) pump();
        });
    }

    private Observation of(Row row, Origin origin, long version, long began) {
        return of(row, origin, version, began, host.agenda.nowMicros());
    }

    private Observation of(Row row, Origin origin, long version, long began, long readMicros) {
        return new Observation(
                platform.number(),
                row.key,
                null,
                origin,
                false,
                Arrays.copyOf(row.raw, row.raw.length),
                platform.habits().streams() ? version : 0,
                platform.habits().dated() ? row.modifiedMicros : Stamp.UNDATED,
                readMicros,
                began,
                0);
    }

    // ---- the stream

    /** The platform has committed something, or something waits for the stream. */
    void pump() {
        if (pumping || listing || over() || !platform.habits().streams()) return;
        if (at >= platform.log().size() && held.isEmpty()) return;
        pumping = true;
        long lag = host.faults.happens(Fault.LAG)
                ? host.agenda.delay(Agenda.SECOND, 20 * Agenda.SECOND)
                : host.agenda.delay(500, 40_000);
        host.agenda.after(lag, this::deliver);
    }

    private void deliver() {
        if (over()) return;
        pumping = false;
        if (platform.down()) {
            pumping = true;
            host.agenda.after(Agenda.SECOND, this::deliver);
            return;
        }
        release();
        long most = at + 1 + host.agenda.delay(0, 6);
        while (at < most && at < platform.log().size()) {
            Commit commit = platform.log().get((int) at++);
            host.put(new Input.Observed(of(commit), commit.row(), commit.version(), at, false));
            if (host.faults.happens(Fault.SHOWN_TWICE)) {
                host.put(new Input.Observed(of(commit), commit.row(), commit.version(), at, false));
            }
            release();
        }
        if (at < platform.log().size() || !held.isEmpty()) pump();
    }

    private void release() {
        for (int i = 0; i < held.size(); i++) {
            if (held.get(i).after > at) continue;
            held.remove(i--).what.run();
        }
    }

    private Observation of(Commit commit) {
        Row row = commit.row();
        long now = host.agenda.nowMicros();
        @Nullable String[] raw = row == null ? new String[0] : Arrays.copyOf(row.raw, row.raw.length);
        for (int c = 0; c < raw.length; c++) if (!commit.shown()[c]) raw[c] = Observation.ABSENT;
        return new Observation(
                platform.number(),
                commit.key(),
                commit.renamedFrom(),
                Origin.STREAM,
                row == null,
                raw,
                commit.version(),
                commit.datedMicros(),
                now,
                now,
                commit.ownWrite());
    }

    /** Runs {@code what} once everything committed by now has been shown; at once where there is no stream. */
    void whenPassed(Runnable what) {
        if (!platform.habits().streams()) {
            what.run();
            return;
        }
        held.add(new Held(platform.log().size(), what));
        pump();
    }

    // ---- polls and single records

    private void poll() {
        if (over()) return;
        host.agenda.after(platform.habits().pollMicros(), this::poll);
        if (platform.down() || listing) return;
        if (!platform.habits().dated() || polls++ % 4 == 3) {
            listing = true;
            listNow();
            return;
        }
        long began = host.agenda.nowMicros();
        long since = platform.clockMicros(began) - 3 * platform.habits().pollMicros();
        for (Row row : platform.rows().values()) {
            if (row.modifiedMicros < since) continue;
            later(row.copy(), row.key, Origin.POLL, platform.version(), began, false);
        }
    }

    private void later(@Nullable Row row, String key, Origin origin, long version, long began, boolean looked) {
        long delay = host.faults.happens(Fault.STALE_READ)
                ? host.agenda.delay(Agenda.SECOND, 30 * Agenda.SECOND)
                : host.agenda.delay(500, 100_000);
        host.agenda.after(delay, () -> {
            if (over()) return;
            Observation seen = row == null
                    ? new Observation(
                            platform.number(),
                            key,
                            null,
                            origin,
                            true,
                            new String[0],
                            platform.habits().streams() ? version : 0,
                            Stamp.UNDATED,
                            host.agenda.nowMicros(),
                            began,
                            0)
                    : of(row, origin, version, began);
            host.put(new Input.Observed(seen, row, version, -1, looked));
        });
    }

    /** Reads one record. */
    void look(String key) {
        host.agenda.after(host.agenda.delay(1_000, 100_000), () -> {
            if (over()) return;
            if (platform.down()) {
                host.agenda.after(Agenda.SECOND, () -> look(key));
                return;
            }
            Row row = platform.row(key);
            Row copy = row == null ? null : row.copy();
            long version = platform.version();
            long began = host.agenda.nowMicros();
            whenPassed(() -> {
                if (platform.habits().streams()) now(copy, key, version, began);
                else later(copy, key, Origin.READ, version, began, true);
            });
        });
    }

    /** As it was when it was read, though the stream had to come so far first. */
    private void now(@Nullable Row row, String key, long version, long began) {
        Observation seen = row == null
                ? Observation.gone(platform.number(), key, Origin.READ, version, Stamp.UNDATED, began)
                : of(row, Origin.READ, version, began, began);
        host.put(new Input.Observed(seen, row, version, -1, true));
    }
}
