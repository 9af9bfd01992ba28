package dev.lockstep.core.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.semantics.World.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The CRM is polled, and the answer to a write of a consent got lost: whose word is what is found there? */
class UnclearConsentsTest {
    private final World world = Worlds.ofAda(null);
    private final Table shop = world.tables.get(0);
    private final Table crm = world.tables.get(1);

    @BeforeEach
    void begin() {
        List<PlatformModel> platforms = new ArrayList<>(world.model.platforms());
        platforms.set(crm.number, platforms.get(crm.number).asPolled());
        world.model = new Model(world.model.fields(), platforms, Model.GROUP_LIMIT);
        world.rest();
        read(Stamp.UNDATED);
        world.pass(60);
    }

    private void read(long dated) {
        world.tick();
        crm.stream.clear();
        world.observe(world.read(crm, "a", Observation.Origin.FULL, 0, dated));
    }

    private Write saidInTheShop(String consent) {
        shop.edit("1", "opt_in", consent);
        world.deliver(shop);
        world.permit();
        return world.sent.getFirst();
    }

    private void personAtTheCrm(String consent) {
        crm.edit("a", "opt_in", consent);
        crm.stream.clear();
    }

    /** No answer comes; what the record holds then is all that is known. */
    private void looksItUp(Write write, Receipt.Outcome found) {
        answers(Receipt.of(write, Receipt.Outcome.UNCLEAR, "no answer", world.now));
        String[] raw = Objects.requireNonNull(crm.rows.get("a")).clone();
        boolean applied = found == Receipt.Outcome.APPLIED;
        answers(applied ? Receipt.applied(write, "a", raw, world.now) : Receipt.of(write, found, "", world.now));
    }

    private void answers(Receipt receipt) {
        world.tick();
        Write write = Objects.requireNonNull(world.sent.isEmpty() ? last : world.sent.getFirst());
        world.run(write.record(), new Message.Landed(write.record(), receipt));
    }

    private Write last;

    private void applied() {
        last = world.sent.getFirst();
        world.apply();
        world.receipts.clear();
    }

    private void lost() {
        last = world.sent.remove();
    }

    private void everywhere(String consent) {
        for (int i = 0; i < 3; i++) {
            read(Stamp.UNDATED);
            world.permit();
            while (!world.sent.isEmpty()) world.apply();
            while (!world.receipts.isEmpty()) world.receive();
            while (!shop.stream.isEmpty()) world.deliver(shop);
        }
        assertThat(shop.get("1", "opt_in")).isEqualTo(consent);
        assertThat(crm.get("a", "opt_in")).isEqualTo(consent);
    }

    @Test
    void whoOptsInAndOutWhileOurWithdrawalIsUnderWayIsOut() {
        Write write = saidInTheShop("withdrawn");
        applied();
        shop.edit("1", "opt_in", "granted");
        world.deliver(shop);
        personAtTheCrm("granted");
        personAtTheCrm("withdrawn");
        looksItUp(write, Receipt.Outcome.APPLIED);
        world.permit();
        assertThat(world.sent).extracting(sent -> sent.platform()).doesNotContain(crm.number);
        everywhere("withdrawn");
    }

    @Test
    void andIsInAgainWhenThatIsSaidOnceMore() {
        whoOptsInAndOutWhileOurWithdrawalIsUnderWayIsOut();
        world.pass(60);
        shop.edit("1", "opt_in", "granted");
        world.deliver(shop);
        everywhere("granted");
    }

    @Test
    void whoTakesOurGrantBackBeforeItsAnswerGotLostIsOut() {
        saidInTheShop("withdrawn");
        everywhere("withdrawn");
        world.pass(60);
        Write write = saidInTheShop("granted");
        applied();
        personAtTheCrm("withdrawn");
        looksItUp(write, Receipt.Outcome.AGAIN);
        everywhere("withdrawn");
    }

    @Test
    void aGrantGoesAgainWhereNobodyHasChangedTheRecord() {
        saidInTheShop("withdrawn");
        everywhere("withdrawn");
        long changed = world.now;
        world.pass(60);
        read(changed);
        world.pass(60);
        Write write = saidInTheShop("granted");
        lost();
        looksItUp(write, Receipt.Outcome.AGAIN);
        read(changed);
        everywhere("granted");
    }

    @Test
    void whoOptsInAndOutWhileOurGrantIsUnderWayIsOut() {
        saidInTheShop("withdrawn");
        everywhere("withdrawn");
        world.pass(60);
        saidInTheShop("granted");
        personAtTheCrm("granted");
        read(Stamp.UNDATED);
        personAtTheCrm("withdrawn");
        read(Stamp.UNDATED);
        everywhere("withdrawn");
    }

    @Test
    void whatIsFoundInARecordThatIsBackForgetsNoLaterWithdrawal() {
        backWith("withdrawn", "withdrawn", "granted", "withdrawn");
    }

    @Test
    void whoIsPutBackAsWithdrawnIsOutWhateverTheRecordIsDated() {
        backWith("withdrawn", "withdrawn", "granted");
    }

    private void backWith(String found, String... said) {
        long before = world.now;
        world.pass(60);
        for (String word : said) {
            personAtTheCrm(word);
            read(Stamp.UNDATED);
            world.pass(60);
        }
        personAtTheCrm(found);
        world.observe(Observation.gone(crm.number, "a", Observation.Origin.READ, 0, Stamp.UNDATED, world.now));
        read(before);
        everywhere("withdrawn");
    }

    @Test
    void whatWasReadBeforeOurWriteLeftIsNotOurs() {
        personAtTheCrm("withdrawn");
        world.tick();
        Observation before = world.read(crm, "a", Observation.Origin.FULL, 0, Stamp.UNDATED);
        saidInTheShop("withdrawn");
        world.observe(before);
        world.sent.clear();
        assertThat(Objects.requireNonNull(world.member(crm, "a").consents.get(5))
                        .withdrawn())
                .isNotNull();
    }
}
