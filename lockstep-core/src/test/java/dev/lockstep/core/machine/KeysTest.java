package dev.lockstep.core.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.machine.Address.Slot;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.Flight;
import dev.lockstep.core.state.RecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who lives under a key, and who is told of what is seen there. */
class KeysTest {
    private final RecordMachine machine = new RecordMachine();
    private final TreeMap<String, RecordState> states = new TreeMap<>();
    private final Context context = new Context(new Crowd(new java.util.Random(1), false).model(100), 1, false);
    /** Who was told of what: a record, the key it was seen under or {@code -} where it is gone, the version. */
    private final List<String> told = new ArrayList<>();

    @Test
    void aKeyNeverSeenIsABirth() {
        see("x", null, 1);
        see("x", null, 2);
        assertThat(told).containsExactly("0:x x 1", "0:x x 2");
    }

    @Test
    void anUnknownRecordThatIsGoneIsNobody() {
        gone("x", 1);
        assertThat(told).isEmpty();
        assertThat(state("x").born).isEmpty();
    }

    @Test
    void aRecordKeepsItsNameUnderANewKey() {
        see("x", null, 1);
        see("y", "x", 2);
        see("y", null, 3);
        see("z", "y", 4);
        see("x", "z", 5);
        assertThat(told).containsExactly("0:x x 1", "0:x y 2", "0:x y 3", "0:x z 4", "0:x x 5");
    }

    @Test
    void aNewRecordUnderAKeyThatWasLeftIsANewBirth() {
        see("x", null, 1);
        see("y", "x", 2);
        see("x", null, 3);
        see("z", "x", 4);
        see("y", null, 5);
        assertThat(told).containsExactly("0:x x 1", "0:x y 2", "0:x~1 x 3", "0:x~1 z 4", "0:x y 5");
    }

    @Test
    void whatWasSeenBeforeARecordLeftIsNobodyNew() {
        see("x", null, 1);
        see("y", "x", 5);
        see("x", null, 4);
        assertThat(told).containsExactly("0:x x 1", "0:x y 5");
    }

    @Test
    void aRenameFromAKeyNeverSeenIsAFirstSight() {
        see("y", "x", 1);
        assertThat(told).containsExactly("0:y y 1");
    }

    @Test
    void aRecordWhoseKeyIsTakenIsGone() {
        see("x", null, 1);
        see("y", null, 2);
        see("y", "x", 3);
        see("y", null, 4);
        assertThat(told).containsExactly("0:x x 1", "0:y y 2", "0:y - 3", "0:x y 3", "0:x y 4");
    }

    @Test
    void aRecordThatCameBackIsTheOneOfBefore() {
        see("x", null, 1);
        gone("x", 2);
        see("x", null, 3);
        assertThat(told).containsExactly("0:x x 1", "0:x - 2", "0:x x 3");
    }

    @Test
    void whatLockstepMadeIsBornIntoTheGroupThatMadeIt() {
        made("x");
        assertThat(told).containsExactly("0:x made, 1:group");
        see("x", null, 1);
        assertThat(told).last().isEqualTo("0:x x 1");
        assertThat(state("x").born.getFirst().owner).isEqualTo(new RecordName(1, "group", 0));
    }

    @Test
    void whatLockstepMadeUnderTheKeyOfOneThatIsGoneIsANewBirth() {
        see("x", null, 1);
        gone("x", 2);
        made("x");
        assertThat(told).last().isEqualTo("0:x~1 made, 1:group");
    }

    @Test
    void whatLockstepMadeAndWasSeenAlreadyIsTheRecordThatWasSeen() {
        see("x", null, 1);
        made("x");
        assertThat(told).last().isEqualTo("0:x made, 0:x");
    }

    // ---- a platform, and no group behind it

    private void see(String key, @Nullable String from, long version) {
        Observation seen = new Observation(
                0, key, from, Observation.Origin.STREAM, false, new String[0], version, version, version, version, 0);
        run(new Slot(0, from == null ? key : from), new Message.Seen(seen));
    }

    private void gone(String key, long version) {
        run(
                new Slot(0, key),
                new Message.Seen(Observation.gone(0, key, Observation.Origin.STREAM, version, version, version)));
    }

    private void made(String key) {
        RecordName group = new RecordName(1, "group", 0);
        Write write = new Write(1, 0, Write.Kind.CREATE, group, null, List.of(), List.of(), false, Stamp.UNDATED);
        Flight flight = new Flight(write, List.of(), List.of(), 1, false);
        run(new Slot(0, key), new Message.Made(group, group, key, flight, null, null, false));
    }

    private void run(Slot slot, Message.ToRecord message) {
        Step out = new Step();
        machine.on(slot, state(slot.key()), message, context, out);
        for (Step.Envelope envelope : out.messages) {
            if (envelope.to() instanceof Slot next) run(next, (Message.ToRecord) envelope.message());
            if (envelope.message() instanceof Message.Told(RecordName record, Message.Seen(Observation seen))) {
                told.add(record + " " + (seen.gone() ? "-" : seen.key()) + " " + seen.version());
            }
            if (envelope.message() instanceof Message.Told(RecordName record, Message.Made made)) {
                told.add(record + " made, " + ((Address.Group) envelope.to()).least());
            }
        }
    }

    private RecordState state(String key) {
        states.putIfAbsent(key, new RecordState());
        return Objects.requireNonNull(states.get(key));
    }
}
