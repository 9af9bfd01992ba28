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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code hour}: an ordinary hour of a busy company, the guard on, one server away for the second third of it. Blanks,
 * opt-outs and deletions stay below what the guard stops within an hour: 5 % and 2 % of a platform's records.
 */
public final class Hour {

    private static final int AWAY = 1;
    private static final String NAME = "two";
    private static final List<String> OTHERS = List.of("one", "three");
    private static final int SCRAPE_SECONDS = 5;
    private static final double CAUGHT_UP_MS = 120_000;

    private final List<Server> servers;
    private final Report report;
    private final Ledger ledger = new Ledger();
    private final List<String> tags = new CopyOnWriteArrayList<>();
    private final int people;
    private final long seconds;

    private Hour(List<Server> servers, Report report, int people, long seconds) {
        this.servers = servers;
        this.report = report;
        this.people = people;
        this.seconds = seconds;
    }

    public static void run(Options options, Report report) throws Exception {
        var folder = options.folder("hour");
        report.say("in " + folder);
        Lockstep.build();
        var servers = new ArrayList<Server>();
        try {
            for (int platform = 0; platform < Platforms.COUNT; platform++) {
                servers.add(Server.start(folder.resolve("postgres" + platform)));
            }
            Platforms.create(servers);
            var yaml = Platforms.workspace(servers)
                    .replace("guard: off\n", "")
                    .replace("    columns: { email", "    on_delete: delete\n    columns: { email");
            var lockstep = Lockstep.in(folder.resolve("workspace"), yaml);
            var hour = new Hour(servers, report, options.number("people", 20_000), options.number("minutes", 60) * 60L);
            hour.populate();
            var sync = lockstep.run("sync");
            report.check(sync.exit() == 0, "first sync: " + sync);
            hour.pass(lockstep, options);
        } finally {
            for (var server : servers) {
                server.close();
            }
        }
    }

    /** Everybody is everywhere; some are there only to leave. */
    private void populate() throws Exception {
        int leavers = people / 100;
        for (int platform = 0; platform < Platforms.COUNT; platform++) {
            try (var connection = servers.get(platform).connect("storm")) {
                connection.setAutoCommit(false);
                for (int i = 0; i < people + leavers; i++) {
                    Platforms.insert(connection, platform, "old-" + i, person(i));
                }
                connection.commit();
            }
        }
        for (int i = 0; i < people; i++) {
            ledger.known("old-" + i, person(i));
        }
        for (int i = people; i < people + leavers; i++) {
            ledger.mayLeave("old-" + i, person(i));
        }
        tags.addAll(java.util.stream.IntStream.range(0, people)
                .mapToObj(i -> "old-" + i)
                .toList());
    }

    private static EnumMap<What, String> person(int i) {
        var person = new EnumMap<What, String>(What.class);
        person.put(What.EMAIL, "old" + i + "@storm.example");
        person.put(What.NAME, "Old" + i + "Name");
        person.put(What.CITY, "Old" + i + "City");
        person.put(What.POINTS, "-" + (i + 1));
        person.put(What.OPT, "granted");
        return person;
    }

