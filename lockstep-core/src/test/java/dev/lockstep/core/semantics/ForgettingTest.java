package dev.lockstep.core.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.semantics.World.Table;
import org.junit.jupiter.api.Test;

/** What forgetting a platform leaves behind, a sentence each. */
class ForgettingTest {
    private final World world = Worlds.three();
    private final Table shop = world.tables.get(0);
    private final Table crm = world.tables.get(1);
    private final Table news = world.tables.get(2);

    /** Forgets crm, and goes on without it: nothing may be written anywhere. */
    private void forget() {
        int writes = world.writes();
        world.forget(crm);
        world.rest();
        assertThat(world.writes()).as("changes no platform").isEqualTo(writes);
    }

    @Test
    void whatOnlyItSaidIsSaidByTheSeniorRecordThatHoldsIt() {
        shop.insert("1", "ada@x.com", null, "Ada", null, null, null, null, null);
        crm.insert("a", "ada@x.com", "+14155550101", "Ada", "King", null, null, "Paris", "[\"vip\"]");
        world.rest();
        world.open();
        assertThat(shop.get("1", "last_name")).isEqualTo("King");
        forget();
        assertThat(shop.get("1", "last_name")).isEqualTo("King");
        assertThat(shop.get("1", "city")).isEqualTo("Paris");
        assertThat(world.member(shop, "1").claims.get(3).value().text()).isEqualTo("King");
        news.edit("ada@x.com", "first_name", "Adele");
        world.rest();
        assertThat(shop.get("1", "first_name")).isEqualTo("Adele");
        assertThat(shop.get("1", "tags")).isNotNull();
    }

    @Test
    void anOlderWordOfAnotherDoesNotComeBack() {
        shop.insert("1", "ada@x.com", null, "Ada", null, null, null, "London", null);
        world.rest();
        world.pass(60);
        crm.insert("a", "ada@x.com", null, "Ada", null, null, null, "Paris", null);
        world.rest();
        world.open();
        assertThat(shop.get("1", "city")).isEqualTo("Paris");
        forget();
        assertThat(shop.get("1", "city")).isEqualTo("Paris");
    }

    @Test
    void whoWasOneOnlyThroughItStaysOne() {
        shop.insert("1", "ada@x.com", null, "Ada", null, null, null, null, null);
        news.insert("ada@y.com", "ada@y.com", "+14155550101", "Ada", null, null, null, null, null);
        crm.insert("a", "ada@x.com", "+14155550101", "Ada", null, null, null, null, null);
        world.rest();
        world.open();
        assertThat(world.customer(shop, "1")).isEqualTo(world.customer(news, news.rows.firstKey()));
        forget();
        assertThat(world.customer(shop, "1")).isEqualTo(world.customer(news, news.rows.firstKey()));
    }

    @Test
    void aWithdrawalThatWasOnlyMadeThereHolds() {
        shop.insert("1", "ada@x.com", null, "Ada", null, null, "granted", null, null);
        crm.insert("a", "ada@x.com", null, "Ada", null, null, null, null, null);
        world.rest();
        world.open();
        crm.edit("a", "opt_in", "withdrawn");
        world.rest();
        assertThat(shop.get("1", "opt_in")).isEqualTo("withdrawn");
        forget();
        assertThat(shop.get("1", "opt_in")).isEqualTo("withdrawn");
        news.insert("z@x.com", "z@x.com", null, "Zoe", null, null, "granted", null, null);
        world.rest();
        assertThat(shop.get("1", "opt_in")).isEqualTo("withdrawn");
    }

    @Test
    void whoWasMadeForARecordThereStandsAlone() {
        world.open();
        crm.insert("a", "bob@x.com", null, "Bob", null, null, null, "Bonn", null);
        world.rest();
        String inShop = shop.keyOf("email", "bob@x.com");
        forget();
        assertThat(shop.get(inShop, "city")).isEqualTo("Bonn");
        shop.edit(inShop, "city", "Köln");
        world.rest();
        assertThat(news.get("bob@x.com", "city")).isEqualTo("Köln");
    }

    @Test
    void whoLivedOnlyThereIsNoCustomerAnyMore() {
        world.open();
        shop.insert("1", "ada@x.com", null, "Ada", null, null, null, null, null);
        world.rest();
        shop.delete("1");
        news.delete("ada@x.com");
        world.rest();
        forget();
        assertThat(shop.rows).isEmpty();
        assertThat(news.rows).isEmpty();
    }
}
