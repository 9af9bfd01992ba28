package dev.lockstep.engine.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the loop: a queue for each platform, and one of commands. Within a platform order is kept, receipts
 * included, since what a connector shows before it answers must be handled before the answer. Between platforms it is
 * not: a bulk load on one must not delay the others. Readers wait when their platform's queue is full; receipts and
 * commands never wait (they are bounded by permits and by who asks), so that nothing can deadlock.
 */
public final class Mailbox {
    /** An input and the platform that it came from. */
    public record Item(int platform, Input input) {}

    /** A command runs on the loop's thread, within a turn. */
    public interface Command {
        void run(Turn turn);

        /** The loop has ended without running it. */
        default void refused() {}
    }

    private static final int ROUND = 64;
    /** So many times as much is taken from a platform in a hurry. */
    private static final int HURRY = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final List<Queue> queues = new ArrayList<>();
    private final ArrayDeque<Command> commands = new ArrayDeque<>();
    private int next;
    private boolean woken;
    private boolean closed;

    private static final class Queue {
        final ArrayDeque<Input> inputs = new ArrayDeque<>();
        final Condition room;
        boolean held;
        boolean waiting;
        /** Known to the loop alone. */
        boolean hurried;

        Queue(Condition room) {
            this.room = room;
        }
    }

    private final int bound;

    public Mailbox(int platforms, int bound) {
        this.bound = bound;
        for (int i = 0; i < platforms; i++) queues.add(new Queue(lock.newCondition()));
    }

    /** Waits for room; for what a reader shows. */
    public void put(int platform, Input input) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Queue queue = queues.get(platform);
            while (queue.inputs.size() >= bound && !closed) {
                queue.waiting = true;
                queue.room.await();
            }
            if (closed) throw new InterruptedException("the engine is closing");
            queue.inputs.add(input);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Never waits; for receipts and markers. */
    public void putNow(int platform, Input input) {
        lock.lock();
        try {
            queues.get(platform).inputs.add(input);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** False when the loop has ended and will not run it. */
    public boolean command(Command command) {
        lock.lock();
        try {
            if (closed) return false;
            commands.add(command);
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Makes a waiting {@link #take} return. */
    public void wake() {
        lock.lock();
        try {
            woken = true;
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** No inputs of this platform are handed out until it is released. */
    void hold(int platform, boolean held) {
        lock.lock();
        try {
            queues.get(platform).held = held;
        } finally {
            lock.unlock();
        }
    }

    /** What this platform has to show is taken before what others have: writes wait for it. */
    void hurry(int platform, boolean hurried) {
        queues.get(platform).hurried = hurried;
    }

    int size(int platform) {
        lock.lock();
        try {
            return queues.get(platform).inputs.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes all commands. */
    List<Command> commands() {
        lock.lock();
        try {
            List<Command> all = List.copyOf(commands);
            commands.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Takes up to {@code most} inputs, by turns from each platform; waits for the first so long at most. */
    List<Item> take(int most, long waitMicros) throws InterruptedException {
        List<Item> taken = new ArrayList<>();
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.MICROSECONDS.toNanos(waitMicros);
            while (!anything() && !woken && left > 0) left = filled.awaitNanos(left);
            woken = false;
            boolean more = true;
            while (more && taken.size() < most) {
                more = false;
                for (int i = 0; i < queues.size() && taken.size() < most; i++) {
                    int platform = (next + i) % queues.size();
                    int round = queues.get(platform).hurried ? ROUND * HURRY : ROUND;
                    more |= drain(platform, Math.min(round, most - taken.size()), taken);
                }
                next++;
            }
        } finally {
            lock.unlock();
        }
        return taken;
    }

    private boolean drain(int platform, int most, List<Item> into) {
        Queue queue = queues.get(platform);
        if (queue.held) return false;
        int count = 0;
        while (count < most) {
            Input input = queue.inputs.poll();
            if (input == null) break;
            into.add(new Item(platform, input));
            // Answers come beside what is shown: counted, they would let in more of what others show.
            if (!(input instanceof Input.Landed)) count++;
            // What follows it must wait until every record has been told that it is gone, or looked for.
            if (input instanceof Input.Emptied || input instanceof Input.ListEnded) {
                queue.held = true;
                break;
            }
        }
        if (queue.waiting && queue.inputs.size() <= bound / 2) {
            queue.waiting = false;
            queue.room.signalAll();
        }
        return count > 0 && !queue.inputs.isEmpty() && !queue.held;
    }

    private boolean anything() {
        if (!commands.isEmpty()) return true;
        for (Queue queue : queues) if (!queue.held && !queue.inputs.isEmpty()) return true;
        return false;
    }

    /** Whoever waits for room is interrupted; nothing more comes in. */
    void close() {
        lock.lock();
        try {
            closed = true;
            for (Queue queue : queues) queue.room.signalAll();
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
