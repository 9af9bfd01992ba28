package dev.lockstep.core.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.plan.Contests;
import dev.lockstep.core.semantics.World.Table;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Status;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a value that something on its platform keeps changing back, a sentence each. */
class ContestsTest {
    private final World world = Worlds.two();
    private final Table shop = world.tables.get(0);
    private final Table crm = world.tables.get(1);
    private final int city = crm.column("city");

    @BeforeEach
    void ada() {
        shop.insert("1", "ada@x.com", null, "Ada", "King", null, "granted", "London", null);
        crm.insert("a", "ada@x.com", null, "Ada", "King", null, "granted", "London", null);
        world.rest();
        world.open();
    }

    private Member inCrm() {
        return world.member(crm, "a");
    }

    /** What a job does that runs two seconds after each change. */
    private void jobSetsBack(String column, String value, int rounds) {
        for (int round = 0; round < rounds; round++) {
            world.pass(2);
            crm.edit("a", column, value);
            world.rest();
            world.pass(35);
            world.rest();
        }
    }

    private void aTriggerKeepsLondon() {
        crm.trigger = row -> row[city] = "London";
        shop.edit("1", "city", "Paris");
        world.rest();
        for (int i = 0; i < 20; i++) {
            world.pass(10);
            world.rest();
        }
    }

    private List<Contests.Contest> contests() {
        return Contests.of(world.group(inCrm().customer), world.model);
    }

    private long reversals() {
        return world.facts.stream()
                .filter(fact -> fact.kind() == Fact.Kind.REVERSED || fact.kind() == Fact.Kind.CONTESTED)
                .count();
    }

    private void answer(boolean ours) {
        world.run(inCrm().name, new Message.Answer(inCrm().name, city, ours));
        world.rest();
    }

    @Test
    void aTriggerThatSetsBackWhatWeWriteIsContestedAfterFiveRounds() {
        aTriggerKeepsLondon();
        assertThat(crm.writes).isEqualTo(5);
        assertThat(reversals()).isEqualTo(5);
        assertThat(inCrm().status).isEqualTo(Status.CONTESTED);
        assertThat(shop.get("1", "city")).as("no claim").isEqualTo("Paris");
        assertThat(contests()).hasSize(1);
        assertThat(contests().getFirst().ours()).isEqualTo("Paris");
        assertThat(inCrm().actual(city)).isEqualTo("London");
    }

    @Test
    void aJobThatSetsBackWhatWeWriteTwoSecondsLaterIsContestedAfterFiveRounds() {
        shop.edit("1", "city", "Paris");
        world.rest();
        jobSetsBack("city", "London", 5);
        int writes = crm.writes;
        assertThat(writes).isEqualTo(5);
        world.pass(7200);
        world.rest();
        assertThat(crm.writes).isEqualTo(writes);
        assertThat(shop.get("1", "city")).isEqualTo("Paris");
        assertThat(inCrm().status).isEqualTo(Status.CONTESTED);
    }

    @Test
    void whatAJobSetsBackIsAReversalHoweverLateTheStreamShowsIt() {
        shop.edit("1", "city", "Paris");
        world.rest();
        world.pass(2);
        crm.edit("a", "city", "London");
        Observation seen = crm.stream.removeLast();
        world.pass(60);
        crm.stream.add(new Observation(
                seen.platform(),
                seen.key(),
                null,
                seen.origin(),
                false,
                seen.raw(),
                seen.version(),
                seen.datedMicros(),
                world.now,
                world.now,
                0));
        world.deliver(crm);
        assertThat(reversals()).isEqualTo(1);
        world.rest();
        assertThat(shop.get("1", "city")).isEqualTo("Paris");
    }

    @Test
    void anotherColumnOfARecordGoesOutWhileOneIsChangedBack() {
        crm.trigger = row -> row[city] = "London";
        shop.edit("1", "city", "Paris");
        world.rest();
        shop.edit("1", "first_name", "Adele");
        world.rest();
        assertThat(inCrm().column(city).pausedUntilMicros).isGreaterThan(world.now);
        assertThat(crm.get("a", "first_name")).isEqualTo("Adele");
        aTriggerKeepsLondon();
        shop.edit("1", "last_name", "Byron");
        world.rest();
        assertThat(crm.get("a", "last_name")).isEqualTo("Byron");
    }

