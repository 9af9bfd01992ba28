package dev.lockstep.core.golden;

import static dev.lockstep.core.golden.Claimants.COMPUTED;
import static dev.lockstep.core.golden.Claimants.CONSENT;
import static dev.lockstep.core.golden.Claimants.FIRST;
import static dev.lockstep.core.golden.Claimants.LATEST;
import static dev.lockstep.core.golden.Claimants.MODEL;
import static dev.lockstep.core.golden.Claimants.RETIRED;
import static dev.lockstep.core.golden.Claimants.TRUST;
import static dev.lockstep.core.golden.Claimants.TRUSTED;
import static dev.lockstep.core.golden.Claimants.UNION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.normalise.Seeds;
import dev.lockstep.core.normalise.SetValue;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.ConsentLog;
import dev.lockstep.core.state.ConsentLog.Entry;
import dev.lockstep.core.state.Doubt;
import dev.lockstep.core.state.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What wins, for any claims whatever: the rules once more, as sentences about every pair. */
class GoldenLawsTest {
    private static final int CUSTOMERS = 2_000;

    private record Word(Member member, Claim claim) {
        int platform() {
            return member.name.platform();
        }

        long micros() {
            return claim.stamp().micros();
        }

        boolean blank() {
            return claim.value() == null;
        }
    }

    @Test
    void theOrderInWhichRecordsAreMetDoesNotMatter() {
        forAny((members, golden) -> {
            List<Member> others = new ArrayList<>(members);
            Collections.reverse(others);
            Golden other = Golden.of(others, MODEL);
            for (int field = 0; field <= RETIRED; field++) {
                assertThat(other.field(field)).isEqualTo(golden.field(field));
            }
        });
    }

    @Test
    void nobodyHasSaidMoreLately() {
        forAny((members, golden) -> wins(golden.field(LATEST), words(members, LATEST), GoldenLawsTest::later));
    }

    @Test
    void nobodyHasSaidSoBeforeAndStillSaysAnything() {
        forAny((members, golden) -> {
            List<Word> words = new ArrayList<>();
            for (Word last : words(members, FIRST)) {
                if (last.blank() && !last.claim.weakest()) continue;
                Claim first = last.member.firstClaims.get(FIRST);
                boolean saidOtherwise = first != null && first.value() != null;
                words.add(saidOtherwise ? new Word(last.member, first) : last);
            }
            wins(golden.field(FIRST), words, (one, other) -> {
                if (one.claim.weakest() != other.claim.weakest()) return other.claim.weakest();
                boolean dated = one.micros() != Stamp.UNDATED;
                if (dated != (other.micros() != Stamp.UNDATED)) return dated;
                return one.micros() != other.micros() ? one.micros() < other.micros() : tie(one, other);
            });
        });
    }

    @Test
    void nobodyWhoIsTrustedMoreHasSaidAnything() {
        forAny((members, golden) -> {
            List<Word> words = words(members, TRUST);
            words.removeIf(word -> word.blank() && !word.claim.firstSight() && !TRUSTED.contains(word.platform()));
            wins(golden.field(TRUST), words, (one, other) -> {
                if (one.claim.weakest() != other.claim.weakest()) return other.claim.weakest();
                int order = Integer.compare(distrust(one.platform()), distrust(other.platform()));
                return order != 0 ? order < 0 : later(one, other);
            });
        });
    }

