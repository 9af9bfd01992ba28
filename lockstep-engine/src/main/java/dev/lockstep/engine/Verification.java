package dev.lockstep.engine;

import dev.lockstep.core.codec.StateCodec;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import dev.lockstep.engine.loop.Input;
import dev.lockstep.engine.loop.Lane;
import dev.lockstep.engine.query.Comparison;
import dev.lockstep.engine.query.Finder;
import dev.lockstep.engine.query.KeySet;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Keys;
import dev.lockstep.engine.store.Store;
import dev.lockstep.engine.view.VerifyView;
import dev.lockstep.spi.Inbox;
import dev.lockstep.spi.Lists;
import dev.lockstep.spi.Platform;
import dev.lockstep.spi.PlatformException;
import dev.lockstep.spi.Reads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Reads every platform again in full and compares, record by record. What differs is read once more by itself, after
 * the changes then under way have been taken in: a change in flight is no finding.
 */
final class Verification {
    private static final int MOST_CANDIDATES = 20_000;
    private static final int READ_AT_ONCE = 500;
    private static final int ROUNDS = 3;
    private static final int SAMPLES = 10;

    private final Run run;
    private final Store store;
    private final Model model;
    private final Progress progress;
    private final Comparison comparison;

    Verification(Run run, Store store, Model model, Progress progress) {
        this.run = run;
        this.store = store;
        this.model = model;
        this.progress = progress;
        this.comparison = new Comparison(new Finder(store, model), model);
    }

    VerifyView verify(boolean repair) throws InterruptedException {
        List<VerifyView.PlatformCheck> checks = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Map<Integer, Long> duplicates = duplicates();
        for (Lane lane : run.lanes()) {
            PlatformLink link = run.link(lane.number());
            if (!lane.active() || link == null) continue;
            if (link.platform() instanceof Lists lists) {
                checks.add(check(lane, link.platform(), lists, repair, duplicates.getOrDefault(lane.number(), 0L)));
            } else {
                notes.add("Platform " + lane.model.name() + " cannot be read in full: it was not compared.");
            }
        }
        return new VerifyView(checks, repair, notes);
    }

    /** What one platform was found to hold. */
    private static final class Found {
        final Map<String, List<VerifyView.Finding>> byKey = new LinkedHashMap<>();
        final KeySet seen = new KeySet();
        long checked;
        long beyond;

        void add(String key, List<VerifyView.Finding> findings) {
            if (findings.isEmpty()) return;
            if (byKey.size() < MOST_CANDIDATES) byKey.put(key, findings);
            else beyond++;
        }
    }

    private VerifyView.PlatformCheck check(Lane lane, Platform platform, Lists lists, boolean repair, long duplicates)
            throws InterruptedException {
        Found found = new Found();
        try {
            lists.list(new Comparing(lane, found));
        } catch (PlatformException e) {
            return new VerifyView.PlatformCheck(
                    lane.model.name(), found.checked, 0, 0, 0, 0, 0, 0, List.of(), e.getMessage());
        }
        missing(lane, found);
        if (platform instanceof Reads reads) lookAgain(lane, reads, found, repair);
        return summary(lane, found, duplicates);
    }

    /** Takes in what a full read shows; keeps only what is wrong. */
    private final class Comparing implements Inbox {
        private final Lane lane;
        private final Found found;
        private long expected = -1;

        Comparing(Lane lane, Found found) {
            this.lane = lane;
            this.found = found;
        }

        @Override
        public void observe(Observation shown) {
            found.checked++;
            found.seen.add(shown.key());
            found.add(shown.key(), comparison.of(shown));
            if (found.checked % 1000 == 0) {
                run.mustLive();
                progress.at(Progress.Phase.COMPARING, lane.model.name(), found.checked, expected);
            }
        }

        @Override
        public void position(String position) {}

        @Override
        public void listBegins(long nowMicros) {}

        @Override
        public void listEnds() {}

        @Override
        public void emptied(long version, long datedMicros) {}

        @Override
        public void positionLost(String why) {}

        @Override
        public void progress(long platformMicros) {}

        @Override
        public void expects(long records) {
            expected = records;
        }
    }

    private void missing(Lane lane, Found found) {
        store.scan(Family.RECORDS, Keys.number(lane.number()), null, (key, value) -> {
            String text = Keys.slot(key).key();
            if (found.seen.contains(text)) return true;
            Member member = comparison.member(lane.number(), text);
            if (member != null && member.live && member.key.equals(text)) {
                found.add(text, List.of(Comparison.missing(member)));
            }
            return true;
        });
    }

