package dev.lockstep.simulator.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;

/**
 * Runs the same fresh seeds over one mutant after another. A seed that breaks without any defect kills nobody. And who
 * breaks nothing, but never reaches what the same seeds reach without the defect, is killed by that.
 */
final class Hunt {
    /** What a seed says that never comes to its end. */
    static final String ENDLESS = "the run does not end";

    private static final long MOST_SECONDS_A_SEED = 60;

    /** What so many seeds have reached is reached by any hundred or so. */
    private static final int REACHED_OFTEN = 15;

    /**
     * What came of one mutant.
     *
     * @param run how many seeds were run
     * @param first the place of the first seed that killed it, from 1 on; 0 when none did
     * @param killed in how many of the first seeds of the count that was asked for it was killed
     * @param of that count
     * @param by how often each checker was the first to see it
     * @param said what the first one said, and by which seed
     */
    record Catch(Mutant mutant, int run, int first, int killed, int of, Map<String, Integer> by, String said) {
        boolean alive() {
            return by.isEmpty();
        }
    }

    private final long from;
    private final Map<String, LongFunction<List<String>>> asItIs = new TreeMap<>();
    private final Map<String, List<String>> withoutDefect = new TreeMap<>();

    Hunt(long from) {
        this.from = from;
    }

    /**
     * @param counted so many seeds are run in any case, to see how many kill it
     * @param most so many are run at most, until one does
     */
    Catch hunt(Mutant mutant, int counted, int most) throws Exception {
        LongFunction<List<String>> seeds = MutatedCore.with(mutant);
        Map<String, Integer> by = new TreeMap<>();
        Map<String, Integer> reached = new TreeMap<>();
        int run = 0;
        int first = 0;
        int killed = 0;
        String said = "";
        while (run < counted || first == 0 && run < most) {
            long seed = from + run++;
            List<String> answer = bounded(seeds, seed);
            answer.subList(1, answer.size()).forEach(what -> reached.merge(what, 1, Integer::sum));
            String broken = answer.getFirst();
            if (broken.isEmpty() || breaksAnyway(mutant.options(), seed)) continue;
            by.merge(broken.replaceFirst("(?s):.*", ""), 1, Integer::sum);
            if (run <= counted) killed++;
            if (first != 0) continue;
            first = run;
            said = "seed " + seed + ": " + broken;
            // One that was left behind still runs.
            if (broken.equals(ENDLESS)) break;
        }
        if (by.isEmpty()) {
            for (String what : missed(mutant.options(), counted, reached)) by.put("never reached: " + what, 0);
        }
        return new Catch(mutant, run, first, killed, Math.min(run, counted), by, said);
    }

    private boolean breaksAnyway(String options, long seed) {
        return !withoutDefect(options, seed).getFirst().isEmpty();
    }

    /** What the first seeds reach often without a defect, and never with it. */
    private List<String> missed(String options, int counted, Map<String, Integer> reached) {
        Map<String, Integer> usually = new TreeMap<>();
        for (int i = 0; i < counted; i++) {
            List<String> answer = withoutDefect(options, from + i);
            answer.subList(1, answer.size()).forEach(what -> usually.merge(what, 1, Integer::sum));
        }
        List<String> missed = new ArrayList<>();
        usually.forEach((what, times) -> {
            if (times >= REACHED_OFTEN && !reached.containsKey(what)) missed.add(what);
        });
        return missed;
    }

    private List<String> withoutDefect(String options, long seed) {
        return withoutDefect.computeIfAbsent(
                options + " " + seed,
                key -> asItIs.computeIfAbsent(options, MutatedCore::asItIs).apply(seed));
    }

    /** The seeds that broke without a defect. */
    List<String> noKills() {
        List<String> seeds = new ArrayList<>();
        withoutDefect.forEach((seed, answer) -> {
            if (!answer.getFirst().isEmpty()) seeds.add(seed.strip());
        });
        return seeds;
    }

    /** On a thread of its own, which is left behind when the defect is one that loops. */
    private static List<String> bounded(LongFunction<List<String>> seeds, long seed) throws Exception {
        ExecutorService thread =
                Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
        try {
            Future<List<String>> answer = thread.submit(() -> seeds.apply(seed));
            return answer.get(MOST_SECONDS_A_SEED, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return List.of(ENDLESS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LinkageError) throw e;
            return List.of("Crash: " + e.getCause());
        } finally {
            thread.shutdownNow();
        }
    }
}