    @Test
    void anElementIsInWhereItsLastWordSaysSo() {
        forAny((members, golden) -> {
            TreeMap<String, Long> ins = new TreeMap<>();
            TreeMap<String, Long> outs = new TreeMap<>();
            long newest = Stamp.UNDATED;
            for (Word word : words(members, UNION)) {
                for (Claim.Element element : word.claim.elements()) {
                    long micros = element.stamp().micros();
                    (element.added() ? ins : outs).merge(element.element(), micros, Math::max);
                    newest = Math.max(newest, micros);
                }
            }
            ins.keySet().removeIf(in -> outs.containsKey(in) && outs.get(in) > ins.get(in));
            GoldenField union = golden.field(UNION);
            Value value = ins.isEmpty() ? null : SetValue.ofCanonical(List.copyOf(ins.keySet()));
            List<Word> words = words(members, UNION);
            assertThat(union.value()).isEqualTo(value);
            assertThat(union.micros()).isEqualTo(newest);
            ranks(union, words, GoldenLawsTest::later);
            boolean onlyFound = words.stream().allMatch(word -> word.claim.weakest());
            assertThat(union.weak()).isEqualTo(!words.isEmpty() && ins.isEmpty() && onlyFound);
        });
    }

    @Test
    void grantedMeansThatOneGrantOutranksEveryWithdrawal() {
        forAny((members, golden) -> {
            GoldenField consent = golden.field(CONSENT);
            List<Said> grants = new ArrayList<>();
            List<Said> withdrawals = new ArrayList<>();
            for (Member member : members) entries(member, grants, withdrawals);
            grants.sort(NEWEST);
            withdrawals.sort(NEWEST);
            List<Said> good = new ArrayList<>(grants);
            good.removeIf(grant -> !withdrawals.stream().allMatch(no -> outranks(grant, no, withdrawals)));
            if (!good.isEmpty()) attests(consent, "granted", good.getFirst(), "withdrawn", withdrawals);
            else if (withdrawals.isEmpty()) assertThat(consent).isEqualTo(GoldenField.NONE);
            else attests(consent, "withdrawn", withdrawals.getFirst(), "granted", grants);
        });
    }

    private static void attests(GoldenField is, String value, Said by, String other, List<Said> others) {
        List<GoldenField.Over> over = new ArrayList<>();
        for (Said one : others) {
            over.add(new GoldenField.Over(one.member.name, Value.of(other), one.entry.micros()));
        }
        assertThat(is).isEqualTo(new GoldenField(Value.of(value), by.member.name, by.micros(), over, false));
    }

    @Test
    void aComputedFieldIsAsNewAsTheNewestWordAndARetiredOneSaysNothing() {
        forAny((members, golden) -> {
            Value latest = golden.field(LATEST).value();
            Value twice = latest == null ? null : Value.of(latest.text() + latest.text());
            assertThat(golden.field(COMPUTED).value()).isEqualTo(twice);
            assertThat(golden.field(RETIRED)).isEqualTo(GoldenField.NONE);
            assertThat(golden.field(RETIRED + 1)).isEqualTo(GoldenField.NONE);
            long newest = Stamp.UNDATED;
            for (int field = 0; field < COMPUTED; field++)
                newest = Math.max(newest, golden.field(field).micros());
            assertThat(golden.newestMicros()).isEqualTo(newest);
            assertThat(golden.field(COMPUTED).micros()).isEqualTo(newest);
            assertThat(golden.value(MODEL, "latest")).isEqualTo(latest);
            assertThat(golden.value(MODEL, "nothing of that name")).isNull();
        });
    }

    // ---- the rules as sentences about two

    /** Does the first word beat the second? */
    private interface Beats {
        boolean test(Word one, Word other);
    }

    private static void wins(GoldenField field, List<Word> words, Beats beats) {
        Word best = ranks(field, words, beats);
        if (best == null) {
            assertThat(field).isEqualTo(GoldenField.NONE);
            return;
        }
        assertThat(field.value()).isEqualTo(best.claim.value());
        assertThat(field.micros()).isEqualTo(best.micros());
        assertThat(field.weak()).isEqualTo(best.claim.weakest());
    }

    /** The strongest, over the others from strong to weak; null where nobody says anything. */
    private static @Nullable Word ranks(GoldenField field, List<Word> words, Beats beats) {
        List<Word> left = new ArrayList<>(words);
        Word best = strongest(left, beats);
        assertThat(field.by()).isEqualTo(best == null ? null : best.member.name);
        List<GoldenField.Over> over = new ArrayList<>();
        for (Word next = strongest(left, beats); next != null; next = strongest(left, beats)) {
            over.add(new GoldenField.Over(next.member.name, next.claim.value(), next.micros()));
        }
        assertThat(field.over()).isEqualTo(over);
        return best;
    }

