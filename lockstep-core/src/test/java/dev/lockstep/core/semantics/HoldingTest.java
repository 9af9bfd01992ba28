package dev.lockstep.core.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.Cause;
import dev.lockstep.core.semantics.World.Table;
import dev.lockstep.core.state.Due;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a guard is told of what is due, and what becomes of a record that it has stopped. */
class HoldingTest {
    private final World world = Worlds.ofAda(null);
    private final Table shop = world.tables.get(0);
    private final Table crm = world.tables.get(1);

    @BeforeEach
    void ada() {
        world.planning = true;
    }

    private Member hers() {
        return world.member(crm, "a");
    }

    /** The shop's changes are heard, and the guard stops what is due in the crm. */
    private void heldIn(Runnable edits) {
        edits.run();
        while (!shop.stream.isEmpty()) world.deliver(shop);
        world.run(hers().name, new Message.Hold(hers().name, 1, false, "too many"));
        world.rest();
        assertThat(hers().status).isEqualTo(Status.HELD);
    }

    private void release() {
        world.run(hers().name, new Message.LetGo(hers().name, 1, false));
        world.rest();
    }

    @Test
    void whatIsDueIsToldWithItsRiskAndItsCause() {
        shop.edit("1", "city", "Paris");
        world.deliver(shop);
        assertThat(hers().due).isNotNull();
        assertThat(hers().due.risk()).isEqualTo(Due.CHANGES);
        assertThat(hers().due.cause()).isEqualTo(new Cause(Cause.Kind.TRANSACTION, 0, world.lsn));
        shop.edit("1", "first_name", null);
        world.deliver(shop);
        assertThat(hers().due.risk()).isEqualTo(Due.CHANGES | Due.LOSES);
        assertThat(hers().due.cause().mark()).isEqualTo(world.lsn);
        world.rest();
        assertThat(hers().due).isNull();
    }

    @Test
    void fillingABlankIsNoRisk() {
        shop.edit("1", "birth_date", "1990-01-02");
        world.deliver(shop);
        assertThat(hers().due.risk()).isZero();
    }

    @Test
    void aHeldRecordGetsNoOtherWriteUntilItIsLetGo() {
        heldIn(() -> shop.edit("1", "city", "Paris"));
        shop.edit("1", "first_name", "Adele");
        world.rest();
        assertThat(crm.get("a", "city")).isEqualTo("London");
        assertThat(crm.get("a", "first_name")).isEqualTo("Ada");
        release();
        assertThat(crm.get("a", "city")).isEqualTo("Paris");
        assertThat(crm.get("a", "first_name")).isEqualTo("Adele");
        assertThat(hers().status).isEqualTo(Status.IN_SYNC);
    }

    @Test
    void aWithdrawalOfAnotherCauseReachesAHeldRecord() {
        heldIn(() -> shop.edit("1", "city", "Paris"));
        shop.edit("1", "opt_in", "withdrawn");
        world.rest();
        assertThat(crm.get("a", "opt_in")).isEqualTo("withdrawn");
        assertThat(crm.get("a", "city")).isEqualTo("London");
        assertThat(hers().status).isEqualTo(Status.HELD);
    }

    @Test
    void aHeldWithdrawalIsHeld() {
        heldIn(() -> shop.edit("1", "opt_in", "withdrawn"));
        assertThat(crm.get("a", "opt_in")).isEqualTo("granted");
        release();
        assertThat(crm.get("a", "opt_in")).isEqualTo("withdrawn");
    }

    @Test
    void whatIsPutBackAtItsSourceIsHeldNoMore() {
        heldIn(() -> shop.edit("1", "city", "Paris"));
        shop.edit("1", "city", "London");
        world.rest();
        assertThat(hers().status).isEqualTo(Status.IN_SYNC);
        shop.edit("1", "first_name", "Adele");
        world.rest();
        assertThat(crm.get("a", "first_name")).isEqualTo("Adele");
    }

    @Test
    void aCreateThatIsHeldIsNotMadeUntilItIsLetGo() {
        shop.insert("2", "bob@x.com", null, "Bob", "Stone", null, null, "Bonn", null);
        world.deliver(shop);
        var bob = world.member(shop, "2").name;
        world.run(bob, new Message.Hold(bob, 1, true, "too many"));
        world.rest();
        assertThat(crm.rows).hasSize(1);
        shop.edit("2", "city", "Cologne");
        world.rest();
        assertThat(crm.rows).hasSize(1);
        world.run(bob, new Message.LetGo(bob, 1, true));
        world.rest();
        assertThat(crm.get(crm.keyOf("email", "bob@x.com"), "city")).isEqualTo("Cologne");
    }
}
