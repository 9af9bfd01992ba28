package dev.lockstep.core.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.semantics.World.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is promised about the data, a sentence each, on tables of a few rows. */
class SemanticsTest {
    private World world;
    private Table shop;
    private Table crm;
    private Table news;

    @BeforeEach
    void begin() {
        world = Worlds.three();
        shop = world.tables.get(0);
        crm = world.tables.get(1);
        news = world.tables.get(2);
    }

    private void ada() {
        shop.insert("1", "ada@x.com", null, "Ada", "King", null, null, "London", null);
        crm.insert("a", "ada@x.com", null, "Ada", "King", null, null, "London", null);
        news.insert("ada@x.com", "ada@x.com", null, "Ada", "King", null, null, "London", null);
        world.rest();
        world.open();
        assertThat(world.writes()).isZero();
    }

    @Test
    void nothingIsWrittenBeforeAllHasBeenRead() {
        shop.insert("1", "ada@x.com", null, "Ada", "King", null, null, null, null);
        world.rest();
        assertThat(world.writes()).isZero();
        world.open();
        assertThat(crm.rows).hasSize(1);
        assertThat(news.rows).containsOnlyKeys("ada@x.com");
    }

    @Test
    void aNewPersonIsOnAllPlatformsOnce() {
        world.open();
        shop.insert("1", "ada@x.com", "+12025550101", "Ada", "King", "1990-02-03", null, "London", "[\"vip\"]");
        world.rest();
        String made = crm.keyOf("email", "ada@x.com");
        assertThat(crm.get(made, "phone")).isEqualTo("+12025550101");
        assertThat(news.get("ada@x.com", "first_name")).isEqualTo("Ada");
        assertThat(world.customer(crm, made)).isEqualTo(world.customer(shop, "1"));
        int writes = world.writes();
        world.pass(3600);
        world.rest();
        assertThat(world.writes()).isEqualTo(writes);
    }

    @Test
    void disjointConcurrentEditsBothLive() {
        ada();
        shop.edit("1", "first_name", "Adele");
        crm.edit("a", "last_name", "Lovelace");
        world.rest();
        for (Table table : world.tables) {
            String key = table.keyOf("email", "ada@x.com");
            assertThat(table.get(key, "first_name")).isEqualTo("Adele");
            assertThat(table.get(key, "last_name")).isEqualTo("Lovelace");
        }
    }

    @Test
    void theSameFieldResolvesAlikeOnAll() {
        ada();
        shop.edit("1", "city", "Paris");
        crm.edit("a", "city", "Rome");
        world.rest();
        for (Table table : world.tables)
            assertThat(table.get(table.keyOf("email", "ada@x.com"), "city")).isEqualTo("Rome");
    }

    @Test
    void anEditWeHaveNotSeenIsNotOverwritten() {
        ada();
        shop.edit("1", "city", "Paris");
        world.deliver(shop);
        crm.edit("a", "city", "Rome");
        world.rest();
        for (Table table : world.tables)
            assertThat(table.get(table.keyOf("email", "ada@x.com"), "city")).isEqualTo("Rome");
    }

    @Test
    void aSlowClockDoesNotLoseAnEditMadeOnTopOfWhatItSaw() {
        ada();
        shop.edit("1", "city", "Paris");
        world.rest();
        crm.clockAheadMicros = -600_000_000;
        crm.edit("a", "city", "Rome");
        world.rest();
        for (Table table : world.tables)
            assertThat(table.get(table.keyOf("email", "ada@x.com"), "city")).isEqualTo("Rome");
    }

    @Test
    void clearedTravelsAndMissingDoesNot() {
        ada();
        shop.edit("1", "city", null);
        world.rest();
        assertThat(crm.get("a", "city")).isNull();
        assertThat(crm.get("a", "first_name")).isEqualTo("Ada");
        assertThat(shop.get("1", "phone")).isNull();
    }

    @Test
    void anEmailChangeIsAnUpdateAlsoWhereTheEmailIsTheKey() {
        ada();
        shop.edit("1", "email", "ada@new.com");
        world.rest();
        assertThat(crm.get("a", "email")).isEqualTo("ada@new.com");
        assertThat(news.rows).containsOnlyKeys("ada@new.com");
        assertThat(world.customer(news, "ada@new.com")).isEqualTo(world.customer(shop, "1"));
        shop.edit("1", "city", "Bath");
        world.rest();
        assertThat(news.get("ada@new.com", "city")).isEqualTo("Bath");
    }

