package dev.lockstep.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.state.IdentifierState.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a record claims, claimed and holds. */
class IdentifiersTest {

    @Test
    void whatIsClaimedOfFieldsThatIdentifyIsCurrent() {
        check("0:a email=x given=Ada", Map.of(Members.identifier("email", "x"), Kind.CURRENT));
    }

    @Test
    void whatWasClaimedIsFormerUntilItIsClaimedAgain() {
        check(
                "0:a email=x was.email=x was.phone=1",
                Map.of(
                        Members.identifier("email", "x"), Kind.CURRENT,
                        Members.identifier("phone", "1"), Kind.FORMER));
    }

    @Test
    void aRecordThatIsGoneClaimsNothingAnyMoreAndHoldsNothing() {
        check("0:a email=x holds.email=x holds.phone=1 dead", Map.of(Members.identifier("email", "x"), Kind.GONE));
    }

    @Test
    void aValueThatLockstepWroteIsHeldAndSaysNothingOfWhoItIs() {
        check("0:a holds.email=x", Map.of(Members.identifier("email", "x"), Kind.HOLDS));
        check("0:a email=x holds.email=x", Map.of(Members.identifier("email", "x"), Kind.CURRENT));
    }

    @Test
    void whatThePlatformKeepsUniqueIsHeldThoughItDoesNotIdentify() {
        check("0:a handle=h holds.handle=h", Map.of(Members.identifier("handle", "h"), Kind.HOLDS));
        check("0:a holds.given=Ada", Map.of());
    }

    @Test
    void aPersonsWordOutlivesTheRecord() {
        IdentifierKey link = IdentifierKey.link(Members.name("0:a"), Members.name("1:b"));
        check("0:a same=1:b different=2:c dead", Map.of(link, Kind.CURRENT));
    }

    private static void check(String line, Map<IdentifierKey, Kind> expected) {
        assertThat(Members.of(line).getFirst().identifiers).as(line).isEqualTo(expected);
    }
}
