package dev.lockstep.engine.speed;

import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.model.Write;
import dev.lockstep.spi.Capabilities;
import dev.lockstep.spi.Description;
import dev.lockstep.spi.Inbox;
import dev.lockstep.spi.Lists;
import dev.lockstep.spi.Platform;
import dev.lockstep.spi.Reads;
import dev.lockstep.spi.SteadyClock;
import dev.lockstep.spi.Watches;
import dev.lockstep.spi.Writes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A platform that takes every write at once, if what it expects is there, and shows it in its stream, as a database
 * does, between the edits that it was told to make. Its rows are {@link Numbers}; nobody is made or deleted.
 */
final class NullTable implements Platform, Lists, Watches, Reads, Writes {
    private static final int A_POSITION = 100;
    private static final int BATCH = 1000;
    private static final int ADDRESSES_PERCENT = 5;
    private static final long WAIT_MS = 1000;

    final Numbers rows;
    private final int number;
    private final int customers;
    /** What it is about to show besides its edits: our own writes, and what was asked for. */
    private final ArrayDeque<Observation> due = new ArrayDeque<>();

    private Random random = new Random(0);
    private int edits;
    private long version;
    private long shown;
    private long confirmed = -1;
    private long written;

    NullTable(int number, int customers) {
        this.number = number;
        this.customers = customers;
        this.rows = new Numbers(customers);
    }

    static Capabilities capabilities() {
        return new Capabilities(true, false, true, true, true, true, true, BATCH, 1, 100_000);
    }

    /** So many edits of anybody are made from now on, as fast as they are taken. */
    synchronized void edit(int more, Random by) {
        random = by;
        edits = more;
        notifyAll();
    }

    /** All edits were made, and everything that it had to show is known for good. */
    synchronized boolean isDone() {
        return edits == 0 && confirmed == version;
    }

    synchronized long written() {
        return written;
    }

    @Override
    public Description describe() {
        return new Description(capabilities(), List.of(), customers, "numbers", List.of());
    }

    @Override
    public void list(Inbox inbox) throws InterruptedException {
        inbox.expects(customers);
        long now = clock();
        inbox.listBegins(now);
        for (int i = 0; i < customers; i++) inbox.observe(seen(i, Observation.Origin.FULL, now));
        inbox.listEnds();
    }

    private Observation seen(int customer, Observation.Origin origin, long now) {
        long dated = origin == Observation.Origin.STREAM ? now : Stamp.UNDATED;
        String key = Integer.toString(customer);
        return new Observation(number, key, null, origin, false, rows.row(customer), version, dated, now, now, 0);
    }

    private static long clock() {
        return SteadyClock.SYSTEM.micros();
    }

    @Override
    public void watch(@Nullable String position, Inbox inbox) throws InterruptedException {
        if (position == null) {
            list(inbox);
            inbox.position("0");
        }
        List<Observation> next = new ArrayList<>();
        while (true) {
            next.clear();
            long at;
            synchronized (this) {
                while (due.isEmpty() && edits == 0) wait(WAIT_MS);
                while (next.size() < A_POSITION && !due.isEmpty()) next.add(due.remove());
                for (long now = clock(); next.size() < A_POSITION && edits > 0; edits--) next.add(edit(now));
                for (Observation one : next) if (one.origin() == Observation.Origin.STREAM) shown++;
                at = shown;
            }
            inbox.progress(clock());
            for (Observation one : next) inbox.observe(one);
            inbox.position(Long.toString(at));
        }
    }

    private Observation edit(long now) {
        int customer = random.nextInt(customers);
        boolean address = random.nextInt(100) < ADDRESSES_PERCENT;
        rows.next(customer, address ? Numbers.EMAIL : 1 + random.nextInt(Numbers.COLUMNS - 1));
        version++;
        return seen(customer, Observation.Origin.STREAM, now);
    }

    @Override
    public synchronized void confirm(String position) {
        confirmed = Math.max(confirmed, Long.parseLong(position));
    }

    @Override
    public synchronized String now() {
        return Long.toString(version);
    }

    @Override
    public boolean reached(String position, String target) {
        return Long.parseLong(position) >= Long.parseLong(target);
    }

    @Override
    public synchronized void read(List<String> keys, Inbox inbox) {
        long now = clock();
        for (String key : keys) due.add(seen(Integer.parseInt(key), Observation.Origin.READ, now));
        notifyAll();
    }

    @Override
    public synchronized List<Receipt> write(List<Write> writes) {
        List<Receipt> receipts = new ArrayList<>(writes.size());
        for (Write write : writes) receipts.add(update(write, clock()));
        notifyAll();
        return receipts;
    }

    private Receipt update(Write write, long now) {
        if (write.kind() != Write.Kind.UPDATE) throw new IllegalStateException("nobody is to be made here: " + write);
        String key = Objects.requireNonNull(write.key());
        int customer = Integer.parseInt(key);
        @Nullable String[] row = rows.row(customer);
        @Nullable String[] held = new @Nullable String[Numbers.COLUMNS];
        Arrays.fill(held, Observation.ABSENT);
        for (Write.Cell cell : write.cells()) {
            if (!Objects.equals(row[cell.column()], cell.expected())) {
                return Receipt.of(write, Receipt.Outcome.STALE, "", now);
            }
        }
        for (Write.Cell cell : write.cells()) {
            rows.note(customer, cell.column(), cell.raw());
            held[cell.column()] = cell.raw();
        }
        version++;
        written++;
        due.add(seen(customer, Observation.Origin.STREAM, now).withOwnWrite(write.id()));
        return Receipt.applied(write, key, held, now);
    }

    @Override
    public List<Receipt> resolve(List<Write> writes) {
        throw new IllegalStateException("nothing is unclear here");
    }

    @Override
    public void close() {}
}