    @Test
    void whoChangesNamesAndThenTheEmailIsStillOnePerson() {
        ada();
        shop.edit("1", "first_name", "Augusta");
        shop.edit("1", "last_name", "Lovelace");
        world.rest();
        shop.edit("1", "email", "augusta@new.com");
        world.rest();
        assertThat(crm.get("a", "email")).isEqualTo("augusta@new.com");
        assertThat(world.customer(crm, "a")).isEqualTo(world.customer(shop, "1"));
        assertThat(crm.rows).hasSize(1);
        assertThat(news.rows).containsOnlyKeys("augusta@new.com");
    }

    @Test
    void anAddressTypedByASlipJoinsNobodyOnceItIsCorrected() {
        ada();
        shop.insert("2", "bob@x.com", null, "Bob", "Page", null, null, "Bath", null);
        world.rest();
        shop.edit("2", "email", "ada@x.com");
        world.rest();
        shop.edit("2", "email", "bob@x.com");
        world.rest();
        assertThat(world.customer(shop, "2")).isNotEqualTo(world.customer(shop, "1"));
        assertThat(shop.get("1", "city")).isEqualTo("London");
        assertThat(shop.get("2", "city")).isEqualTo("Bath");
        assertThat(shop.get("2", "first_name")).isEqualTo("Bob");
    }

    @Test
    void anEmailChangedWhereItIsTheKeyIsARename() {
        ada();
        String[] row = news.rows.remove("ada@x.com");
        row[0] = "ada@new.com";
        news.rows.put("ada@new.com", row);
        news.show("ada@new.com", "ada@x.com", 0, world.now);
        world.rest();
        assertThat(shop.get("1", "email")).isEqualTo("ada@new.com");
        assertThat(crm.get("a", "email")).isEqualTo("ada@new.com");
        assertThat(news.rows).hasSize(1);
    }

    @Test
    void twoAccountsOfOnePersonKeepTheirOwnLogIns() {
        shop.insert("1", "ada@x.com", "+12025550101", "Ada", "King", null, null, "London", null);
        crm.insert("a", "ada@x.com", "+12025550101", "Ada", "King", null, null, "London", null);
        crm.insert("b", "ada@work.com", "+12025550102", "Ada", "King", null, null, "London", null);
        shop.insert("2", "ada@work.com", "+12025550101", "Ada", "King", null, null, "London", null);
        world.rest();
        world.open();
        assertThat(shop.get("1", "email")).isEqualTo("ada@x.com");
        assertThat(shop.get("2", "email")).isEqualTo("ada@work.com");
        shop.edit("2", "city", "Rome");
        world.rest();
        assertThat(shop.get("1", "email")).isEqualTo("ada@x.com");
        assertThat(shop.get("2", "email")).isEqualTo("ada@work.com");
    }

    @Test
    void ourOwnInsertSeenBeforeItsReceiptMakesNoClaim() {
        world.open();
        shop.insert("1", "ada@x.com", null, "Ada", "King", null, null, "London", null);
        world.deliver(shop);
        world.permit();
        while (!world.sent.isEmpty()) world.apply();
        while (!crm.stream.isEmpty()) world.deliver(crm);
        world.rest();
        String made = crm.keyOf("email", "ada@x.com");
        assertThat(world.member(crm, made).claims).isEmpty();
        assertThat(crm.rows).hasSize(1);
        assertThat(world.customer(crm, made)).isEqualTo(world.customer(shop, "1"));
    }

    @Test
    void aSharedPhoneGluesNobody() {
        shop.insert("1", "ada@x.com", "+12025550101", "Ada", "King", null, null, null, null);
        shop.insert("2", "bob@x.com", "+12025550101", "Bob", "King", null, null, null, null);
        crm.insert("a", "cyd@x.com", "+12025550101", "Cyd", "King", null, null, null, null);
        world.rest();
        world.open();
        assertThat(world.customer(shop, "1")).isNotEqualTo(world.customer(shop, "2"));
        assertThat(world.customer(crm, "a")).isNotIn(world.customer(shop, "1"), world.customer(shop, "2"));
        assertThat(crm.rows).hasSize(3);
        assertThat(shop.rows).hasSize(3);
    }

    /** A table keyed by what people change shows each change as somebody gone and somebody new. */
    @Test
    void whoIsGoneMakesNothingShared() {
        ada();
        for (int life = 2; life < 7; life++) {
            shop.delete(String.valueOf(life - 1));
            shop.insert(String.valueOf(life), "ada@x.com", null, "Ada", "King", null, null, "London", null);
            world.rest();
        }
        crm.edit("a", "email", "ada@y.com");
        world.rest();
        assertThat(world.customer(crm, "a")).isEqualTo(world.customer(shop, "6"));
        assertThat(shop.get("6", "email")).isEqualTo("ada@y.com");
    }