    private void lookAgain(Lane lane, Reads reads, Found found, boolean repair) throws InterruptedException {
        for (int round = 0; round < ROUNDS && !found.byKey.isEmpty(); round++) {
            if (round > 0) Thread.sleep(300);
            List<String> keys = List.copyOf(found.byKey.keySet());
            for (int from = 0; from < keys.size(); from += READ_AT_ONCE) {
                List<String> some = keys.subList(from, Math.min(keys.size(), from + READ_AT_ONCE));
                Map<String, Observation> shown = read(lane, reads, some);
                for (String key : some) {
                    Observation one = shown.get(key);
                    if (one == null) continue;
                    List<VerifyView.Finding> findings = comparison.of(one);
                    if (findings.isEmpty()) found.byKey.remove(key);
                    else found.byKey.put(key, findings);
                    // Level-triggered: told what is there, the core mends it.
                    if (repair && round == 0) run.mailbox().putNow(lane.number(), new Input.Observed(one));
                }
            }
            if (repair) return;
        }
    }

    /** Reads these records; answers when all that the platform showed before is durable. */
    private Map<String, Observation> read(Lane lane, Reads reads, List<String> keys) throws InterruptedException {
        Map<String, Observation> shown = new HashMap<>();
        CountDownLatch all = new CountDownLatch(keys.size());
        reads.read(keys, new Collecting(shown, all));
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (all.getCount() > 0 && System.nanoTime() < deadline) Thread.sleep(2);
        CountDownLatch durable = new CountDownLatch(1);
        run.mailbox().putNow(lane.number(), new Input.Marker(durable::countDown));
        while (durable.getCount() > 0) {
            run.mustLive();
            Thread.sleep(1);
        }
        synchronized (shown) {
            return new HashMap<>(shown);
        }
    }

    private record Collecting(Map<String, Observation> shown, CountDownLatch all) implements Inbox {
        @Override
        public void observe(Observation observation) {
            synchronized (shown) {
                shown.put(observation.key(), observation);
            }
            all.countDown();
        }

        @Override
        public void position(String position) {}

        @Override
        public void listBegins(long nowMicros) {}

        @Override
        public void listEnds() {}

        @Override
        public void emptied(long version, long datedMicros) {}

        @Override
        public void positionLost(String why) {}

        @Override
        public void progress(long platformMicros) {}

        @Override
        public void expects(long records) {}
    }

    /** Records that Lockstep made beyond the first of one customer, by platform. */
    private Map<Integer, Long> duplicates() {
        Map<Integer, Long> duplicates = new HashMap<>();
        store.scan(Family.GROUPS, new byte[0], null, (key, value) -> {
            GroupState group = StateCodec.decodeGroup(value);
            if (group.members.size() < 2) return true;
            Map<String, Integer> made = new HashMap<>();
            for (Member member : group.members.values()) {
                if (!member.live || !member.made()) continue;
                int before = made.merge(member.customer + " " + member.name.platform(), 1, Integer::sum);
                if (before > 1) duplicates.merge(member.name.platform(), 1L, Long::sum);
            }
            return true;
        });
        return duplicates;
    }

    private VerifyView.PlatformCheck summary(Lane lane, Found found, long duplicates) {
        Map<String, Long> counts = new HashMap<>();
        List<VerifyView.Finding> samples = new ArrayList<>();
        for (List<VerifyView.Finding> findings : found.byKey.values()) {
            String kind = findings.get(0).kind();
            long before = counts.merge(kind, 1L, Long::sum);
            if (before <= SAMPLES) samples.addAll(findings);
        }
        var totals = run.books().totals();
        return new VerifyView.PlatformCheck(
                lane.model.name(),
                found.checked,
                count(counts, "missing") + totals.pendingCreates(lane.number()),
                count(counts, "extra"),
                count(counts, "different") + found.beyond,
                duplicates,
                count(counts, "failed") + totals.failedCreates(lane.number()),
                count(counts, "warning") + totals.takenCreates(lane.number()),
                samples,
                null);
    }

    private static long count(Map<String, Long> counts, String kind) {
        @Nullable Long count = counts.get(kind);
        return count == null ? 0 : count;
    }
}