    private void pass(Lockstep lockstep, Options options) throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        int perSecond = options.number("edits", 200);
        int editors = 8;
        long began = System.nanoTime();
        long until = began + seconds * 1_000_000_000L;
        // A percent of what the guard counts by is a platform's records: so few an hour, whatever the rate.
        double ofHundred = 100.0 / (perSecond * 3600.0);
        var mix = new Editor.Mix(
                0.2, people * 0.06 * ofHundred, people * 0.03 * ofHundred, Math.min(people * 0.01, 200) * ofHundred);
        var shared = new Editor.Shared(
                servers,
                ledger,
                tags,
                new ConcurrentHashMap<>(),
                ConcurrentHashMap.newKeySet(),
                new AtomicLong(),
                new AtomicLong(),
                options.number("hot", 50),
                mix);
        var running = lockstep.start("up", "--port", Integer.toString(port));
        var figures = new Figures(port, running);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < editors; i++) {
            var editor =
                    new Editor(shared, options.number("seed", 1) * 100L + i, (double) perSecond / editors, () -> until);
            threads.add(Thread.ofPlatform().name("editor-" + i).start(editor));
        }
        long gone = began + seconds * 1_000_000_000L / 3;
        long back = began + seconds * 1_000_000_000L * 2 / 3;
        scrapeUntil(figures, gone);
        report.say("the second server goes");
        var outage = Thread.ofPlatform().start(() -> outage((back - gone) / 1_000_000));
        scrapeUntil(figures, back);
        outage.join();
        long returned = System.nanoTime();
        double usual = figures.median("pending", NAME, began, gone);
        long caughtUp = caughtUp(figures, usual, returned);
        scrapeUntil(figures, until);
        for (var thread : threads) {
            thread.join();
        }
        report.say("%d edits in %d s, %d people left; %d refused by a server that was down"
                .formatted(
                        ledger.size(), seconds, ledger.left(), shared.refused().get()));
        story(figures, began, gone, back, caughtUp);
        judge(lockstep, running, options.number("agree-within", 120));
    }

    private void outage(long downMs) {
        try {
            servers.get(AWAY).restart(downMs);
        } catch (Exception e) {
            report.check(false, "the second server comes back", List.of(String.valueOf(e)));
        }
    }

    private static void scrapeUntil(Figures figures, long nanos) throws InterruptedException {
        while (System.nanoTime() < nanos) {
            figures.scrape();
            Thread.sleep(Math.clamp((nanos - System.nanoTime()) / 1_000_000, 0, SCRAPE_SECONDS * 1000L));
        }
    }

    /** Milliseconds from its return until no more waits for it than usually. */
    private static long caughtUp(Figures figures, double usual, long returned) throws InterruptedException {
        while (true) {
            var now = figures.scrape();
            long after = (System.nanoTime() - returned) / 1_000_000;
            boolean done = now.of("down", NAME) == 0 && now.of("pending", NAME) <= usual * 2 + 50;
            if (done || after > 3 * CAUGHT_UP_MS) {
                return after;
            }
            Thread.sleep(500);
        }
    }

    private void story(Figures figures, long began, long gone, long back, long caughtUpMs) {
        long settled = gone + 15_000_000_000L;
        report.check(caughtUpMs <= CAUGHT_UP_MS, "caught up " + caughtUpMs + " ms after its return");
        double down = figures.share(settled, back, one -> one.of("down", NAME) == 1);
        report.check(down > 0.9, "it was said to be down in %.0f %% of the scrapes while it was".formatted(down * 100));
        double pending = figures.most("pending", NAME, settled, back);
        double lag = figures.most("lag_ms", NAME, settled, back);
        double away = (back - gone) / 1e6;
        report.check(pending > 50, "at most %.0f records waited for it".formatted(pending));
        report.check(lag > away / 2, "its lag rose to %.0f s".formatted(lag / 1000));
        report.check(figures.most("errors", NAME, settled, back) > 0, "errors of it were counted");
        for (var other : OTHERS) {
            double theirs = figures.median("lag_ms", other, gone, back);
            report.check(theirs < 2000, "meanwhile the lag of %s was %.0f ms in the middle".formatted(other, theirs));
            report.check(figures.most("down", other, began, back) == 0, other + " was never said to be down");
        }
        long third = (back - gone) / 2;
        long early = figures.mostResidentMb(began + third, gone);
        long late = figures.mostResidentMb(back + third, Long.MAX_VALUE);
        long most = figures.mostResidentMb(began, Long.MAX_VALUE);
        report.check(
                late <= early * 1.25 + 100,
                "memory: %d MB before, %d MB at the end, %d MB at most".formatted(early, late, most));
    }

    private void judge(Lockstep lockstep, Lockstep.Running running, int agreeWithinSeconds) throws Exception {
        ledger.date(servers);
        long began = System.nanoTime();
        List<String> wrong = ledger.compare(servers);
        while (!wrong.isEmpty() && System.nanoTime() - began < agreeWithinSeconds * 1_000_000_000L) {
            Thread.sleep(1000);
            wrong = ledger.compare(servers);
        }
        report.none(wrong, "nothing is lost: all agree, and on the right value");
        report.check(running.alive(), "up is still up");
        report.check(running.stop(20_000), "up ends when asked to");
        var verify = lockstep.run("verify");
        report.check(verify.exit() == 0, "verify finds nothing: " + verify);
    }
}
