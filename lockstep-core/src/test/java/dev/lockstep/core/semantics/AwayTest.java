package dev.lockstep.core.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.semantics.World.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Columns that go away and come back. */
class AwayTest {
    private final World world = Worlds.ofAda("[\"vip\"]");
    private final Table shop = world.tables.get(0);
    private final Table crm = world.tables.get(1);

    @BeforeEach
    void begin() {
        world.pass(60);
    }

    private void whileAway(String column, Runnable doings) {
        world.away(shop, column, true);
        doings.run();
        world.rest();
        world.away(shop, column, false);
        shop.show("1", null, 0, world.now);
        world.rest();
    }

    @Test
    void whatComesBackEmptyClearsNothingAndIsFilledAgain() {
        for (String column : new String[] {"city", "tags"}) {
            String before = crm.get("a", column);
            whileAway(column, () -> shop.edit("1", column, null));
            assertThat(crm.get("a", column)).isEqualTo(before);
            assertThat(shop.get("1", column)).isNotNull();
        }
    }

    @Test
    void anEditMadeMeanwhileIsAnEditAndALaterBlankClears() {
        whileAway("city", () -> shop.edit("1", "city", "Paris"));
        assertThat(crm.get("a", "city")).isEqualTo("Paris");
        world.pass(60);
        shop.edit("1", "city", null);
        world.rest();
        assertThat(crm.get("a", "city")).isNull();
    }

    @Test
    void whatWasSaidElsewhereMeanwhileIsWrittenThere() {
        whileAway("city", () -> crm.edit("a", "city", "Rome"));
        assertThat(shop.get("1", "city")).isEqualTo("Rome");
    }

    @Test
    void aConsentThatComesBackUnsetWithdrawsNothingAndWithdrawnDoes() {
        whileAway("opt_in", () -> shop.edit("1", "opt_in", "unset"));
        assertThat(crm.get("a", "opt_in")).isEqualTo("granted");
        assertThat(shop.get("1", "opt_in")).isEqualTo("granted");
        world.pass(60);
        whileAway("opt_in", () -> shop.edit("1", "opt_in", "withdrawn"));
        assertThat(crm.get("a", "opt_in")).isEqualTo("withdrawn");
    }

    @Test
    void aConsentThatComesBackGrantedLoosensNothing() {
        shop.edit("1", "opt_in", "withdrawn");
        world.rest();
        world.pass(60);
        whileAway("opt_in", () -> shop.edit("1", "opt_in", "granted"));
        assertThat(crm.get("a", "opt_in")).isEqualTo("withdrawn");
        assertThat(shop.get("1", "opt_in")).isEqualTo("withdrawn");
    }
}
