package dev.lockstep.engine;

import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Write;
import dev.lockstep.spi.Capabilities;
import dev.lockstep.spi.Description;
import dev.lockstep.spi.Inbox;
import dev.lockstep.spi.Lists;
import dev.lockstep.spi.Platform;
import dev.lockstep.spi.PlatformException;
import dev.lockstep.spi.Reads;
import dev.lockstep.spi.SteadyClock;
import dev.lockstep.spi.Watches;
import dev.lockstep.spi.Writes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A real platform, in memory: rows under keys, conditional writes, and a stream of every change in order that names our
 * own writes. Survives the engine as a database does. It can be made to fail.
 */
final class MemoryTable implements Platform, Lists, Watches, Reads, Writes {
    final int number;
    final int columns;
    private final TreeMap<String, @Nullable String[]> rows = new TreeMap<>();
    private final List<Observation> log = new ArrayList<>();
    private final Map<Long, Receipt> applied = new TreeMap<>();
    /** How far the stream has shown; -1 while nobody watches. */
    private long shown = -1;

    private long transaction;
    private int hidden;
    private int nextKey = 1_000_000;
    int creates;
    int updates;
    int deletes;
    volatile int lists;
    long confirmed;

    /** What it goes by, as connectors do; people's edits are dated by it too. */
    SteadyClock clock = SteadyClock.SYSTEM;

    /** Its stream shows nothing for a while. */
    volatile boolean stalls;
    /** Takes no write just now. */
    volatile boolean busy;
    /** Throws on every call. */
    volatile boolean down;
    /** Applies, then loses the answer. */
    volatile boolean losesAnswers;
    /** The value that it refuses in any column. */
    volatile @Nullable String refuses;
    /** Makes a record without asking whether there is one. */
    boolean makesTwins;

    MemoryTable(int number, int columns) {
        this.number = number;
        this.columns = columns;
    }

    /** Another that holds and has done the same, as nobody watches it. */
    synchronized MemoryTable copy() {
        MemoryTable copy = new MemoryTable(number, columns);
        rows.forEach((key, row) -> copy.rows.put(key, row.clone()));
        copy.log.addAll(log);
        copy.applied.putAll(applied);
        copy.hidden = hidden;
        copy.nextKey = nextKey;
        copy.creates = creates;
        copy.updates = updates;
        copy.deletes = deletes;
        copy.confirmed = confirmed;
        copy.makesTwins = makesTwins;
        return copy;
    }

    static Capabilities capabilities() {
        return new Capabilities(true, false, true, true, true, true, true, 100, 2, 100_000);
    }

    private long clock() {
        return clock.micros();
    }

    // ---- people

    /** All that a statement changes is one transaction. */
    synchronized void statement(Runnable changes) {
        transaction = log.size() + 1;
        changes.run();
        transaction = 0;
    }

    private long version() {
        return transaction == 0 ? log.size() + 1 : transaction;
    }

    synchronized void put(String key, @Nullable String... values) {
        rows.put(key, Arrays.copyOf(values, columns));
        show(key, 0);
    }

    synchronized void edit(String key, int column, @Nullable String value) {
        row(key)[column] = value;
        show(key, 0);
    }

    synchronized void delete(String key) {
        rows.remove(key);
        log.add(Observation.gone(number, key, Observation.Origin.STREAM, version(), clock(), clock()));
        notifyAll();
    }

    /** Deletes without a trace in the stream: as when a slot was lost. */
    synchronized void vanish(String key) {
        rows.remove(key);
    }

    /** Edits, or makes, a row without a trace in the stream. */
    synchronized void slip(String key, int column, @Nullable String value) {
        rows.computeIfAbsent(key, unused -> new @Nullable String[columns])[column] = value;
        hidden++;
    }

    synchronized Map<String, List<@Nullable String>> contents() {
        Map<String, List<@Nullable String>> all = new TreeMap<>();
        rows.forEach((key, row) -> all.put(key, Arrays.asList(row.clone())));
        return all;
    }

