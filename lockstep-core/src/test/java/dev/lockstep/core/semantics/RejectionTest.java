package dev.lockstep.core.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.codec.StateCodec;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.PlatformModel.OnDelete;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.semantics.World.Table;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Status;
import org.junit.jupiter.api.Test;

/** An operator takes a change back: nobody says it any more, and every platform is as if it had never been. */
class RejectionTest {
    private World world = Worlds.three();
    private Table shop = world.tables.get(0);
    private Table crm = world.tables.get(1);
    private Table news = world.tables.get(2);

    private void in(World other) {
        world = other;
        shop = world.tables.get(0);
        crm = world.tables.get(1);
        news = world.tables.get(2);
    }

    private void ada() {
        shop.insert("1", "ada@x.com", null, "Ada", "King", null, "granted", "London", "{vip}");
        crm.insert("a", "ada@x.com", null, "Ada", "King", null, "granted", "London", "{vip}");
        world.rest();
        world.open();
    }

    private RecordName inShop() {
        return world.member(shop, "1").name;
    }

    private Cause last() {
        return new Cause(Cause.Kind.TRANSACTION, 0, world.lsn);
    }

    /** The shop's change is heard; what comes of it is not written yet. */
    private Cause heard(Runnable change) {
        change.run();
        Cause cause = last();
        while (!shop.stream.isEmpty()) world.deliver(shop);
        return cause;
    }

    private void takeBack(RecordName record, Cause cause) {
        world.run(record, new Message.TakeBack(record, cause));
        world.rest();
    }

    @Test
    void anOverwrittenValueIsWrittenBackAtTheSourceAndNobodyElseWasEverTold() {
        ada();
        Cause cause = heard(() -> shop.edit("1", "city", "Paris"));
        world.run(world.member(crm, "a").name, new Message.Hold(world.member(crm, "a").name, 1, false, "too many"));
        takeBack(inShop(), cause);
        assertThat(shop.get("1", "city")).isEqualTo("London");
        assertThat(crm.get("a", "city")).isEqualTo("London");
        assertThat(world.member(crm, "a").status).isEqualTo(Status.IN_SYNC);
        assertThat(crm.writes).isZero();
        assertThat(world.facts)
                .anyMatch(fact -> fact.kind() == Fact.Kind.REJECTED
                        && "Paris".equals(fact.before())
                        && "London".equals(fact.after()));
    }

    @Test
    void whatHadLeftBeforeIsTakenBackEverywhere() {
        ada();
        Cause cause = heard(() -> shop.edit("1", "city", "Paris"));
        world.rest();
        assertThat(crm.get("a", "city")).isEqualTo("Paris");
        takeBack(inShop(), cause);
        assertThat(shop.get("1", "city")).isEqualTo("London");
        assertThat(crm.get("a", "city")).isEqualTo("London");
        assertThat(news.get("ada@x.com", "city")).isEqualTo("London");
        int writes = world.writes();
        world.pass(3600);
        world.rest();
        assertThat(world.writes()).isEqualTo(writes);
    }

    @Test
    void aBlankedValueIsFilledAgain() {
        ada();
        Cause cause = heard(() -> shop.edit("1", "city", null));
        takeBack(inShop(), cause);
        assertThat(shop.get("1", "city")).isEqualTo("London");
    }

    @Test
    void whatWasEditedSinceStands() {
        ada();
        Cause cause = heard(() -> shop.edit("1", "city", "Paris"));
        heard(() -> shop.edit("1", "city", "Oslo"));
        takeBack(inShop(), cause);
        assertThat(shop.get("1", "city")).isEqualTo("Oslo");
        assertThat(crm.get("a", "city")).isEqualTo("Oslo");
    }

    @Test
    void twoChangesOfOneValueMayBeTakenBackInAnyOrder() {
        for (boolean olderFirst : new boolean[] {true, false}) {
            in(Worlds.three());
            ada();
            Cause older = heard(() -> shop.edit("1", "city", "Paris"));
            Cause newer = heard(() -> shop.edit("1", "city", "Oslo"));
            takeBack(inShop(), olderFirst ? older : newer);
            takeBack(inShop(), olderFirst ? newer : older);
            assertThat(shop.get("1", "city")).isEqualTo("London");
            assertThat(crm.get("a", "city")).isEqualTo("London");
        }
    }

    @Test
    void anElementAddedToASetGoesAndThoseAddedSinceStay() {
        ada();
        Cause cause = heard(() -> shop.edit("1", "tags", "{vip,spam}"));
        heard(() -> shop.edit("1", "tags", "{vip,spam,gold}"));
        world.rest();
        takeBack(inShop(), cause);
        assertThat(crm.get("a", "tags")).contains("gold").contains("vip").doesNotContain("spam");
        assertThat(shop.get("1", "tags")).contains("gold").contains("vip").doesNotContain("spam");
    }

    @Test
    void aRejectedWithdrawalIsGrantedAgainEverywhereAndStaysInTheLog() {
        ada();
        Cause cause = heard(() -> shop.edit("1", "opt_in", "withdrawn"));
        world.rest();
        assertThat(crm.get("a", "opt_in")).isEqualTo("withdrawn");
        takeBack(inShop(), cause);
        assertThat(shop.get("1", "opt_in")).isEqualTo("granted");
        assertThat(crm.get("a", "opt_in")).isEqualTo("granted");
        int consent = Worlds.FIELDS.indexOf("opt_in");
        assertThat(world.facts)
                .anyMatch(fact ->
                        fact.kind() == Fact.Kind.EDIT && fact.field() == consent && "withdrawn".equals(fact.after()))
                .anyMatch(fact -> fact.kind() == Fact.Kind.REJECTED
                        && fact.field() == consent
                        && "withdrawn".equals(fact.before())
                        && fact.detail().contains("operator"));
    }