    private static @Nullable Word strongest(List<Word> left, Beats beats) {
        Word best = null;
        for (Word word : left) if (best == null || beats.test(word, best)) best = word;
        left.remove(best);
        return best;
    }

    private static boolean later(Word one, Word other) {
        if (one.claim.weakest() != other.claim.weakest()) return other.claim.weakest();
        return one.micros() != other.micros() ? one.micros() > other.micros() : tie(one, other);
    }

    /** The earlier platform of the workspace, then a value before a blank, the lesser value, the senior record. */
    private static boolean tie(Word one, Word other) {
        int ones = MODEL.platform(one.platform()).order();
        int others = MODEL.platform(other.platform()).order();
        if (ones != others) return ones < others;
        if (one.blank() != other.blank()) return other.blank();
        String text =
                one.blank() ? "" : Objects.requireNonNull(one.claim.value()).text();
        String otherText =
                other.blank() ? "" : Objects.requireNonNull(other.claim.value()).text();
        if (!text.equals(otherText)) return text.compareTo(otherText) < 0;
        return one.member.name.compareTo(other.member.name) < 0;
    }

    private static int distrust(int platform) {
        return TRUSTED.contains(platform) ? TRUSTED.indexOf(platform) : TRUSTED.size();
    }

    private static final Comparator<Said> NEWEST =
            Comparator.comparingLong(Said::micros).reversed().thenComparing(one -> one.member.name);

    private record Said(Member member, Entry entry) {
        /** A value without a date was said before it was read. */
        long micros() {
            return entry.micros() == Stamp.UNDATED ? entry.onTopMicros() : entry.micros();
        }
    }

    private static void entries(Member member, List<Said> grants, List<Said> withdrawals) {
        Doubt doubt = member.doubts.get(CONSENT);
        if (doubt != null && doubt.withdraws()) {
            withdrawals.add(new Said(member, new Entry(doubt.micros(), Stamp.UNDATED, false, null)));
        }
        ConsentLog log = member.consents.getOrDefault(CONSENT, ConsentLog.EMPTY);
        if (log.granted() != null) grants.add(new Said(member, log.granted()));
        if (log.withdrawn() != null) withdrawals.add(new Said(member, log.withdrawn()));
    }

    private static boolean outranks(Said grant, Said withdrawal, List<Said> withdrawals) {
        if (grant.entry.found() || grant.entry.micros() == Stamp.UNDATED) return false;
        if (grant.member == withdrawal.member) return grant.entry.micros() > withdrawal.micros();
        long seen = grant.entry.onTopMicros();
        long alike = withdrawals.stream().filter(no -> no.micros() == seen).count();
        boolean sawIt = seen == withdrawal.micros() && alike == 1;
        int bound = bound(grant) + bound(withdrawal);
        return sawIt || withdrawal.micros() == Stamp.UNDATED || grant.entry.micros() > withdrawal.micros() + bound;
    }

    private static int bound(Said said) {
        return said.member.name.platform();
    }

    // ---- any claims

    private static List<Word> words(List<Member> members, int field) {
        List<Word> words = new ArrayList<>();
        for (Member member : members) {
            @Nullable Claim claim = member.claims.get(field);
            if (claim != null) words.add(new Word(member, claim));
        }
        return words;
    }

    private static void forAny(BiConsumer<List<Member>, Golden> holds) {
        Seeds.run(GoldenLawsTest.class, random -> {
            for (int i = 0; i < CUSTOMERS; i++) some(random, holds);
        });
    }

    private static void some(Random random, BiConsumer<List<Member>, Golden> holds) {
        List<Member> members = Claimants.drawn(random);
        holds.accept(members, Golden.of(members, MODEL));
    }
}
