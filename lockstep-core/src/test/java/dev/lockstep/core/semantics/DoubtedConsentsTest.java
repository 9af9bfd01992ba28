package dev.lockstep.core.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.semantics.World.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A read names no writes: what it shows may be what ours, of unclear outcome, has left, or a person's word. */
class DoubtedConsentsTest {
    private final World world = Worlds.ofAda(null);
    private final Table shop = world.tables.get(0);
    private final Table crm = world.tables.get(1);

    @BeforeEach
    void begin() {
        world.rest();
        world.pass(60);
    }

    /** The stream was lost, and begins anew behind what this read shows. */
    private void read(Table table, String key) {
        table.stream.clear();
        world.observe(readNow(table, key));
    }

    private Observation readNow(Table table, String key) {
        world.tick();
        return world.read(table, key, Observation.Origin.FULL, world.lsn, Stamp.UNDATED);
    }

    private void saidInTheShop(String consent) {
        shop.edit("1", "opt_in", consent);
        world.deliver(shop);
        world.permit();
    }

    private boolean grants() {
        world.permit();
        return world.sent.stream()
                .flatMap(write -> write.cells().stream())
                .anyMatch(cell -> "granted".equals(cell.raw()));
    }

    @Test
    void whatMayBeAPersonsWithdrawalCountsAsOneAndTurnsOutToBe() {
        saidInTheShop("withdrawn");
        crm.edit("a", "opt_in", "withdrawn");
        shop.edit("1", "opt_in", "granted");
        read(crm, "a");
        world.deliver(shop);
        assertThat(grants()).isFalse();
        world.rest();
        assertThat(shop.get("1", "opt_in")).isEqualTo("withdrawn");
        assertThat(crm.get("a", "opt_in")).isEqualTo("withdrawn");
    }

    @Test
    void andIsOursWhenThatIsKnown() {
        saidInTheShop("withdrawn");
        world.apply();
        shop.edit("1", "opt_in", "granted");
        read(crm, "a");
        world.deliver(shop);
        assertThat(grants()).isFalse();
        world.rest();
        assertThat(shop.get("1", "opt_in")).isEqualTo("granted");
        assertThat(crm.get("a", "opt_in")).isEqualTo("granted");
    }

    @Test
    void whoTakesBackAGrantThatMayBeOursHasTakenItBack() {
        saidInTheShop("withdrawn");
        world.rest();
        world.pass(60);
        saidInTheShop("granted");
        assertThat(world.sent).extracting(Write::platform).containsExactly(crm.number);
        crm.edit("a", "opt_in", "granted");
        read(crm, "a");
        crm.edit("a", "opt_in", "withdrawn");
        world.rest();
        assertThat(crm.get("a", "opt_in")).isEqualTo("withdrawn");
        assertThat(shop.get("1", "opt_in")).isEqualTo("withdrawn");
    }

    @Test
    void whoOptsInAndOutAfterTheReadThatLeftADoubtIsOut() {
        saidInTheShop("withdrawn");
        world.apply();
        read(crm, "a");
        crm.edit("a", "opt_in", "granted");
        crm.edit("a", "opt_in", "withdrawn");
        world.deliver(crm);
        world.deliver(crm);
        world.rest();
        assertThat(shop.get("1", "opt_in")).isEqualTo("withdrawn");
        assertThat(crm.get("a", "opt_in")).isEqualTo("withdrawn");
    }

    @Test
    void aReadFromBetweenOurWriteAndWhatItMetTakesNothingBack() {
        crm.edit("a", "opt_in", "withdrawn");
        crm.edit("a", "opt_in", "granted");
        saidInTheShop("withdrawn");
        Observation before = readNow(crm, "a");
        world.apply();
        world.receive();
        world.deliver(crm);
        world.deliver(crm);
        world.observe(before);
        world.rest();
        assertThat(shop.get("1", "opt_in")).isEqualTo("withdrawn");
        assertThat(crm.get("a", "opt_in")).isEqualTo("withdrawn");
    }

    @Test
    void whatThePlatformMadeOfWhatWeWroteIsNobodysWordEither() {
        crm.trigger = row -> row[crm.column("city")] = "set by a trigger";
        shop.edit("1", "city", "Paris");
        world.deliver(shop);
        world.permit();
        world.apply();
        read(crm, "a");
        world.rest();
        assertThat(shop.get("1", "city")).isEqualTo("Paris");
        assertThat(crm.get("a", "city")).isEqualTo("set by a trigger");
    }

    @Test
    void andAnEditOfAPersonOutlastsTheWriteThatItMet() {
        shop.edit("1", "city", "Paris");
        world.deliver(shop);
        world.permit();
        crm.edit("a", "city", "Rome");
        read(crm, "a");
        world.rest();
        assertThat(shop.get("1", "city")).isEqualTo("Rome");
        assertThat(crm.get("a", "city")).isEqualTo("Rome");
    }

    @Test
    void whatOurNextWriteHasCoveredIsAPersonsWhenItIsThereAgain() {
        saidInTheShop("withdrawn");
        world.apply();
        world.receive();
        saidInTheShop("granted");
        world.apply();
        world.receive();
        saidInTheShop("withdrawn");
        world.apply();
        world.receive();
        world.pass(60);
        crm.edit("a", "opt_in", "granted");
        world.pass(60);
        read(crm, "a");
        world.rest();
        assertThat(shop.get("1", "opt_in")).isEqualTo("granted");
        assertThat(crm.get("a", "opt_in")).isEqualTo("granted");
    }
}
