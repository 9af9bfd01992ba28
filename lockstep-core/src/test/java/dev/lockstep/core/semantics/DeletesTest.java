package dev.lockstep.core.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.model.PlatformModel.Leave;
import dev.lockstep.core.model.PlatformModel.OnDelete;
import dev.lockstep.core.semantics.World.Table;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Status;
import org.junit.jupiter.api.Test;

/** What a deletion means, and leaving a platform's scope, a sentence each. */
class DeletesTest {
    private World world = Worlds.deleting(OnDelete.DELETE);
    private Table shop = world.tables.get(0);
    private Table crm = world.tables.get(1);
    private Table news = world.tables.get(2);

    private void in(World other) {
        world = other;
        shop = world.tables.get(0);
        crm = world.tables.get(1);
        news = world.tables.get(2);
    }

    /** In the shop by her own hand, and in the others by ours. */
    private void ada(String optIn) {
        world.open();
        shop.insert("1", "ada@x.com", null, "Ada", "King", null, optIn, "London", null);
        world.rest();
    }

    @Test
    void aDeletionSpreadsWhereThePolicySaysSoAndNothingComesBack() {
        ada(null);
        assertThat(crm.rows).hasSize(1);
        assertThat(news.rows).hasSize(1);
        shop.delete("1");
        world.rest();
        assertThat(crm.rows).isEmpty();
        assertThat(news.rows).isEmpty();
        int writes = world.writes();
        world.pass(3600);
        world.rest();
        assertThat(world.writes()).isEqualTo(writes);
    }

    @Test
    void aDeletionSpreadsToRecordsThatPeopleMadeThemselves() {
        shop.insert("1", "ada@x.com", null, "Ada", "King", null, null, "London", null);
        crm.insert("a", "ada@x.com", null, "Ada", "King", null, null, "London", null);
        world.rest();
        world.open();
        crm.delete("a");
        world.rest();
        assertThat(shop.rows).isEmpty();
        assertThat(news.rows).isEmpty();
    }

    @Test
    void aDeletionThatIsOnlyUnlinkedStaysWhereItIs() {
        in(Worlds.deleting(OnDelete.UNLINK));
        ada(null);
        shop.delete("1");
        world.rest();
        assertThat(shop.rows).isEmpty();
        assertThat(crm.rows).hasSize(1);
        assertThat(news.rows).hasSize(1);
    }

    @Test
    void aDeletionIsTakenBackWhereThePolicyIsToRecreate() {
        in(Worlds.deleting(OnDelete.RECREATE));
        ada(null);
        shop.delete("1");
        world.rest();
        assertThat(shop.keyOf("email", "ada@x.com")).isNotEqualTo("1");
        assertThat(crm.rows).hasSize(1);
    }

    @Test
    void whoHasAnotherRecordThereIsNotDeletedElsewhere() {
        ada(null);
        shop.insert("2", "ada@x.com", null, "Ada", "King", null, null, "London", null);
        world.rest();
        shop.delete("1");
        world.rest();
        assertThat(crm.rows).hasSize(1);
        assertThat(news.rows).hasSize(1);
        shop.delete("2");
        world.rest();
        assertThat(crm.rows).isEmpty();
        assertThat(news.rows).isEmpty();
    }

    @Test
    void whoWasEditedAfterTheDeletionStaysAndIsLookedAtByAPerson() {
        ada(null);
        String inCrm = crm.keyOf("email", "ada@x.com");
        shop.delete("1");
        crm.edit(inCrm, "city", "Bath");
        world.rest();
        assertThat(crm.get(inCrm, "city")).isEqualTo("Bath");
        assertThat(world.member(crm, inCrm).status).isEqualTo(Status.FAILED);
        assertThat(world.member(crm, inCrm).refusal).contains("deleted on shop").contains("edited here");
        assertThat(news.rows).isEmpty();
        assertThat(shop.rows).isEmpty();
    }

    @Test
    void aDeleteThatRacesAnEditDeletesNothing() {
        ada(null);
        String inCrm = crm.keyOf("email", "ada@x.com");
        shop.delete("1");
        world.deliver(shop);
        world.permit();
        crm.edit(inCrm, "city", "Bath");
        world.rest();
        assertThat(crm.get(inCrm, "city")).isEqualTo("Bath");
        assertThat(world.member(crm, inCrm).refusal).contains("not deleted");
    }

    @Test
    void anEditMadeBeforeTheDeletionAndHeardOfLaterDoesNotSaveTheRecord() {
        ada(null);
        crm.edit(crm.keyOf("email", "ada@x.com"), "city", "Bath");
        shop.delete("1");
        world.deliver(shop);
        world.rest();
        assertThat(crm.rows).isEmpty();
        assertThat(news.rows).isEmpty();
    }

