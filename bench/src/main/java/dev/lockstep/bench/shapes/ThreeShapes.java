package dev.lockstep.bench.shapes;

import dev.lockstep.bench.Lockstep;
import dev.lockstep.bench.Options;
import dev.lockstep.bench.Report;
import dev.lockstep.bench.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;

/** {@code shapes}: plan, sync, every cell against the ledger, verify, and a second sync that writes nothing. */
public final class ThreeShapes {

    private ThreeShapes() {}

    public static void run(Options options, Report report) throws Exception {
        int size = options.number("people", 1000);
        var folder = options.folder("shapes");
        report.say("in " + folder);
        Lockstep.build();
        try (var server = Server.start(folder.resolve("postgres"))) {
            var people = new People(options.number("seed", 1), size);
            var urls = new ArrayList<String>();
            for (int platform = 0; platform < 3; platform++) {
                server.create("db" + platform);
                Tables.fill(server, platform, people.rows.get(platform));
                urls.add(server.url("db" + platform));
                report.say(Tables.PLATFORMS.get(platform) + ": "
                        + people.rows.get(platform).size() + " rows");
            }
            var expected = new Expected(people);
            report.say(expected.customersWithRows() + " customers by the ledger");
            var lockstep = Lockstep.in(folder.resolve("workspace"), Tables.workspace(urls));
            converge(server, lockstep, people, expected, report);
        }
    }

    private static void converge(Server server, Lockstep lockstep, People people, Expected expected, Report report)
            throws Exception {
        var check = lockstep.run("check");
        report.check(check.exit() == 0, "check finds nothing wrong: " + check);

        var before = readAll(server);
        var plan = lockstep.run("plan", "--json");
        report.check(
                plan.exit() == 0 || plan.exit() == 2,
                "plan: " + plan.millis() + " ms, exit " + plan.exit(),
                List.of(plan.toString()));
        report.check(versions(before).equals(versions(readAll(server))), "plan writes nothing");

        var sync = lockstep.run("sync");
        report.check(sync.exit() == 0, "sync ends in step: " + sync);
        var after = readAll(server);
        for (int platform = 0; platform < 3; platform++) {
            report.none(
                    expected.compare(platform, after.get(platform)),
                    Tables.PLATFORMS.get(platform) + ": every cell of "
                            + after.get(platform).size() + " rows holds what the ledger says");
        }
        report.none(PlanCheck.compare(plan.out(), before, after), "plan named exactly the writes that sync made");

        var status = lockstep.run("status", "--json");
        var json = new ObjectMapper().readTree(status.out());
        // Words in a phone column count against it: nothing else may.
        long garbled = people.rows.stream()
                .flatMap(List::stream)
                .filter(row -> row.garbledPhone)
                .count();
        long rows = after.stream().mapToLong(Map::size).sum();
        report.check(
                Math.abs(json.path("consistency").asDouble() - (rows - garbled) / (double) rows) < 1e-6,
                "consistency counts all but " + garbled + " garbled phones: " + json.path("consistency"));
        report.check(
                json.path("customers").asInt() == expected.customersWithRows(),
                "status counts " + json.path("customers") + " customers, the ledger " + expected.customersWithRows());

        var verify = lockstep.run("verify", "--json");
        report.check(
                verify.exit() == 0,
                "verify finds nothing: " + verify.millis() + " ms, exit " + verify.exit(),
                List.of(verify.toString()));

        var again = lockstep.run("sync");
        report.check(again.exit() == 0, "second sync ends in step: " + again);
        report.check(versions(after).equals(versions(readAll(server))), "the second sync changes no row version");
    }

    private static List<Map<String, Tables.Found>> readAll(Server server) throws Exception {
        var all = new ArrayList<Map<String, Tables.Found>>();
        for (int platform = 0; platform < 3; platform++) {
            all.add(Tables.read(server, platform));
        }
        return all;
    }

    private static List<Map<String, String>> versions(List<Map<String, Tables.Found>> rows) {
        return rows.stream()
                .<Map<String, String>>map(each -> {
                    var versions = new java.util.HashMap<String, String>();
                    each.forEach((key, found) -> versions.put(key, found.version()));
                    return versions;
                })
                .toList();
    }
}