    @Test
    void aVetoHolds() {
        shop.insert("1", "king@x.com", null, "Ada", "King", "1990-01-01", null, "London", null);
        crm.insert("a", "king@x.com", null, "Ada", "King", "1960-01-01", null, "Bath", null);
        world.rest();
        world.open();
        assertThat(world.customer(shop, "1")).isNotEqualTo(world.customer(crm, "a"));
        assertThat(crm.get("a", "city")).isEqualTo("Bath");
        assertThat(shop.get("1", "city")).isEqualTo("London");
    }

    @Test
    void aJoinAndItsUndoingGiveEveryPlatformItsOwnValuesBack() {
        shop.insert("1", "ada@x.com", "+12025550101", "Ada", "King", null, null, "London", null);
        crm.insert("a", "ann@x.com", "+12025550102", "Ada", "Kong", null, null, null, null);
        world.rest();
        world.open();
        assertThat(world.customer(shop, "1")).isNotEqualTo(world.customer(crm, "a"));
        String inCrm = crm.keyOf("email", "ada@x.com");
        crm.edit("a", "email", "ada@x.com");
        world.rest();
        assertThat(world.customer(shop, "1")).isEqualTo(world.customer(crm, "a"));
        assertThat(crm.get("a", "city")).isEqualTo("London");
        crm.edit("a", "email", "ann@x.com");
        world.rest();
        decide("1", "a", false);
        world.rest();
        assertThat(world.customer(shop, "1")).isNotEqualTo(world.customer(crm, "a"));
        assertThat(crm.get("a", "city")).as("a blank comes back after a split").isNull();
        assertThat(crm.get("a", "last_name")).isEqualTo("Kong");
        assertThat(shop.get("1", "last_name")).isEqualTo("King");
        assertThat(shop.get("1", "email")).isEqualTo("ada@x.com");
        assertThat(crm.get(inCrm, "last_name")).isEqualTo("King");
    }

    private void decide(String inShop, String inCrm, boolean same) {
        var one = world.member(shop, inShop).name;
        var other = world.member(crm, inCrm).name;
        world.tick();
        world.run(
                one,
                new dev.lockstep.core.machine.Message.Decided(
                        one, new dev.lockstep.core.state.Decision(other, same, world.now)));
        world.run(
                other,
                new dev.lockstep.core.machine.Message.Decided(
                        other, new dev.lockstep.core.state.Decision(one, same, world.now)));
    }

    @Test
    void aPersonsWordJoinsTwo() {
        shop.insert("1", "ada@x.com", null, "Ada", "King", null, null, "London", null);
        crm.insert("a", "ann@x.com", null, "Ann", "Kong", null, null, null, null);
        world.rest();
        world.open();
        decide("1", "a", true);
        world.rest();
        assertThat(world.customer(shop, "1")).isEqualTo(world.customer(crm, "a"));
        assertThat(crm.get("a", "city")).isEqualTo("London");
    }

    @Test
    void aPlatformThatTrimsLowerCasesOrTruncatesIsNotFought() {
        crm.trigger = row -> {
            if (row[2] != null) row[2] = row[2].toLowerCase(java.util.Locale.ROOT);
            if (row[6] != null && row[6].length() > 5) row[6] = row[6].substring(0, 5);
        };
        ada();
        shop.edit("1", "city", "Llanfairpwll");
        shop.edit("1", "first_name", "Adelaide");
        world.rest();
        int writes = world.writes();
        world.pass(3600);
        world.rest();
        assertThat(world.writes()).isEqualTo(writes);
        assertThat(crm.get("a", "city")).isEqualTo("Llanf");
        assertThat(shop.get("1", "city")).isEqualTo("Llanfairpwll");
        assertThat(news.get("ada@x.com", "city")).isEqualTo("Llanfairpwll");
    }

    @Test
    void whatAPlatformMakesOfANewRecordIsNotFoughtEither() {
        crm.trigger = row -> {
            if (row[6] != null && row[6].length() > 5) row[6] = row[6].substring(0, 5);
        };
        world.open();
        shop.insert("1", "ada@x.com", null, "Ada", "King", null, null, "Llanfairpwll", null);
        world.rest();
        assertThat(crm.get(crm.keyOf("email", "ada@x.com"), "city")).isEqualTo("Llanf");
        assertThat(crm.writes).isEqualTo(1);
        assertThat(shop.get("1", "city")).isEqualTo("Llanfairpwll");
    }

    @Test
    void anEditCommittedBeforeOurWriteAndTakenBackIsStillCounted() {
        ada();
        shop.edit("1", "city", "Paris");
        world.deliver(shop);
        crm.edit("a", "city", "Rome");
        crm.edit("a", "city", "London");
        world.rest();
        for (Table table : world.tables)
            assertThat(table.get(table.keyOf("email", "ada@x.com"), "city")).isEqualTo("London");
    }

