package dev.lockstep.bench.storm;

import dev.lockstep.bench.Lockstep;
import dev.lockstep.bench.Options;
import dev.lockstep.bench.Proxy;
import dev.lockstep.bench.Report;
import dev.lockstep.bench.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code torture}: {@code up} under load is killed every 50 to 5,000 ms, while servers restart and crash and the
 * network fails; then its disk is full. Half of the kills are counted from the start of the process, so that they come
 * while it starts and recovers; the others from when it worked again, so that they come in the midst of work. Then its
 * data folder is spoilt, again and again.
 */
public final class Torture {

    private static final int KILL_FROM_MS = 50;
    private static final int KILL_TO_MS = 5000;
    private static final long RECOVERY_LIMIT_MS = 240_000;
    private static final double RECOVERY_P99_MS = 10_000;

    private final Storm storm;
    private final Report report;
    private final Probe probe;
    private final Faults faults;
    private final Random random;
    private final List<Double> calm = new ArrayList<>();
    private final List<Double> amidFaults = new ArrayList<>();
    private final List<String> traces = new ArrayList<>();
    /** From the first start on, which comes before all else. */
    @SuppressWarnings("NullAway.Init")
    private Lockstep.Running running;

    private long startedNanos;
    private int starts;
    private int kills;
    private int early;

    private Torture(Storm storm, Report report, Probe probe, Faults faults, long seed) {
        this.storm = storm;
        this.report = report;
        this.probe = probe;
        this.faults = faults;
        this.random = new Random(seed);
    }

    public static void run(Options options, Report report) throws Exception {
        var folder = options.folder("torture");
        long seed = Long.parseLong(
                options.text("seed", Long.toString(ThreadLocalRandom.current().nextLong(1_000_000_000))));
        report.say("in " + folder + ", --seed " + seed);
        Lockstep.build();
        int kills = options.number("kills", 300);
        if (kills > 0) {
            kills(folder, options, report, seed, kills);
        }
        int damage = options.number("damage", 100);
        if (damage > 0) {
            Damage.run(folder.resolve("damage"), report, seed, damage);
        }
    }

    private static void kills(Path folder, Options options, Report report, long seed, int kills) throws Exception {
        var servers = new ArrayList<Server>();
        var proxies = new ArrayList<Proxy>();
        try {
            for (int platform = 0; platform < Platforms.COUNT; platform++) {
                servers.add(Server.start(folder.resolve("postgres" + platform)));
                proxies.add(new Proxy(servers.get(platform).port()));
            }
            Platforms.create(servers);
            var workspace = folder.resolve("workspace");
            var urls = proxies.stream()
                    .map(proxy -> Server.url("storm", "postgres", proxy.port()))
                    .toList();
            var storm = new Storm(servers, Lockstep.in(workspace, Platforms.workspaceOf(urls)), report);
            storm.populate(options.number("people", 3000));
            storm.ledger.grantsMayBeCutOff();
            try (var probe = new Probe(servers, storm.ledger, storm.port)) {
                probe.create();
                var sync = storm.lockstep.run("sync");
                report.check(sync.exit() == 0, "first sync: " + sync);
                var faults = new Faults(servers, proxies, report, seed + 1);
                new Torture(storm, report, probe, faults, seed).pass(workspace, options, seed, kills);
            }
        } finally {
            for (var proxy : proxies) {
                proxy.close();
            }
            for (var server : servers) {
                server.close();
            }
        }
    }

    private void pass(Path workspace, Options options, long seed, int wanted) throws Exception {
        int perSecond = options.number("edits-per-second", 160);
        long least = options.number("seconds", 2000) * 1_000_000_000L;
        var until = new AtomicLong(Long.MAX_VALUE);
        var refused = new AtomicLong();
        long began = System.nanoTime();
        start();
        var editors = storm.edit(perSecond, options.number("hot", 100), seed, refused, until::get);
        var trouble = Thread.ofPlatform().name("faults").start(faults);
        long killedNanos = began;
        while (kills < wanted || System.nanoTime() - began < least) {
            killedNanos = one(killedNanos);
            if (kills % 25 == 0) {
                report.say("%d kills, %d of them while it started; %d edits; recovery %s; faults %s"
                        .formatted(kills, early, storm.ledger.size(), spread(calm), faults));
            }
        }
        faults.stop(trouble);
        recovered(killedNanos, "after the last kill");
        if (options.number("full-disk", 1) > 0) {
            fillDisk(workspace);
        }
        until.set(System.nanoTime());
        for (var editor : editors) {
            editor.join();
        }
        report.say("%d edits in %d s; %d kills, %d of them while it started; %d refused by a server that was down; %s"
                .formatted(
                        storm.ledger.size(),
                        (System.nanoTime() - began) / 1_000_000_000,
                        kills,
                        early,
                        refused.get(),
                        faults));
        report.none(traces, "no run says a stack trace");
        var wrong = storm.judge(running, 60, options.number("rest", 30));
        long twice = wrong.stream().filter(one -> one.contains(" is twice ")).count();
        report.check(
                wrong.isEmpty(),
                "%d kills, %d edits: %d lost or wrong, %d duplicated"
                        .formatted(kills, storm.ledger.size(), wrong.size() - twice, twice));
        var cutOff = storm.ledger.cutOff();
        report.say(
                "no consent is granted whose last word was a withdrawal; %d whose last word was a grant are withdrawn%s"
                        .formatted(cutOff.size(), cutOff.isEmpty() ? "" : ": " + cutOff.getFirst()));
        report.check(
                calm.isEmpty() || at(calm, 0.99) < RECOVERY_P99_MS,
                "recovery, from the kill until an edit made after it is everywhere: " + spread(calm));
        report.say("with another fault meanwhile: " + spread(amidFaults));
    }

