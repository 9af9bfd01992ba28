package dev.lockstep.bench.storm;

import dev.lockstep.bench.Lockstep;
import dev.lockstep.bench.Report;
import dev.lockstep.bench.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Again and again {@code up} is killed under load, and one file of its data folder is spoilt. The next start says so
 * and what to do, or all comes right. Whoever does what it says gets there too.
 */
final class Damage {

    private static final int PEOPLE = 200;
    private static final int PER_SECOND = 80;
    private static final int COPIES = 4;
    private static final long LIMIT_MS = 400_000;

    /** One sentence that says what is wrong, and a remedy. */
    private static final String REFUSAL = "(?s).*data folder.*\\.\\s.*(Put back|Move|move|Check|Use).*";

    enum Outcome {
        /** The start said so. */
        REFUSED,
        /** It was found when it was read, and then said. */
        REFUSED_LATER,
        RECOVERED,
        /** It said that it reads everything again, and all agree then. */
        READ_AGAIN,
        SILENT
    }

    private final Storm storm;
    private final List<Server> servers;
    private final Report report;
    private final Probe probe;
    private final Path workspace;
    private final Path data;
    private final Random random;
    private final ArrayDeque<Path> copies = new ArrayDeque<>();
    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private final Map<Wound.Kind, Map<Outcome, Integer>> byKind = new TreeMap<>();
    private final Map<String, Integer> said = new TreeMap<>();
    private final List<String> silent = new ArrayList<>();
    private final List<String> unmended = new ArrayList<>();
    /** From the first start on, which comes before all else. */
    @SuppressWarnings("NullAway.Init")
    private Lockstep.Running running;


    private Damage(Storm storm, List<Server> servers, Report report, Probe probe, Path workspace, long seed) {
        this.storm = storm;
        this.servers = servers;
        this.report = report;
        this.probe = probe;
        this.workspace = workspace;
        this.data = workspace.resolve(".lockstep");
        this.random = new Random(seed);
    }

    static void run(Path folder, Report report, long seed, int count) throws Exception {
        var servers = new ArrayList<Server>();
        try {
            for (int platform = 0; platform < Platforms.COUNT; platform++) {
                servers.add(Server.start(folder.resolve("postgres" + platform)));
            }
            Platforms.create(servers);
            var workspace = folder.resolve("workspace");
            // Whoever loses the state and sees a changed address in one place has nothing else to know people by.
            var yaml = Platforms.workspace(servers)
                    .replace("tag:    { type: text }", "tag:    { type: text, identifies: true }");
            var storm = new Storm(servers, Lockstep.in(workspace, yaml), report);
            storm.populate(PEOPLE);
            storm.ledger.grantsMayBeCutOff();
            try (var probe = new Probe(servers, storm.ledger, storm.port)) {
                probe.create();
                var sync = storm.lockstep.run("sync");
                report.check(sync.exit() == 0, "first sync: " + sync);
                new Damage(storm, servers, report, probe, workspace, seed).rounds(seed, count);
            }
        } finally {
            for (var server : servers) {
                server.close();
            }
        }
    }

    private void rounds(long seed, int count) throws Exception {
        running = storm.up();
        settled(false);
        for (int round = 1; round <= count; round++) {
            if (round % 10 == 1) {
                var backup = storm.lockstep.run("backup", backup(round).toString());
                report.check(backup.exit() == 0, "a copy is made: " + backup);
            }
            killUnderLoad(round, seed * 1000 + round);
            var wound = Wound.inflict(data, List.copyOf(copies), random);
            running = storm.up();
            var outcome = outcome("round " + round + ", " + wound);
            outcomes.merge(outcome, 1, Integer::sum);
            byKind.computeIfAbsent(wound.kind(), kind -> new EnumMap<>(Outcome.class))
                    .merge(outcome, 1, Integer::sum);
            if (outcome != Outcome.RECOVERED && outcome != Outcome.READ_AGAIN) {
                mend(round, "round " + round + ", " + wound);
            }
            storm.ledger.rebase(servers);
            if (round % 10 == 0) {
                report.say(round + " folders spoilt: " + outcomes);
            }
        }
        byKind.forEach((kind, found) -> report.say("      " + kind + ": " + found));
        said.forEach((sentence, times) -> report.say("      " + times + " times: " + sentence));
        report.none(silent, count + " spoilt data folders, none silently accepted: " + outcomes);
        report.none(unmended, "after a refusal, what it says to do brings everything back");
        report.check(running.stop(20_000), "up ends when asked to");
        var verify = storm.lockstep.run("verify");
        report.check(verify.exit() == 0, "verify finds nothing: " + verify);
    }

