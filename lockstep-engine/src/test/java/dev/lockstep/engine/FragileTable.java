package dev.lockstep.engine;

import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Write;
import dev.lockstep.engine.store.Points;
import dev.lockstep.engine.store.Points.Call;
import dev.lockstep.engine.store.Points.Verdict;
import dev.lockstep.spi.Description;
import dev.lockstep.spi.Inbox;
import dev.lockstep.spi.Lists;
import dev.lockstep.spi.Platform;
import dev.lockstep.spi.PlatformException;
import dev.lockstep.spi.Reads;
import dev.lockstep.spi.Watches;
import dev.lockstep.spi.Writes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A table all of whose calls pass a test; it also sees to what no engine may ask of a platform. */
final class FragileTable implements Platform, Lists, Watches, Reads, Writes {
    private final MemoryTable table;
    private final Points points;
    private final Object oneAtATime;
    private final Consumer<Write> written;
    private final Consumer<String> wrong;

    /**
     * @param oneAtATime held during each call that changes the table
     * @param written told of each write that was applied
     * @param wrong told what an engine may not do
     */
    FragileTable(MemoryTable table, Points points, Object oneAtATime, Consumer<Write> written, Consumer<String> wrong) {
        this.table = table;
        this.points = points;
        this.oneAtATime = oneAtATime;
        this.written = written;
        this.wrong = wrong;
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void pass(Call call, Work work) throws InterruptedException {
        Verdict verdict = before(call);
        work.run();
        after(call, verdict);
    }

    private <T> T passAlone(Call call, Supplier<T> work) {
        synchronized (oneAtATime) {
            Verdict verdict = before(call);
            T answer = work.get();
            after(call, verdict);
            return answer;
        }
    }

    private Verdict before(Call call) {
        synchronized (oneAtATime) {
            Verdict verdict = points.before(call);
            if (verdict == Verdict.REFUSED) throw fails(call);
            return verdict;
        }
    }

    private void after(Call call, Verdict verdict) {
        synchronized (oneAtATime) {
            points.after(call);
            if (verdict == Verdict.LOST) throw fails(call);
        }
    }

    private PlatformException fails(Call call) {
        return new PlatformException("table " + table.number + " broke off: " + call, "", false, null);
    }

    @Override
    public Description describe() {
        return table.describe();
    }

    @Override
    public void list(Inbox inbox) throws InterruptedException {
        pass(Call.LIST, () -> table.list(new Line(inbox)));
    }

    @Override
    public void watch(@Nullable String position, Inbox inbox) throws InterruptedException {
        if (position != null && Long.parseLong(position) < table.confirmed()) {
            wrong.accept("table " + table.number + " is asked for what comes after " + position + ", and was told that "
                    + table.confirmed() + " is durable");
        }
        pass(Call.WATCH, () -> table.watch(position, new Line(inbox)));
    }

    @Override
    public void confirm(String position) {
        synchronized (oneAtATime) {
            // It cannot fail: what is not confirmed is only kept for longer.
            points.before(Call.CONFIRM);
            table.confirm(position);
            points.after(Call.CONFIRM);
        }
    }

    @Override
    public String now() {
        return passAlone(Call.NOW, table::now);
    }

    @Override
    public boolean reached(String position, String target) {
        return table.reached(position, target);
    }

    @Override
    public void read(List<String> keys, Inbox inbox) throws InterruptedException {
        pass(Call.READ, () -> table.read(keys, new Line(inbox)));
    }

    @Override
    public List<Receipt> write(List<Write> writes) {
        List<Receipt> receipts = new ArrayList<>();
        for (Write write : writes) {
            receipts.addAll(passAlone(Call.WRITE, () -> {
                List<Receipt> receipt = table.write(List.of(write));
                if (receipt.getFirst().outcome() == Receipt.Outcome.APPLIED) written.accept(write);
                return receipt;
            }));
        }
        return receipts;
    }

    @Override
    public List<Receipt> resolve(List<Write> writes) throws InterruptedException {
        List<Receipt> receipts = new ArrayList<>();
        pass(Call.RESOLVE, () -> receipts.addAll(table.resolve(writes)));
        return receipts;
    }

    @Override
    public void close() {}

    /** What a table shows passes the test too: it may break off before it or after it. */
    private final class Line implements Inbox {
        private final Inbox inbox;

        Line(Inbox inbox) {
            this.inbox = inbox;
        }

        @Override
        public void observe(Observation observation) throws InterruptedException {
            pass(Call.SHOW, () -> inbox.observe(observation));
        }

        @Override
        public void position(String position) throws InterruptedException {
            pass(Call.POSITION, () -> inbox.position(position));
        }

        @Override
        public void listBegins(long nowMicros) throws InterruptedException {
            pass(Call.POSITION, () -> inbox.listBegins(nowMicros));
        }

        @Override
        public void listEnds() throws InterruptedException {
            pass(Call.POSITION, inbox::listEnds);
        }

        @Override
        public void emptied(long version, long datedMicros) throws InterruptedException {
            inbox.emptied(version, datedMicros);
        }

        @Override
        public void positionLost(String why) throws InterruptedException {
            inbox.positionLost(why);
        }

        @Override
        public void progress(long platformMicros) {
            inbox.progress(platformMicros);
        }

        @Override
        public void expects(long records) {
            inbox.expects(records);
        }
    }
}
