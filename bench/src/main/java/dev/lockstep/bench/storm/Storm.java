package dev.lockstep.bench.storm;

import dev.lockstep.bench.Lockstep;
import dev.lockstep.bench.Options;
import dev.lockstep.bench.Report;
import dev.lockstep.bench.Server;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** {@code storm}: {@code up} under load, killed again and again, one server restarted twice. */
public final class Storm {

    private static final int EDITORS = 6;

    private final List<Server> servers;
    final Lockstep lockstep;
    private final Report report;
    final int port;
    final Ledger ledger = new Ledger();
    private final List<String> tags = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<String, Long> consentAtMs = new ConcurrentHashMap<>();
    private final Set<String> blanked = ConcurrentHashMap.newKeySet();
    private final AtomicLong sequence = new AtomicLong();

    Storm(List<Server> servers, Lockstep lockstep, Report report) throws Exception {
        this.servers = servers;
        this.lockstep = lockstep;
        this.report = report;
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
    }

    public static void run(Options options, Report report) throws Exception {
        var folder = options.folder("storm");
        report.say("in " + folder);
        Lockstep.build();
        var servers = new ArrayList<Server>();
        try {
            for (int platform = 0; platform < Platforms.COUNT; platform++) {
                servers.add(Server.start(folder.resolve("postgres" + platform)));
            }
            Platforms.create(servers);
            var lockstep = Lockstep.in(folder.resolve("workspace"), Platforms.workspace(servers));
            var storm = new Storm(servers, lockstep, report);
            storm.populate(options.number("people", 2000));
            var sync = lockstep.run("sync");
            report.check(sync.exit() == 0, "first sync: " + sync);
            storm.blow(options);
        } finally {
            for (var server : servers) {
                server.close();
            }
        }
    }

    /** Each is known on one to three platforms; what they say agrees. */
    void populate(int people) throws Exception {
        var random = new Random(11);
        var known = new int[people];
        for (int i = 0; i < people; i++) {
            known[i] = 1 + random.nextInt(7);
        }
        for (int platform = 0; platform < Platforms.COUNT; platform++) {
            try (var connection = servers.get(platform).connect("storm")) {
                connection.setAutoCommit(false);
                for (int i = 0; i < people; i++) {
                    if ((known[i] & 1 << platform) != 0) {
                        Platforms.insert(connection, platform, "old-" + i, person(i));
                    }
                }
                connection.commit();
            }
        }
        for (int i = 0; i < people; i++) {
            tags.add("old-" + i);
            ledger.known("old-" + i, person(i));
        }
    }

    static EnumMap<What, String> person(int i) {
        var person = new EnumMap<What, String>(What.class);
        person.put(What.EMAIL, "old" + i + "@storm.example");
        person.put(What.NAME, "Old" + i + "Name");
        person.put(What.CITY, "Old" + i + "City");
        person.put(What.POINTS, "-" + (i + 1));
        person.put(What.OPT, i % 3 == 0 ? "withdrawn" : "granted");
        return person;
    }

    private void blow(Options options) throws Exception {
        int seconds = options.number("seconds", 180);
        int perSecond = options.number("edits", 100);
        long began = System.nanoTime();
        long until = began + seconds * 1_000_000_000L;
        var refused = new AtomicLong();
        long seed = options.number("seed", 1);
        var running = up();
        var threads = edit(perSecond, options.number("hot", 20), seed, refused, () -> until);
        if (options.number("restarts", 2) > 0) {
            threads.add(restarts(options.number("restarts", 2), began, until));
        }
        var random = new Random(seed);
        int kills = 0;
        int early = options.number("kill-from", 5);
        int late = options.number("kill-to", 15);
        while (System.nanoTime() < until) {
            long rest = (early * 1000L + random.nextInt(Math.max(1, (late - early) * 1000))) * 1_000_000;
            long next = System.nanoTime() + rest;
            while (System.nanoTime() < Math.min(next, until)) {
                Thread.sleep(50);
                if (!running.alive()) {
                    report.check(false, "up goes on until it is killed", List.of(running.err()));
                    running = up();
                }
            }
            if (next < until && late > 0) {
                running.kill();
                kills++;
                running = up();
            }
        }
        for (var thread : threads) {
            thread.join();
        }
        report.say("%d edits in %d s; %d kills; %d refused by a server that was down"
                .formatted(ledger.size(), seconds, kills, refused.get()));
        judge(running, options.number("agree-within", 10), options.number("rest", 60));
    }

    /** Those who edit, at work until then. */
    List<Thread> edit(int perSecond, int hot, long seed, AtomicLong refused, LongSupplier untilNanos) {
        var shared = new Editor.Shared(
                servers, ledger, tags, consentAtMs, blanked, sequence, refused, hot, Editor.Mix.STORM);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < EDITORS; i++) {
            threads.add(Thread.ofPlatform()
                    .name("editor-" + i)
                    .start(new Editor(shared, seed * 100 + i, (double) perSecond / EDITORS, untilNanos)));
        }
        return threads;
    }

    /** What is wrong in the end. */
    List<String> judge(Lockstep.Running running, int agreeWithin, int restSeconds) throws Exception {
        long began = System.nanoTime();
        ledger.date(servers);
        long last = ledger.lastMicros();
        report.say("dated all edits in " + (System.nanoTime() - began) / 1_000_000 + " ms; " + ledger.undone()
                + " had never been committed");
        List<String> wrong;
        long after;
        do {
            wrong = ledger.compare(servers);
            after = System.currentTimeMillis() - last / 1000;
            if (!wrong.isEmpty()) {
                Thread.sleep(200);
            }
        } while (!wrong.isEmpty() && after < agreeWithin * 1000L);
        report.none(wrong, "all agree, and on the right value, " + after + " ms after the last edit");
        if (!wrong.isEmpty()) {
            for (int i = 0; i < 150 && !wrong.isEmpty(); i++) {
                Thread.sleep(200);
                wrong = ledger.compare(servers);
            }
            after = System.currentTimeMillis() - last / 1000;
            report.none(wrong, "late, after " + after + " ms");
        }
        var before = Platforms.versions(servers);
        Thread.sleep(restSeconds * 1000L);
        report.check(
                before.equals(Platforms.versions(servers)),
                "no row version changes in " + restSeconds + " s of rest",
                changed(before, Platforms.versions(servers)));
        report.check(running.alive(), "up is still up, and held at most " + running.peakKb() / 1024 + " MB");
        report.check(running.stop(10_000), "up ends when asked to");
        var verify = lockstep.run("verify");
        report.check(verify.exit() == 0, "verify finds nothing: " + verify);
        return wrong;
    }

    private static List<String> changed(Map<String, String> before, Map<String, String> now) {
        return now.entrySet().stream()
                .filter(each -> !each.getValue().equals(before.get(each.getKey())))
                .map(each -> each.getKey() + ": " + before.get(each.getKey()) + " -> " + each.getValue())
                .toList();
    }

    private Thread restarts(int count, long began, long until) {
        return Thread.ofPlatform().name("restarts").start(() -> {
            try {
                for (int i = 1; i <= count; i++) {
                    long at = began + (until - began) * i / (count + 1);
                    Thread.sleep(Math.max(0, (at - System.nanoTime()) / 1_000_000));
                    servers.get(1).restart(500);
                    report.say("restarted the second server");
                }
            } catch (Exception e) {
                report.check(false, "the second server restarts", List.of(String.valueOf(e)));
            }
        });
    }

    Lockstep.Running up() throws Exception {
        return lockstep.start("up", "--port", Integer.toString(port));
    }
}
