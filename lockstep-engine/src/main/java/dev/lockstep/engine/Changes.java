package dev.lockstep.engine;

import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.engine.view.ChangeEvent;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells followers what happens. Each has a bounded queue and a thread: one that is slow loses the oldest events. */
final class Changes {
    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
    private static final int MOST = 10_000;

    private final Model model;
    private final CopyOnWriteArrayList<Follower> followers = new CopyOnWriteArrayList<>();
    private long sequence;

    Changes(Model model) {
        this.model = model;
    }

    private static final class Follower implements Engine.Following {
        private final BlockingQueue<ChangeEvent> queue = new ArrayBlockingQueue<>(MOST);
        private final CopyOnWriteArrayList<Follower> others;
        private final Thread thread;

        Follower(Consumer<ChangeEvent> consumer, CopyOnWriteArrayList<Follower> others) {
            this.others = others;
            this.thread = Thread.ofVirtual().name("follower").unstarted(() -> tell(consumer));
        }

        private void tell(Consumer<ChangeEvent> consumer) {
            try {
                while (!Thread.currentThread().isInterrupted()) consumer.accept(queue.take());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.debug("a follower has gone", e);
            } finally {
                others.remove(this);
            }
        }

        @Override
        public void close() {
            others.remove(this);
            thread.interrupt();
        }
    }

    Engine.Following follow(Consumer<ChangeEvent> consumer) {
        Follower follower = new Follower(consumer, followers);
        followers.add(follower);
        follower.thread.start();
        return follower;
    }

    /** Called by the loop only. */
    void publish(List<Fact> facts, Function<RecordName, RecordName> customerOf) {
        if (followers.isEmpty()) {
            sequence += facts.size();
            return;
        }
        for (Fact fact : facts) {
            ChangeEvent event = event(fact, customerOf.apply(fact.record()));
            for (Follower follower : followers) {
                while (!follower.queue.offer(event)) follower.queue.poll();
            }
        }
    }

    /** Called by the loop only: a platform, or one of its columns, fits the workspace no more, or again. */
    void drifted(String platform, @Nullable String column, boolean away, String sentence, long atMicros) {
        ChangeEvent event = new ChangeEvent(
                ++sequence,
                atMicros,
                away ? "drifted" : "mended",
                "",
                platform,
                "",
                null,
                column,
                null,
                null,
                null,
                null,
                -1,
                sentence);
        for (Follower follower : followers) {
            while (!follower.queue.offer(event)) follower.queue.poll();
        }
    }

    private ChangeEvent event(Fact fact, RecordName customer) {
        RecordName source = fact.source();
        boolean wrote = fact.kind() == Fact.Kind.WROTE || fact.kind() == Fact.Kind.CREATED;
        boolean timed = wrote && fact.saidMicros() != Stamp.UNDATED && fact.micros() >= fact.saidMicros();
        return new ChangeEvent(
                ++sequence,
                fact.micros(),
                fact.kind().name().toLowerCase(Locale.ROOT),
                customer.toString(),
                platform(fact.record()),
                fact.record().key(),
                fact.field() < 0 ? null : model.field(fact.field()).name(),
                column(fact),
                fact.before(),
                fact.after(),
                source == null ? null : platform(source),
                source == null ? null : source.key(),
                timed ? (fact.micros() - fact.saidMicros()) / 1000 : -1,
                fact.detail());
    }

    private String platform(RecordName record) {
        return model.platform(record.platform()).name();
    }

    private @Nullable String column(Fact fact) {
        if (fact.column() < 0) return null;
        var columns = model.platform(fact.record().platform()).columns();
        return fact.column() < columns.size() ? columns.get(fact.column()).path() : null;
    }
}