    @Test
    void whatWeMadeIsNotDeletedBeforeItWasShownThoughNobodyWasDeletedThere() {
        world.open();
        shop.insert("1", "ada@x.com", null, "Ada", "King", null, null, "London", null);
        world.deliver(shop);
        world.permit();
        while (!world.sent.isEmpty()) world.apply();
        while (!world.receipts.isEmpty()) world.receive();
        String inCrm = crm.keyOf("email", "ada@x.com");
        crm.edit(inCrm, "opt_in", "withdrawn");
        shop.delete("1");
        world.deliver(shop);
        world.permit();
        assertThat(world.sent).noneMatch(write -> write.platform() == crm.number);
        Member member = world.member(crm, inCrm);
        world.rest();
        assertThat(crm.rows).isEmpty();
        assertThat(member.consents).hasSize(1);
        assertThat(member.claims).isEmpty();
    }

    @Test
    void whatAStreamShowsOfTheTimeBeforeOurDeleteIsComparedWithWhatWeHadWritten() {
        ada(null);
        String inCrm = crm.keyOf("email", "ada@x.com");
        Member member = world.member(crm, inCrm);
        shop.edit("1", "city", "Bath");
        world.deliver(shop);
        world.permit();
        while (!world.sent.isEmpty()) world.apply();
        while (!world.receipts.isEmpty()) world.receive();
        crm.edit(inCrm, Worlds.SHELF, "A7");
        shop.delete("1");
        world.deliver(shop);
        world.permit();
        while (!world.sent.isEmpty()) world.apply();
        while (!world.receipts.isEmpty()) world.receive();
        world.rest();
        assertThat(crm.rows).isEmpty();
        assertThat(member.claims).isEmpty();
    }

    @Test
    void whoSignsUpAgainAfterTheDeletionBeginsAnew() {
        ada(null);
        shop.delete("1");
        world.rest();
        crm.insert("z", "ada@x.com", null, "Ada", "Byron", null, null, "Rome", null);
        world.rest();
        assertThat(crm.rows).containsOnlyKeys("z");
        assertThat(crm.get("z", "last_name")).isEqualTo("Byron");
        assertThat(world.member(crm, "z").status).isEqualTo(Status.IN_SYNC);
        assertThat(shop.rows).isEmpty();
    }

    @Test
    void ourOwnDeleteIsNoDeletionWhicheverOfReceiptAndEchoComesFirst() {
        for (boolean echoFirst : new boolean[] {false, true}) {
            in(Worlds.leaving(Leave.DELETE));
            ada("granted");
            shop.edit("1", "opt_in", "withdrawn");
            while (news.rows.size() == 1) {
                if (!shop.stream.isEmpty()) world.deliver(shop);
                if (!news.stream.isEmpty()) world.deliver(news);
                if (!world.receipts.isEmpty()) world.receive();
                world.permit();
                if (!world.sent.isEmpty()) world.apply();
            }
            if (echoFirst) world.deliver(news);
            world.rest();
            assertThat(news.rows).isEmpty();
            assertThat(shop.rows).hasSize(1);
            assertThat(crm.rows).hasSize(1);
            shop.edit("1", "opt_in", "granted");
            world.rest();
            assertThat(news.rows).hasSize(1);
        }
    }

    @Test
    void whoLeavesTheScopeIsWithdrawnFirstThenDeletedAndComesBackWithAllItsValues() {
        in(Worlds.leaving(Leave.DELETE));
        ada("granted");
        assertThat(news.rows).hasSize(1);
        int before = news.writes;
        shop.edit("1", "opt_in", "withdrawn");
        world.rest();
        assertThat(news.rows).isEmpty();
        assertThat(news.writes).isEqualTo(before + 2);
        assertThat(crm.rows).hasSize(1);
        shop.edit("1", "city", "Bath");
        world.rest();
        assertThat(news.rows).isEmpty();
        shop.edit("1", "opt_in", "granted");
        world.rest();
        assertThat(news.get(news.keyOf("email", "ada@x.com"), "city")).isEqualTo("Bath");
    }

    @Test
    void whatAPersonDeletedDoesNotComeBackWithTheScope() {
        in(Worlds.leaving(Leave.DELETE));
        ada("granted");
        news.delete(news.keyOf("email", "ada@x.com"));
        world.rest();
        shop.edit("1", "opt_in", "withdrawn");
        world.rest();
        shop.edit("1", "opt_in", "granted");
        world.rest();
        assertThat(news.rows).isEmpty();
    }

    @Test
    void whoLeavesTheScopeIsKeptWhereNothingElseIsSaidAndTheOptOutStillReachesIt() {
        in(Worlds.leaving(Leave.ARCHIVE));
        ada("granted");
        String key = news.keyOf("email", "ada@x.com");
        shop.edit("1", "opt_in", "withdrawn");
        shop.edit("1", "city", "Bath");
        world.rest();
        assertThat(news.get(key, "opt_in")).isEqualTo("withdrawn");
        assertThat(news.get(key, "city")).isEqualTo("London");
    }
}