    private void killUnderLoad(int round, long seed) throws Exception {
        long millis = 500 + random.nextInt(1500);
        long untilNanos = System.nanoTime() + (millis + 200) * 1_000_000;
        var editors = storm.edit(PER_SECOND, 20, seed, new AtomicLong(), () -> untilNanos);
        Thread.sleep(millis / 2);
        keepCopy(round);
        Thread.sleep(millis / 2);
        running.kill();
        for (var editor : editors) {
            editor.join();
        }
    }

    /** In the midst of work: its files are those of now, and shorter. */
    private void keepCopy(int round) throws IOException, InterruptedException {
        var copy = workspace.resolveSibling("copy-" + round);
        // A file may go meanwhile: it is no copy to start with.
        new ProcessBuilder("cp", "-a", data.toString(), copy.toString()).start().waitFor();
        copies.add(copy);
        if (copies.size() > COPIES) {
            run("rm", "-rf", copies.remove().toString());
        }
    }

    private Outcome outcome(String what) throws Exception {
        var wrong = settled(false);
        if (wrong.isEmpty()) {
            return Outcome.RECOVERED;
        }
        var err = running.err();
        if (!running.alive()) {
            boolean plain = err.matches(REFUSAL) && !err.contains("Exception") && !err.contains("\tat ");
            said.merge(sentence(err), 1, Integer::sum);
            if (!plain) {
                silent.add(what + ": it ended with " + err.strip());
                return Outcome.SILENT;
            }
            boolean later = running.out().contains("Lockstep is up");
            return later ? Outcome.REFUSED_LATER : Outcome.REFUSED;
        }
        if (err.contains("is read again in full")
                && storm.ledger.compareAfterLoss(servers).isEmpty()) {
            return Outcome.READ_AGAIN;
        }
        silent.add(what + ": " + wrong.size() + " wrong, "
                + wrong.stream().limit(4).toList() + "; it said " + err.strip());
        return Outcome.SILENT;
    }

    /** The sentence that matters, without what differs each time. */
    private String sentence(String err) {
        return err.strip()
                .lines()
                .reduce("", (before, line) -> line.contains("data folder") ? line : before)
                .replace(data.toString(), "…")
                .replaceAll("\\d+", "N");
    }

    /**
     * Waits until it works, and all is as it must be.
     *
     * @param afterLoss as it may be where the state was lost
     * @return what is not, when it has ended or the time is over
     */
    private List<String> settled(boolean afterLoss) throws Exception {
        long until = System.nanoTime() + LIMIT_MS * 1_000_000;
        probe.await(probe.edit(random.nextInt(Platforms.COUNT)), running::alive, LIMIT_MS);
        while (true) {
            storm.ledger.date(servers);
            var wrong = afterLoss ? storm.ledger.compareAfterLoss(servers) : storm.ledger.compare(servers);
            if (wrong.isEmpty() && running.alive()) {
                return wrong;
            }
            if (!running.alive() || System.nanoTime() > until) {
                return wrong.isEmpty() ? List.of("it has ended") : wrong;
            }
            boolean again = running.err().contains("is read again in full");
            if (again && System.nanoTime() > until - LIMIT_MS * 750_000) {
                return wrong;
            }
            Thread.sleep(100);
        }
    }

    private Path backup(int round) {
        return workspace.resolve("backup-" + (round - 1) / 10 + ".zip");
    }

    /** As the sentence says: a copy is put back, or everything is read anew. */
    private void mend(int round, String what) throws Exception {
        running.kill();
        run("rm", "-rf", data.toString());
        // They are of another folder.
        for (var copy = copies.poll(); copy != null; copy = copies.poll()) {
            run("rm", "-rf", copy.toString());
        }
        if (round % 2 == 0) {
            var restored = storm.lockstep.run("restore", backup(round).toString());
            report.check(restored.exit() == 0, "the copy is put back in " + what, List.of(restored.toString()));
        }
        running = storm.up();
        // What is edited before the first reading has no date that anybody knows: another platform's value may win.
        inStep();
        var wrong = settled(true);
        if (!wrong.isEmpty()) {
            unmended.add(what + ": " + wrong.size() + " wrong, "
                    + wrong.stream().limit(4).toList() + "; it said "
                    + running.err().strip());
        }
    }

    private void inStep() throws IOException, InterruptedException {
        long until = System.nanoTime() + LIMIT_MS * 1_000_000;
        while (running.alive() && !running.err().contains("In step") && System.nanoTime() < until) {
            Thread.sleep(100);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).start().waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }
}
