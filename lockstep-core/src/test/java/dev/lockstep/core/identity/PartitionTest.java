package dev.lockstep.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** How a group falls into customers: a rule, an example. */
class PartitionTest {

    @Test
    void equalIdentifiersAreOneCustomer() {
        check("0:a email=x \n 1:b email=x phone=1 \n 2:c phone=1", "0:a 1:b 2:c");
        check("0:a email=x \n 1:b email=y", "0:a", "1:b");
    }

    @Test
    void anIdentifierThatSaysItIsSharedJoinsNobody() {
        check("0:a email=x nobody.email=x \n 1:b email=x", "0:a", "1:b");
        check("0:a email=x current.email=x \n 1:b email=x \n 2:c was.email=x", "0:a 1:b", "2:c");
    }

    @Test
    void aPhoneAloneJoinsNoTwoNames() {
        check("0:a phone=1 given=Ada \n 1:b phone=1 given=Bob", "0:a", "1:b");
        check("0:a phone=1 given=Ada family=King \n 1:b phone=1 given=Ada family=Byron", "0:a", "1:b");
        check("0:a phone=1 given=Ada \n 1:b phone=1", "0:a 1:b");
        check("0:a phone=1 email=x given=Ada \n 1:b phone=1 email=x given=Bob", "0:a 1:b");
    }

    @Test
    void initialsAndNicknamesAreTheSameName() {
        check("0:a phone=1 given=Robert \n 1:b phone=1 given=Bob", "0:a 1:b");
        check("0:a phone=1 given=A. \n 1:b phone=1 given=Ada", "0:a 1:b");
    }

    @Test
    void anIdentifierClaimedBeforeJoinsUnlessItWasASlip() {
        check("0:a was.email=x email=y \n 1:b email=x", "0:a 1:b");
        check("0:a was.email=x given=Ada \n 1:b email=x given=Bob", "0:a", "1:b");
        check("0:a was.email=x given=Ada family=King \n 1:b email=x given=Bob family=King", "0:a 1:b");
    }

    @Test
    void aVetoKeepsApartWhomOnlyAPersonMayJoin() {
        check("0:a email=x born=1815 \n 1:b email=x born=1816", "0:a", "1:b");
        check("0:a email=x born=1815 same=1:b \n 1:b email=x born=1816 same=0:a", "0:a 1:b");
    }

    @Test
    void betweenTwoWhoExcludeEachOtherTheStrongerLinkIsTaken() {
        check("0:a phone=1 born=1815 \n 1:b phone=1 email=x \n 2:c email=x born=1816", "0:a", "1:b 2:c");
        check("0:a email=x born=1815 \n 1:b email=x \n 2:c email=x born=1816", "0:a 1:b", "2:c");
    }

    @Test
    void aPersonsDifferentStandsAgainstEverything() {
        check("0:a email=x different=1:b \n 1:b email=x different=0:a", "0:a", "1:b");
        check("0:a email=x different=2:c \n 1:b email=x phone=1 \n 2:c phone=1", "0:a 1:b", "2:c");
        String pairs = "0:a same=1:b different=2:c \n 1:b same=0:a same=2:c \n 2:c same=1:b different=0:a";
        check(pairs, "0:a 1:b", "2:c");
    }

    @Test
    void whatLockstepMadeGoesWithWhomItWasMadeForAndBridgesNothing() {
        check("0:m made=1:b \n 1:b email=x", "1:b 0:m");
        check("0:a email=x born=1815 \n 1:b email=x born=1816 \n 2:m made=1:b", "0:a", "1:b 2:m");
        check("0:a email=x \n 1:b email=y \n 2:m made=1:b email=x", "0:a 2:m", "1:b");
        check("0:a \n 1:m made=2:m \n 2:m made=0:a", "0:a 1:m 2:m");
        check("0:a different=1:m \n 1:m made=0:a", "0:a", "1:m");
    }

    @Test
    void theIdIsOfTheLeastThatLivesAndIsNotMade() {
        check("0:a email=x dead \n 1:b email=x \n 2:c email=x", "1:b 0:a 2:c");
        check("0:m made=2:c \n 1:b dead email=x \n 2:c email=x", "2:c 0:m 1:b");
        check("0:a dead email=x \n 1:m made=0:a", "1:m 0:a");
        check("0:a dead email=x \n 1:b dead email=x", "0:a 1:b");
    }

    /** Each expected customer: its id, then its other members. Whatever the order in which members are given. */
    private static void check(String lines, String... expected) {
        TreeSet<String> customers = new TreeSet<>(List.of(expected));
        List<Member> members = Members.of(lines);
        Random random = new Random(1);
        for (int i = 0; i < 6; i++) {
            assertThat(customers(members)).as(lines).isEqualTo(customers);
            members = new ArrayList<>(members);
            Collections.shuffle(members, random);
        }
    }

    private static TreeSet<String> customers(List<Member> members) {
        SortedMap<RecordName, RecordName> ids = Partition.customers(members, Members.MODEL);
        TreeMap<RecordName, StringBuilder> customers = new TreeMap<>();
        ids.values().forEach(id -> customers.put(id, new StringBuilder(id.toString())));
        ids.forEach((name, id) -> {
            if (!name.equals(id)) customers.get(id).append(' ').append(name);
        });
        TreeSet<String> texts = new TreeSet<>();
        customers.values().forEach(text -> texts.add(text.toString()));
        return texts;
    }
}
