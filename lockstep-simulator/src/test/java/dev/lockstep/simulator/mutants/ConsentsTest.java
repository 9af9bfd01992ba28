package dev.lockstep.simulator.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/**
 * Many consent edits with everything going wrong: none is loosened at any instant, and who opts in where the platform
 * attests it is in. The naive cure, by which any doubt of the clocks means out, loosens nothing either, and loses
 * people who opted in. Every build runs a few seeds of both, always the same;
 * {@code -Dconsent.edits=1000000 -Dconsent.from=} runs so many edits from that seed on.
 */
class ConsentsTest {
    private static final long EDITS = Long.getLong("consent.edits", 0);
    private static final long FROM = Long.getLong("consent.from", 1_795_447_793_668L);
    private static final int FEW_SEEDS = 7;
    private static final int MOST_SEEDS = 60;
    private static final String STREAMS_ONLY = "--streams-only";

    private static final Mutant NAIVE = new Mutant(
            "any-doubt-means-out",
            "What a grant has seen counts for nothing, and of two made close together the withdrawal wins.",
            "8, consent never loosens",
            "golden/ConsentRule.java",
            0,
            STREAMS_ONLY,
            "",
            "Attested seen = seen(grant, withdrawals);",
            "Attested seen = null;");

    @Test
    void noConsentIsLoosenedAndNoAttestedOptInIsLost() {
        Map<String, Long> counts = count("as it is", new ConsentSeed(STREAMS_ONLY), EDITS, false);
        assertThat(counts.getOrDefault(ConsentSeed.LOOSENED, 0L))
                .as("from seed " + FROM)
                .isZero();
        assertThat(counts.getOrDefault(ConsentSeed.LOST, 0L))
                .as("from seed " + FROM)
                .isZero();
    }

    @Test
    void theNaiveCureLosesOptIns() throws IOException {
        Map<String, Long> counts = count("any doubt means out", MutatedCore.consents(NAIVE), EDITS / 10, true);
        assertThat(counts.getOrDefault(ConsentSeed.LOOSENED, 0L))
                .as("from seed " + FROM)
                .isZero();
        assertThat(counts.getOrDefault(ConsentSeed.LOST, 0L))
                .as("from seed " + FROM)
                .isPositive();
    }

    private static Map<String, Long> count(
            String which, LongFunction<Map<String, Long>> seeds, long most, boolean untilLost) {
        Map<String, Long> counts = new TreeMap<>();
        long seed = FROM;
        boolean more = true;
        while (more) {
            seeds.apply(seed++).forEach((what, times) -> counts.merge(what, times, Long::sum));
            long edits = counts.getOrDefault(ConsentSeed.EDITS, 0L);
            boolean looks = untilLost && counts.getOrDefault(ConsentSeed.LOST, 0L) == 0 && seed - FROM < MOST_SEEDS;
            more = most > 0 ? edits < most : looks || !untilLost && seed - FROM < FEW_SEEDS;
        }
        System.out.println("consents, " + which + ": " + (seed - FROM) + " seeds from " + FROM + " on: " + counts);
        return counts;
    }
}
