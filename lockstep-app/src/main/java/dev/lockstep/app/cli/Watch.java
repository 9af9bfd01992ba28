package dev.lockstep.app.cli;

import static dev.lockstep.app.cli.ProgressLines.count;

import dev.lockstep.engine.Engine;
import dev.lockstep.engine.EngineException;
import dev.lockstep.engine.view.ApprovalView;
import dev.lockstep.engine.view.PlatformView;
import dev.lockstep.engine.view.StatusView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a running engine every two seconds, and logs what its operator should hear of: that all is in step, what
 * the guard has stopped, what is refused or kept being changed back, and that a platform is back.
 */
final class Watch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final int EVERY_SECONDS = 2;

    private final Engine engine;
    private final Runnable before;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Seen seen = new Seen();

    /** @param warns as against merely tells */
    record News(boolean warns, String sentence) {}

    private Watch(Engine engine, Runnable before) {
        this.engine = engine;
        this.before = before;
        this.thread = Thread.ofVirtual().name("watch").unstarted(this::run);
    }

    /** @param before what else is written to the same place is brought to the end of its line by this */
    static Watch of(Engine engine, Runnable before) {
        Watch watch = new Watch(engine, before);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            do {
                tell();
            } while (!stop.await(EVERY_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        try {
            List<News> news = look(engine.status());
            if (!news.isEmpty()) before.run();
            for (News one : news) {
                if (one.warns()) LOG.warn(one.sentence());
                else LOG.info(one.sentence());
            }
        } catch (EngineException e) {
            LOG.debug("It takes nothing in, and has said so itself", e);
        }
    }

    private List<News> look(StatusView now) {
        boolean held = now.platforms().stream().anyMatch(one -> one.held() > 0);
        return seen.news(now, held ? engine.approvals() : List.of());
    }

    /** Returns when nothing is asked of the engine any more, so that it may be closed. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was seen so far, so that news is told once. */
    static final class Seen {
        private final Set<String> held = new HashSet<>();
        private final Set<String> down = new HashSet<>();
        private final Map<String, Long> failed = new HashMap<>();
        private final Map<String, Long> contested = new HashMap<>();
        private boolean inStep;

        /** What is new since the last look. */
        List<News> news(StatusView now, List<ApprovalView> approvals) {
            List<News> news = new ArrayList<>();
            if (now.inStep() && !inStep) {
                inStep = true;
                long records = now.platforms().stream()
                        .mapToLong(PlatformView::records)
                        .sum();
                news.add(new News(
                        false, "In step: " + count(now.customers()) + " customers, " + count(records) + " records."));
            }
            for (PlatformView one : now.platforms()) {
                if (one.error() != null) down.add(one.name());
                else if (down.remove(one.name())) news.add(new News(false, one.name() + " works again."));
                if (rose(failed, one.name(), one.failed())) {
                    news.add(new News(
                            true, one.name() + " refuses " + records(one.failed()) + ". `lockstep failed` says why."));
                }
                if (rose(contested, one.name(), one.contested())) {
                    news.add(new News(
                            true,
                            "Something keeps changing values back in " + records(one.contested()) + " of " + one.name()
                                    + ". `lockstep review` lists them."));
                }
            }
            for (ApprovalView one : approvals) {
                if (held.add(one.id())) news.add(new News(true, one.why()));
            }
            return news;
        }

        /** Once for a rise from nothing; told again only after there were none. */
        private static boolean rose(Map<String, Long> told, String platform, long number) {
            Long before = told.put(platform, number);
            return number > 0 && (before == null || before == 0);
        }

        private static String records(long number) {
            return number == 1 ? "1 record" : count(number) + " records";
        }
    }
}
