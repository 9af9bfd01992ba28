package dev.lockstep.bench.guard;

import dev.lockstep.bench.Lockstep;
import dev.lockstep.bench.Options;
import dev.lockstep.bench.Report;
import dev.lockstep.bench.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code guard}: mistakes of every kind against a running Lockstep; each stops, and is let go or taken back. */
public final class Guard {

    private static final String BYSTANDERS = "email like 'p1__@guard.example'";

    private final Towns towns;
    private final Lockstep lockstep;
    private final Report report;
    private final int people;
    private final int port;
    private Lockstep.Running up;
    private int edits;

    private Guard(Towns towns, Lockstep lockstep, Report report, int people, int port) throws Exception {
        this.towns = towns;
        this.lockstep = lockstep;
        this.report = report;
        this.people = people;
        this.port = port;
        this.up = start();
    }

    public static void run(Options options, Report report) throws Exception {
        var folder = options.folder("guard");
        int people = options.number("people", 3000);
        report.say("in " + folder);
        Lockstep.build();
        try (var server = Server.start(folder.resolve("postgres"))) {
            firstSyncThatWithdraws(server, folder.resolve("doubtful"), people, report);
            var towns = new Towns(server, "");
            towns.fill(people, 0);
            var lockstep = Lockstep.in(folder.resolve("workspace"), towns.workspace());
            var sync = lockstep.run("sync");
            report.check(sync.exit() == 0, "the first sync of three overlapping databases needs no approval: " + sync);
            var said = sync.out() + sync.err();
            report.check(
                    said.contains("The first sync of news: ") && said.contains(" to overwrite"),
                    "it says first what it will create and overwrite",
                    List.of(said));
            int port;
            try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                port = socket.getLocalPort();
            }
            var guard = new Guard(towns, lockstep, report, people, port);
            try {
                guard.mistakes();
            } finally {
                guard.up.stop(10_000);
            }
        }
    }

    /** The readers' list says no for a tenth of those who say yes elsewhere. */
    private static void firstSyncThatWithdraws(
            Server server, java.nio.file.Path workspace, int people, Report report) throws Exception {
        var towns = new Towns(server, "_doubtful");
        towns.fill(people, 20);
        towns.run(0, "create table said_yes as select email from $T where opt = 'yes'");
        var lockstep = Lockstep.in(workspace, towns.workspace());
        var sync = lockstep.run("sync");
        long limit = Math.max(50, people * 5 / 100);
        long lost = towns.count(0, "opt = 'no' and email in (select email from said_yes)");
        report.check(sync.exit() == 2, "a first sync that would withdraw too many asks: " + sync);
        report.check(lost <= limit, "it has withdrawn " + lost + " of the shop, at most " + limit);
        report.check(
                lockstep.run("approve").out().contains("lockstep approve"), "`approve` lists what the first sync held");
    }

    // ---- mistakes

    private void mistakes() throws Exception {
        suffers(
                new Mistake(
                        "a statement that changes 30 % of the shop",
                        0,
                        List.of("update $T set city = 'Paris' where " + share("a", 30)),
                        "city = 'Paris'",
                        false,
                        20,
                        50),
                true);
        suffers(
                new Mistake(
                        "a statement that changes 30 % of the crm",
                        1,
                        List.of("update $T set name = 'Nobody' where " + share("b", 30)),
                        "name = 'Nobody'",
                        false,
                        20,
                        50),
                false);
        suffers(deletes("a statement that deletes 5 % of the shop", 0, "c"), true);
        suffers(deletes("a statement that deletes 5 % of the crm", 1, "d"), false);
        suffers(optsOut("a statement that opts out 10 % of the shop", 0, "e"), true);
        suffers(optsOut("a statement that opts out 10 % of the crm", 1, "f"), false);
        suffers(drip("a drip of single deletes in the readers' list"), true);
        suffers(drip("another drip there"), false);
    }

    /** So many of every hundred, never bystanders. */
    private static String share(String salt, int percent) {
        return "mod(hashtext(email || '" + salt + "'), 100) between 0 and " + (percent * 2 - 1) + " and not ("
                + BYSTANDERS + ")";
    }

    private static Mistake deletes(String what, int source, String salt) {
        return new Mistake(
                what, source, List.of("delete from $T where " + share(salt, 5)), "true", true, 2, 20);
    }

    private static Mistake optsOut(String what, int source, String salt) {
        return new Mistake(
                what,
                source,
                List.of("update $T set opt = 'no' where opt = 'yes' and " + share(salt, 10)),
                "opt = 'no'",
                false,
                5,
                50);
    }

    /** One by one, until half as many again as may be. */
    private Mistake drip(String what) throws Exception {
        long most = Math.max(20, people * 2 / 100) * 3 / 2;
        var statements = new ArrayList<String>();
        for (int i = 0; i < most; i++) {
            statements.add("delete from $T where ctid = (select ctid from $T where not (" + BYSTANDERS
                    + ") order by email limit 1)");
        }
        return new Mistake(what, 2, statements, "true", true, 2, 20);
    }

    private void suffers(Mistake mistake, boolean approved) throws Exception {
        var before = new ArrayList<TreeMap<String, String>>();
        var keys = towns.keys(mistake.source());
        var was = new long[Towns.NAMES.size()];
        var limits = new long[Towns.NAMES.size()];
        for (int at = 0; at < was.length; at++) {
            before.add(towns.contents(at, BYSTANDERS));
            was[at] = towns.count(at, mistake.touched());
            limits[at] = mistake.limit(towns.count(at, "true"));
        }
        var events = lockstep.start("events");
        // It hears only what comes after it is there.
        boolean heard = false;
        for (int i = 0; i < 20 && !heard; i++) {
            bystander(null);
            heard = await(() -> events.out().contains("Oslo"), 3);
        }
        report.check(heard, "`events` follow");
        for (var sql : mistake.sql()) {
            towns.run(mistake.source(), sql);
        }
        long done = Math.abs(towns.count(mistake.source(), mistake.touched()) - was[mistake.source()]);
        report.say("-- " + mistake.what() + ": " + done + " rows");
        await(() -> lockstep.run("approve", "--json").out().contains("\"id\""), 60);
        settle(mistake);
        var touched = touched(mistake, was);
        for (int at : others(mistake)) {
            report.check(
                    touched[at] <= limits[at] && touched[at] * 10 >= limits[at] * 9,
                    Towns.NAMES.get(at) + ": " + touched[at] + " rows were touched, at most " + limits[at]);
        }
        var status = lockstep.run("status");
        report.check(
                status.out().contains("lockstep approve") && status.out().contains(Towns.NAMES.get(mistake.source())),
                "`status` says why: " + status);
        report.check(events.out().contains("held"), "`events` say so", List.of(tail(events.out())));
        events.stop(5000);
        bystander("meanwhile a single edit of another customer flows");
        up.kill();
        up = start();
        bystander("after kill -9 too");
        report.check(
                java.util.Arrays.equals(touched, touched(mistake, was)),
                "and what was held is held: nothing more of it");
        if (approved) approve(mistake, was, done);
        else reject(mistake, before, keys, touched);
    }

    private void approve(Mistake mistake, long[] was, long done) throws Exception {
        var answer = lockstep.run("approve", "--all");
        report.check(answer.exit() == 0, "`approve` is taken: " + answer);
        boolean all = await(
                () -> others(mistake).stream().allMatch(at -> reached(mistake, was, at) == done), 120);
        report.check(all, "all " + done + " spread", List.of(java.util.Arrays.toString(touched(mistake, was))));
        atRest();
    }

    private void reject(
            Mistake mistake, List<TreeMap<String, String>> before, TreeMap<String, String> keys, long[] touched)
            throws Exception {
        var answer = lockstep.run("approve", "--all", "--reject");
        report.check(answer.exit() == 0, "`approve --reject` is taken: " + answer);
        up.kill();
        up = start();
        report.say("killed and started again at once");
        boolean drip = mistake.sql().size() > 1;
        // Of a drip what had left before the limit stands, and is the same everywhere.
        long most = drip ? java.util.Arrays.stream(limitsOf(touched, mistake)).max().orElse(0) : 0;
        await(() -> alike(before) && differences(before, 0).size() <= most, 120);
        for (int at = 0; at < before.size(); at++) {
            var left = differences(before, at);
            report.check(
                    left.size() <= most && (!drip || left.size() * 10 >= most * 8),
                    Towns.NAMES.get(at) + " is put back"
                            + (drip ? ", save " + left.size() + " that had left before" : ""),
                    left);
        }
        report.check(alike(before), "and all three agree");
        var now = towns.keys(mistake.source());
        var moved = now.entrySet().stream()
                .filter(each -> keys.containsKey(each.getKey())
                        && !keys.get(each.getKey()).equals(each.getValue()))
                .map(each -> each.getKey() + ": " + keys.get(each.getKey()) + " -> " + each.getValue())
                .toList();
        report.none(moved, "rows that were made again have their own keys");
        atRest();
    }

    private long[] limitsOf(long[] touched, Mistake mistake) {
        return others(mistake).stream().mapToLong(at -> touched[at]).toArray();
    }

    private boolean alike(List<TreeMap<String, String>> before) {
        return IntStream.range(1, before.size()).allMatch(at -> differences(before, at)
                .equals(differences(before, 0)));
    }

    private List<String> differences(List<TreeMap<String, String>> before, int at) {
        try {
            return Towns.difference(before.get(at), towns.contents(at, BYSTANDERS));
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void atRest() throws Exception {
        boolean quiet = await(() -> lockstep.run("status").exit() == 0, 60);
        boolean none = await(() -> lockstep.run("approve").out().startsWith("Nothing is held"), 30);
        report.check(quiet && none, "nothing is left: " + (quiet ? "" : lockstep.run("status").toString()));
    }

    // ---- looking from outside

    private List<Integer> others(Mistake mistake) {
        return IntStream.range(0, Towns.NAMES.size())
                .filter(at -> at != mistake.source())
                .boxed()
                .toList();
    }

    private long[] touched(Mistake mistake, long[] was) {
        return IntStream.range(0, was.length)
                .mapToLong(at -> reached(mistake, was, at))
                .toArray();
    }

    private long reached(Mistake mistake, long[] was, int at) {
        try {
            return Math.abs(towns.count(at, mistake.touched()) - was[at]);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until nothing has changed for three seconds. */
    private void settle(Mistake mistake) throws Exception {
        var last = "";
        for (int same = 0; same < 6; Thread.sleep(500)) {
            var now = java.util.Arrays.toString(touched(mistake, new long[Towns.NAMES.size()]));
            same = now.equals(last) ? same + 1 : 0;
            last = now;
        }
    }

    private void bystander(@Nullable String what) throws Exception {
        var city = "Oslo" + ++edits;
        var who = "email = 'p1" + (10 + edits % 90) + "@guard.example'";
        towns.run(edits % 3 == 0 ? 1 : 0, "update $T set city = '" + city + "' where " + who);
        var where = "city = '" + city + "'";
        boolean there = await(
                () -> IntStream.range(0, 3).allMatch(at -> {
                    try {
                        return towns.count(at, where) == 1;
                    } catch (java.sql.SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }),
                30);
        if (what != null) report.check(there, what);
    }

    private boolean answers(String path) throws InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private interface Truth {
        boolean holds() throws Exception;
    }

    private static boolean await(Truth truth, int seconds) throws Exception {
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        while (!truth.holds()) {
            if (System.nanoTime() > until) {
                return false;
            }
            Thread.sleep(300);
        }
        return true;
    }

    private static String tail(String text) {
        return text.length() < 400 ? text : text.substring(text.length() - 400);
    }

    private Lockstep.Running start() throws Exception {
        var running = lockstep.start("up", "--port", Integer.toString(port));
        // Asked through the command line, the data folder might be found free and be opened.
        if (!await(() -> answers("/health/ready"), 120)) {
            report.check(false, "up is ready within two minutes", List.of(running.err()));
        }
        return running;
    }
}