    synchronized @Nullable String cell(String key, int column) {
        @Nullable String[] row = rows.get(key);
        return row == null ? null : row[column];
    }

    synchronized int size() {
        return rows.size();
    }

    /** How many changes it has seen. */
    synchronized int changes() {
        return log.size();
    }

    /** It is a copy made when the other was as it is now. */
    boolean isAs(MemoryTable other) {
        return changes() == other.changes() && confirmed() == other.confirmed();
    }

    /** How far whoever watches says that he has it for good. */
    synchronized long confirmed() {
        return confirmed;
    }

    private @Nullable String[] row(String key) {
        return Objects.requireNonNull(rows.get(key), key);
    }

    private void show(String key, long ownWrite) {
        log.add(new Observation(
                number,
                key,
                null,
                Observation.Origin.STREAM,
                false,
                row(key).clone(),
                version(),
                clock(),
                clock(),
                clock(),
                ownWrite));
        notifyAll();
    }

    // ---- the connector's side

    @Override
    public Description describe() {
        mustAnswer();
        return new Description(capabilities(), List.of(), rows.size(), "memory", List.of());
    }

    private void mustAnswer() {
        if (down) throw new PlatformException("table " + number + " does not answer", "", false, null);
    }

    @Override
    public void list(Inbox inbox) throws InterruptedException {
        mustAnswer();
        List<Observation> all = new ArrayList<>();
        synchronized (this) {
            lists++;
            rows.forEach((key, row) -> all.add(seen(key, row.clone(), Observation.Origin.FULL)));
            long end = log.size();
            while (shown >= 0 && shown < end) wait(50);
        }
        inbox.expects(all.size());
        inbox.listBegins(clock());
        for (Observation one : all) {
            mustAnswer();
            inbox.observe(one);
        }
        inbox.listEnds();
    }

    private Observation seen(String key, @Nullable String[] row, Observation.Origin origin) {
        return new Observation(
                number,
                key,
                null,
                origin,
                false,
                row,
                log.size(),
                dev.lockstep.core.model.Stamp.UNDATED,
                clock(),
                clock(),
                0);
    }

    @Override
    public void watch(@Nullable String position, Inbox inbox) throws InterruptedException {
        mustAnswer();
        long at;
        if (position == null) {
            synchronized (this) {
                at = log.size();
            }
            list(inbox);
            inbox.position(Long.toString(at));
        } else {
            // Whoever goes on from there has it for good.
            confirm(position);
            at = Long.parseLong(position);
        }
        try {
            while (true) {
                List<Observation> next;
                synchronized (this) {
                    shown = at;
                    notifyAll();
                    if ((log.size() == at || stalls) && !down) wait(50);
                    long end = stalls ? at : Math.min(log.size(), at + 100);
                    next = List.copyOf(log.subList((int) at, (int) end));
                }
                mustAnswer();
                inbox.progress(clock());
                if (next.isEmpty()) continue;
                for (Observation one : next) inbox.observe(one);
                at += next.size();
                inbox.position(Long.toString(at));
            }
        } finally {
            synchronized (this) {
                shown = -1;
            }
        }
    }

    @Override
    public synchronized void confirm(String position) {
        confirmed = Math.max(confirmed, Long.parseLong(position));
    }

    @Override
    public synchronized String now() {
        return Integer.toString(log.size());
    }

    @Override
    public boolean reached(String position, String target) {
        return Long.parseLong(position) >= Long.parseLong(target);
    }

    @Override
    public void read(List<String> keys, Inbox inbox) throws InterruptedException {
        mustAnswer();
        List<Observation> all = new ArrayList<>();
        synchronized (this) {
            for (String key : keys) {
                @Nullable String[] row = rows.get(key);
                all.add(
                        row == null
                                ? Observation.gone(number, key, Observation.Origin.READ, log.size(), clock(), clock())
                                : seen(key, row.clone(), Observation.Origin.READ));
            }
            long end = log.size();
            while (shown < end) wait(50);
        }
        for (Observation one : all) inbox.observe(one);
    }