    @Test
    void theRoundsComeWithGrowingPauses() {
        crm.trigger = row -> row[city] = "London";
        shop.edit("1", "city", "Paris");
        world.rest();
        int[] expected = {1, 1, 2, 2, 2, 2, 3};
        for (int second = 0; second < expected.length; second++) {
            assertThat(crm.writes).as("after %d s", second).isEqualTo(expected[second]);
            world.pass(1);
            world.rest();
        }
    }

    @Test
    void roundsThatAreFarApartContestNothing() {
        shop.edit("1", "city", "Paris");
        world.rest();
        for (int round = 0; round < 8; round++) {
            world.pass(2);
            crm.edit("a", "city", "London");
            world.rest();
            world.pass(300);
            world.rest();
        }
        assertThat(crm.get("a", "city")).isEqualTo("Paris");
        assertThat(inCrm().status).isEqualTo(Status.IN_SYNC);
    }

    @Test
    void aDifferentEditElsewhereIsWrittenAndADifferentEditThereIsHeard() {
        shop.edit("1", "city", "Paris");
        world.rest();
        jobSetsBack("city", "London", 5);
        shop.edit("1", "city", "Rome");
        world.rest();
        assertThat(crm.get("a", "city")).isEqualTo("Rome");
        assertThat(inCrm().status).isEqualTo(Status.IN_SYNC);
        jobSetsBack("city", "London", 5);
        assertThat(inCrm().status).isEqualTo(Status.CONTESTED);
        crm.edit("a", "city", "Bath");
        world.rest();
        assertThat(shop.get("1", "city")).isEqualTo("Bath");
        assertThat(inCrm().status).isEqualTo(Status.IN_SYNC);
    }

    @Test
    void whoIsAnsweredOursIsWrittenAgain() {
        aTriggerKeepsLondon();
        crm.trigger = row -> {};
        answer(true);
        assertThat(crm.get("a", "city")).isEqualTo("Paris");
        assertThat(inCrm().status).isEqualTo(Status.IN_SYNC);
        assertThat(contests()).isEmpty();
    }

    @Test
    void anAnswerThatItIsOursIsGoodForFiveMoreRounds() {
        aTriggerKeepsLondon();
        answer(true);
        for (int i = 0; i < 20; i++) {
            world.pass(10);
            world.rest();
        }
        assertThat(crm.writes).isEqualTo(10);
        assertThat(inCrm().status).isEqualTo(Status.CONTESTED);
    }

    @Test
    void whoIsAnsweredTheirsHasSaidSoThere() {
        aTriggerKeepsLondon();
        answer(false);
        assertThat(shop.get("1", "city")).isEqualTo("London");
        assertThat(inCrm().status).isEqualTo(Status.IN_SYNC);
        assertThat(contests()).isEmpty();
        crm.trigger = row -> {};
        shop.edit("1", "city", "Rome");
        world.rest();
        assertThat(crm.get("a", "city")).isEqualTo("Rome");
    }

    @Test
    void aWithdrawalIsWrittenAgainHoweverOftenItIsChangedBack() {
        shop.edit("1", "opt_in", "withdrawn");
        world.rest();
        for (int round = 0; round < 7; round++) {
            assertThat(crm.get("a", "opt_in")).isEqualTo("withdrawn");
            world.pass(2);
            crm.edit("a", "opt_in", "granted");
            world.rest();
            world.pass(600);
            world.rest();
        }
        assertThat(shop.get("1", "opt_in")).isEqualTo("withdrawn");
    }

    @Test
    void nobodyConsentsByAnOperatorsAnswer() {
        int optIn = crm.column("opt_in");
        crm.trigger = row -> row[optIn] = "granted";
        shop.edit("1", "opt_in", "withdrawn");
        world.rest();
        for (int i = 0; i < 20; i++) {
            world.pass(10);
            world.rest();
        }
        assertThat(inCrm().column(optIn).contested).isTrue();
        world.run(inCrm().name, new Message.Answer(inCrm().name, optIn, false));
        world.rest();
        assertThat(shop.get("1", "opt_in")).isEqualTo("withdrawn");
    }

    @Test
    void aPlatformThatOnlySpellsWhatWeWriteIsNotContested() {
        crm.trigger = row -> {
            if (row[city] != null) row[city] = row[city].substring(0, 3);
        };
        shop.edit("1", "city", "London NW1");
        world.rest();
        shop.edit("1", "city", "London W8");
        world.rest();
        world.pass(60);
        world.rest();
        assertThat(crm.writes).isEqualTo(2);
        assertThat(inCrm().status).isEqualTo(Status.IN_SYNC);
    }
}
