package dev.lockstep.bench.limits;

import dev.lockstep.bench.Lockstep;
import dev.lockstep.bench.Options;
import dev.lockstep.bench.Report;
import java.util.Map;

/** {@code query}: customers are asked for by an identifier while changes flow over three platforms. */
public final class Query {

    private static final int PLACES = 3;

    private Query() {}

    public static void run(Options options, Report report) throws Exception {
        int people = options.number("people", 20_000);
        int perSecond = options.number("questions", 2000);
        int changes = options.number("changes", 2000);
        int seconds = options.number("seconds", 30);
        int warmUp = options.number("warm-up", 20);
        var folder = options.folder("query");
        report.say("in " + folder);
        Lockstep.build();
        var trial = Trial.of(
                "query", Map.of("people", people, "questions", perSecond, "changes", changes, "seconds", seconds));
        try (var town = new Town(folder, PLACES, people)) {
            var running = town.up(town.lockstep(), 900, report).running();
            Edits.spread(town, 0, "all is read", 900);
            var questions = new Questions(town, perSecond);
            report.say("warming up: " + questions.ask(warmUp));
            double asked = running.processorSeconds();
            var quiet = questions.ask(seconds);
            asked = running.processorSeconds() - asked;
            report.say("nothing else going on: " + quiet);
            var edits = new Edits(town, PLACES - 1, changes);
            edits.begin();
            report.say("warming up: " + questions.ask(warmUp));
            long before = edits.made();
            double processor = running.processorSeconds();
            var busy = questions.ask(seconds);
            processor = running.processorSeconds() - processor;
            double flowed = (edits.made() - before) / (double) seconds;
            edits.end();
            report.say("while changes flow: " + busy);
            double lag = Edits.spread(town, 0, "all has spread", 900);
            trial.tell(report, "questions a second", busy.count() / (double) seconds, "a second");
            trial.tell(report, "changes made a second", flowed, "a second");
            double carried = edits.made() / (edits.made() / flowed + lag);
            trial.tell(report, "changes carried a second, about", carried, "a second");
            trial.tell(report, "the last change is everywhere after", lag, "s");
            trial.tell(report, "processor of Lockstep meanwhile", 100 * processor / seconds, "% of a core");
            trial.tell(report, "processor of Lockstep for a question", asked * 1e6 / quiet.count(), "µs");
            trial.tell(report, "with no changes, p50", quiet.ms(0.5), "ms");
            trial.tell(report, "with no changes, p99", quiet.ms(0.99), "ms");
            trial.tell(report, "while changes flow, p50", busy.ms(0.5), "ms");
            trial.most(report, "while changes flow, p99", busy.ms(0.99), "ms", 5);
            trial.most(report, "answers that were none", questions.wrong(), "answers", 0);
            running.stop(20_000);
        }
        trial.keep(report);
    }
}