    @Test
    void aWithdrawalOfAnotherCauseOutlivesTheRejectedOne() {
        ada();
        Cause cause = heard(() -> shop.edit("1", "opt_in", "withdrawn"));
        crm.edit("a", "opt_in", "withdrawn");
        world.rest();
        takeBack(inShop(), cause);
        assertThat(shop.get("1", "opt_in")).isEqualTo("withdrawn");
        assertThat(crm.get("a", "opt_in")).isEqualTo("withdrawn");
    }

    @Test
    void aChangedAddressIsTakenBackAndWhoBelongedTogetherStillDoes() {
        ada();
        Cause cause = heard(() -> shop.edit("1", "email", "bob@x.com"));
        world.rest();
        takeBack(inShop(), cause);
        assertThat(shop.get("1", "email")).isEqualTo("ada@x.com");
        assertThat(crm.get("a", "email")).isEqualTo("ada@x.com");
        assertThat(world.customer(crm, "a")).isEqualTo(world.customer(shop, "1"));
        assertThat(world.member(shop, "1").formers).isEmpty();
    }

    @Test
    void aRowThatWasAddedStaysWhereItIsAndSaysNothing() {
        ada();
        shop.insert("2", "ada@x.com", null, "Eve", "King", null, null, "Bonn", null);
        Cause cause = last();
        world.rest();
        assertThat(crm.get("a", "first_name")).isEqualTo("Eve");
        takeBack(world.member(shop, "2").name, cause);
        assertThat(crm.get("a", "first_name")).isEqualTo("Ada");
        assertThat(shop.get("1", "city")).isEqualTo("London");
        assertThat(shop.get("2", "city")).isEqualTo("Bonn");
        assertThat(world.customer(shop, "2")).isNotEqualTo(world.customer(shop, "1"));
    }

    @Test
    void aDeletedRowIsMadeAgainAtTheSourceAndItsCompanionsStay() {
        in(Worlds.deleting(OnDelete.DELETE));
        ada();
        RecordName record = inShop();
        Cause cause = heard(() -> shop.delete("1"));
        takeBack(record, cause);
        assertThat(crm.get("a", "city")).isEqualTo("London");
        assertThat(shop.rows).containsOnlyKeys("1");
        assertThat(shop.get("1", "last_name")).isEqualTo("King");
        assertThat(world.customer(shop, "1")).isEqualTo(world.customer(crm, "a"));
    }

    @Test
    void whoWasDeletedEverywhereComesBackEverywhere() {
        in(Worlds.deleting(OnDelete.DELETE));
        ada();
        RecordName record = inShop();
        Cause cause = heard(() -> shop.delete("1"));
        world.rest();
        assertThat(crm.rows).isEmpty();
        assertThat(news.rows).isEmpty();
        takeBack(record, cause);
        assertThat(shop.rows).hasSize(1);
        assertThat(crm.rows).hasSize(1);
        assertThat(news.rows).hasSize(1);
        assertThat(crm.get(crm.keyOf("email", "ada@x.com"), "opt_in")).isEqualTo("granted");
        shop.delete(shop.keyOf("email", "ada@x.com"));
        world.rest();
        assertThat(crm.rows).isEmpty();
        assertThat(news.rows).isEmpty();
        assertThat(shop.rows).isEmpty();
    }

    @Test
    void aDeleteUnderWayWhenItIsTakenBackIsMadeGood() {
        in(Worlds.deleting(OnDelete.DELETE));
        ada();
        RecordName record = inShop();
        Cause cause = heard(() -> shop.delete("1"));
        world.permit();
        world.run(record, new Message.TakeBack(record, cause));
        world.rest();
        assertThat(crm.rows).hasSize(1);
        assertThat(news.rows).hasSize(1);
        assertThat(shop.rows).hasSize(1);
    }

    @Test
    void aRowThatCannotBeMadeAgainSinceItsKeyIsTakenIsSaidAndNotTriedAgain() {
        in(Worlds.deleting(OnDelete.DELETE));
        ada();
        RecordName record = inShop();
        Cause cause = heard(() -> shop.delete("1"));
        world.run(record, new Message.TakeBack(record, cause));
        world.permit();
        shop.insert("1", "bob@x.com", null, "Bob", "Roy", null, "granted", "Bonn", "{}");
        world.rest();
        assertThat(world.facts).extracting(Fact::kind).contains(Fact.Kind.TAKEN);
        assertThat(shop.rows).containsOnlyKeys("1");
        assertThat(shop.get("1", "email")).isEqualTo("bob@x.com");
    }

    @Test
    void whatCanBeTakenBackIsStoredWithTheRecord() {
        ada();
        heard(() -> shop.edit("1", "email", "bob@x.com"));
        heard(() -> shop.edit("1", "email", "ada@x.com"));
        heard(() -> shop.edit("1", "opt_in", "withdrawn"));
        heard(() -> shop.edit("1", "tags", null));
        heard(() -> shop.delete("1"));
        GroupState group = new GroupState();
        Member stored = world.member(shop, "1");
        group.members.put(stored.name, stored);
        assertThat(StateCodec.decodeGroup(new StateCodec().encode(group))
                        .members
                        .get(stored.name)
                        .undos)
                .hasSize(5)
                .isEqualTo(stored.undos);
    }

    @Test
    void takingBackTwiceIsTakingBackOnce() {
        ada();
        Cause cause = heard(() -> shop.edit("1", "city", "Paris"));
        takeBack(inShop(), cause);
        world.pass(60);
        shop.edit("1", "city", "Paris");
        world.rest();
        takeBack(inShop(), cause);
        assertThat(crm.get("a", "city")).isEqualTo("Paris");
    }
}