    /** A rest, and a kill; when that was. */
    private long one(long killedNanos) throws Exception {
        boolean whileItStarts = random.nextBoolean();
        long restMs = KILL_FROM_MS + random.nextInt(KILL_TO_MS - KILL_FROM_MS + 1);
        long from = startedNanos;
        if (!whileItStarts) {
            recovered(killedNanos, "after kill " + kills);
            from = System.nanoTime();
        }
        while (System.nanoTime() - from < restMs * 1_000_000) {
            Thread.sleep(Math.clamp(restMs - (System.nanoTime() - from) / 1_000_000, 1, 50));
            if (!running.alive()) {
                report.check(false, "up goes on until it is killed", List.of(running.err()));
                start();
            }
        }
        if (whileItStarts) {
            early++;
        }
        long now = System.nanoTime();
        running.kill();
        kills++;
        look();
        start();
        return now;
    }

    private void start() throws Exception {
        startedNanos = System.nanoTime();
        starts++;
        running = storm.up();
    }

    private void look() throws IOException {
        var err = running.err();
        if (err.contains("Exception") || err.contains("\tat ")) {
            traces.add("start " + starts + ": " + err.strip());
        }
    }

    private void recovered(long killedNanos, String when) throws Exception {
        var value = probe.edit(random.nextInt(Platforms.COUNT));
        boolean works = probe.await(value, running::alive, RECOVERY_LIMIT_MS);
        long now = System.nanoTime();
        if (!works) {
            report.check(false, "it works again " + when, List.of(running.alive() ? "not yet" : running.err()));
            if (!running.alive()) {
                start();
            }
        }
        (faults.between(killedNanos, now) ? amidFaults : calm).add((now - killedNanos) / 1e6);
    }

    /** One round on a small disk of its own; the folder then goes back to where it was. */
    private void fillDisk(Path workspace) throws Exception {
        running.kill();
        try (var disk = FullDisk.under(workspace.resolve(".lockstep"))) {
            if (disk == null) {
                report.say("a full disk is not tried: mounting one is not allowed here");
                start();
                return;
            }
            start();
            boolean before = probe.await(probe.edit(0), running::alive, RECOVERY_LIMIT_MS);
            report.check(before, "it works on a small disk");
            disk.fill();
            var figures = new Figures(storm.port, running);
            long filled = System.nanoTime();
            while (figures.scrape().values().getOrDefault("halted", 0.0) < 1
                    && System.nanoTime() - filled < RECOVERY_LIMIT_MS * 1_000_000) {
                Thread.sleep(200);
            }
            long halted = System.nanoTime();
            Thread.sleep(3000);
            report.check(running.alive(), "a full disk stops the intake, and not the server", List.of(running.err()));
            disk.free();
            long freed = System.nanoTime();
            boolean works = probe.await(probe.edit(1), running::alive, RECOVERY_LIMIT_MS);
            report.check(
                    works,
                    "a full disk is noticed after %.1f s, and it goes on by itself %.1f s after there is room"
                            .formatted((halted - filled) / 1e9, (System.nanoTime() - freed) / 1e9),
                    List.of(running.err()));
            running.kill();
            look();
        }
        start();
    }

    static String spread(List<Double> millis) {
        return millis.isEmpty()
                ? "none measured"
                : "p50 %.0f ms, p99 %.0f ms, most %.0f ms, of %d"
                        .formatted(at(millis, 0.5), at(millis, 0.99), at(millis, 1), millis.size());
    }

    private static double at(List<Double> millis, double share) {
        var sorted = millis.stream().sorted().toList();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