    @Override
    public List<Receipt> write(List<Write> writes) {
        mustAnswer();
        List<Receipt> receipts = new ArrayList<>();
        synchronized (this) {
            for (Write write : writes) receipts.add(apply(write));
        }
        if (losesAnswers) throw new PlatformException("the connection broke", "", false, null);
        return receipts;
    }

    @Override
    public synchronized List<Receipt> resolve(List<Write> writes) throws InterruptedException {
        mustAnswer();
        long end = log.size();
        while (shown < end && !down) wait(50);
        mustAnswer();
        return writes.stream()
                .map(write -> applied.getOrDefault(
                        write.id(), Receipt.of(write, Receipt.Outcome.AGAIN, "was not applied", clock())))
                .toList();
    }

    private Receipt apply(Write write) {
        if (busy) return Receipt.of(write, Receipt.Outcome.AGAIN, "busy", clock());
        for (Write.Cell cell : write.cells()) {
            if (refuses != null && refuses.equals(cell.raw())) {
                return Receipt.of(write, Receipt.Outcome.INVALID, "refused by a constraint", clock());
            }
        }
        Receipt receipt = switch (write.kind()) {
            case CREATE -> create(write);
            case UPDATE -> update(write);
            case DELETE -> remove(write);
        };
        if (receipt.outcome() == Receipt.Outcome.APPLIED) applied.put(write.id(), receipt);
        return receipt;
    }

    private Receipt create(Write write) {
        for (Write.Cell part : makesTwins ? List.<Write.Cell>of() : write.naturalKey()) {
            for (Map.Entry<String, @Nullable String[]> row : rows.entrySet()) {
                if (!Objects.equals(row.getValue()[part.column()], part.raw())) continue;
                return new Receipt(
                        write.id(),
                        Receipt.Outcome.EXISTS,
                        row.getKey(),
                        row.getValue().clone(),
                        "",
                        -1,
                        clock());
            }
        }
        creates++;
        String key = write.key() == null ? Integer.toString(nextKey++) : write.key();
        @Nullable String[] row = new @Nullable String[columns];
        for (Write.Cell cell : write.cells()) row[cell.column()] = cell.raw();
        rows.put(key, row);
        show(key, write.id());
        return Receipt.applied(write, key, row.clone(), clock());
    }

    private @Nullable Receipt refusal(Write write) {
        @Nullable String[] row = rows.get(write.key());
        if (row == null) return Receipt.of(write, Receipt.Outcome.MISSING, "", clock());
        for (Write.Cell cell : write.cells()) {
            if (!Objects.equals(row[cell.column()], cell.expected())) {
                return Receipt.of(write, Receipt.Outcome.STALE, "", clock());
            }
        }
        return null;
    }

    private Receipt remove(Write write) {
        Receipt refusal = refusal(write);
        if (refusal != null) return refusal;
        deletes++;
        String key = Objects.requireNonNull(write.key());
        rows.remove(key);
        log.add(Observation.gone(number, key, Observation.Origin.STREAM, log.size() + 1, clock(), clock())
                .withOwnWrite(write.id()));
        notifyAll();
        return Receipt.applied(write, key, new String[0], clock());
    }

    private Receipt update(Write write) {
        Receipt refusal = refusal(write);
        if (refusal != null) return refusal;
        String key = Objects.requireNonNull(write.key());
        @Nullable String[] row = row(key);
        updates++;
        @Nullable String[] shownRow = new @Nullable String[columns];
        Arrays.fill(shownRow, Observation.ABSENT);
        for (Write.Cell cell : write.cells()) {
            row[cell.column()] = cell.raw();
            shownRow[cell.column()] = cell.raw();
        }
        show(key, write.id());
        return Receipt.applied(write, key, shownRow, clock());
    }

    @Override
    public void close() {}
}
