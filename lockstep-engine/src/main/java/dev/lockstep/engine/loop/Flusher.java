package dev.lockstep.engine.loop;

import dev.lockstep.core.model.Write;
import dev.lockstep.engine.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes turns durable, all that wait with one flush of the log, while the loop goes on with the next; then it lets out
 * what had to wait for that. Turns are in the log in their order, so that one of them is durable only with all before.
 */
final class Flusher implements Runnable {
    /** Where nobody waits for it, the log is flushed this often. */
    private static final long LEISURE_NANOS = 20_000_000L;
    /** So many turns may wait; then the loop does. */
    private static final int MOST = 256;

    /** What a turn that is in the log has to let out when it is durable. */
    record Due(Map<Integer, List<Write>> sends, Map<Integer, String> positions, List<Runnable> then) {
        boolean awaited() {
            return !sends.isEmpty() || !then.isEmpty();
        }

        boolean isEmpty() {
            return !awaited() && positions.isEmpty();
        }
    }

    private final Store store;
    private final Outbox outbox;
    private final Runnable failed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<Due> waiting = new ArrayList<>();
    private boolean awaited;
    private boolean closed;
    private volatile @Nullable RuntimeException failure;

    /** @param failed told, on this thread, that nothing more will become durable */
    Flusher(Store store, Outbox outbox, Runnable failed) {
        this.store = store;
        this.outbox = outbox;
        this.failed = failed;
    }

    /** The turn is in the log. Waits when too many do. */
    void add(Due due) throws InterruptedException {
        if (due.isEmpty()) return;
        lock.lockInterruptibly();
        try {
            while (waiting.size() >= MOST && failure == null) changed.await();
            waiting.add(due);
            awaited |= due.awaited();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Throws when a flush, or letting something out, has failed: nothing is durable, or let out, since. */
    void mustWork() {
        RuntimeException told = failure;
        if (told != null) throw told;
    }

    /** What waits is still made durable and let out. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            for (List<Due> next = next(); !next.isEmpty(); next = next()) {
                store.flush();
                for (Due due : next) letOut(due);
            }
        } catch (RuntimeException e) {
            failure = e;
            failed.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Empty when closed and all is done. */
    private List<Due> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !closed) changed.await();
            long left = LEISURE_NANOS;
            while (!awaited && !closed && left > 0) left = changed.awaitNanos(left);
            List<Due> taken = waiting;
            waiting = new ArrayList<>();
            awaited = false;
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void letOut(Due due) {
        due.sends().forEach(outbox::send);
        due.positions().forEach(outbox::confirm);
        due.then().forEach(Runnable::run);
    }
}