    @Test
    void whoWasDeletedOnAPlatformIsNotMadeThereAgain() {
        ada();
        crm.delete("a");
        world.rest();
        shop.edit("1", "city", "Paris");
        world.rest();
        assertThat(crm.rows).isEmpty();
        assertThat(shop.rows).hasSize(1);
        assertThat(news.get("ada@x.com", "city")).isEqualTo("Paris");
    }

    @Test
    void whoChangesTheirAddressAHundredTimesIsStillOnePerson() {
        ada();
        for (int i = 0; i < 100; i++) {
            shop.edit("1", "email", "shop" + i + "@x.com");
            crm.edit("a", "email", "crm" + i + "@x.com");
            world.rest();
        }
        assertThat(shop.rows).hasSize(1);
        assertThat(crm.rows).hasSize(1);
        assertThat(shop.get("1", "email")).isEqualTo("crm99@x.com");
    }

    @Test
    void foundConsentsThatDisagreeAreWithdrawn() {
        shop.insert("1", "ada@x.com", null, "Ada", null, null, "granted", null, null);
        crm.insert("a", "ada@x.com", null, "Ada", null, null, "withdrawn", null, null);
        world.rest();
        world.open();
        assertThat(shop.get("1", "opt_in")).isEqualTo("withdrawn");
        world.pass(60);
        shop.edit("1", "opt_in", "granted");
        world.rest();
        assertThat(crm.get("a", "opt_in")).isEqualTo("granted");
    }

    @Test
    void anOldListThatIsImportedAgainTakesNobodysWithdrawalBack() {
        ada();
        shop.edit("1", "opt_in", "withdrawn");
        world.pass(86_400);
        crm.insert("b", "ada@x.com", null, "Ada", "King", null, "granted", "London", null);
        world.rest();
        assertThat(crm.get("b", "opt_in")).isEqualTo("withdrawn");
        assertThat(shop.get("1", "opt_in")).isEqualTo("withdrawn");
        world.pass(60);
        crm.edit("b", "opt_in", "granted");
        world.rest();
        assertThat(shop.get("1", "opt_in")).isEqualTo("granted");
    }

    @Test
    void aConsentThatWasNeverAskedUnsubscribesNobody() {
        shop.insert("1", "ada@x.com", null, "Ada", null, null, "granted", null, null);
        crm.insert("a", "ada@x.com", null, "Ada", null, null, "unset", null, null);
        world.rest();
        world.open();
        assertThat(shop.get("1", "opt_in")).isEqualTo("granted");
        assertThat(crm.get("a", "opt_in")).isEqualTo("granted");
        crm.edit("a", "opt_in", "unset");
        world.rest();
        assertThat(shop.get("1", "opt_in")).isEqualTo("withdrawn");
    }

    @Test
    void anOptOutShortlyAfterWeWroteTheGrantIsAPersonsWord() {
        ada();
        shop.edit("1", "opt_in", "granted");
        world.rest();
        assertThat(crm.get("a", "opt_in")).isEqualTo("granted");
        crm.edit("a", "opt_in", null);
        world.rest();
        assertThat(shop.get("1", "opt_in")).isEqualTo("withdrawn");
    }

    @Test
    void aPersonWhoGoesOutAndInAgainBetweenTwoLooksIsBelieved() {
        ada();
        shop.edit("1", "opt_in", "granted");
        world.rest();
        world.pass(60);
        crm.edit("a", "opt_in", "withdrawn");
        shop.edit("1", "opt_in", "withdrawn");
        shop.edit("1", "opt_in", "granted");
        world.rest();
        assertThat(news.get("ada@x.com", "opt_in"))
                .as("whose order is not known is out")
                .isEqualTo("withdrawn");
        assertThat(shop.get("1", "opt_in")).isEqualTo("withdrawn");
    }

    @Test
    void aValueThatDoesNotParseIsKeptAndNotReplaced() {
        shop.insert("1", "ada@x.com", "nonsense", "Ada", null, null, null, null, null);
        crm.insert("a", "ada@x.com", "+12025550101", "Ada", null, null, null, null, null);
        world.rest();
        world.open();
        assertThat(shop.get("1", "phone")).isEqualTo("nonsense");
        assertThat(crm.get("a", "phone")).isEqualTo("+12025550101");
        shop.edit("1", "phone", "+12025550199");
        world.rest();
        assertThat(crm.get("a", "phone")).isEqualTo("+12025550199");
    }

    @Test
    void setsAreJoinedElementByElement() {
        ada();
        shop.edit("1", "tags", "[\"a\",\"b\"]");
        crm.edit("a", "tags", "[\"c\"]");
        world.rest();
        assertThat(news.get("ada@x.com", "tags")).isEqualTo("a,b,c");
        crm.edit("a", "tags", "[\"a\",\"c\"]");
        world.rest();
        assertThat(shop.get("1", "tags")).isEqualTo("[\"a\",\"c\"]");
    }
}
